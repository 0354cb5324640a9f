"""Each error that a room or a library raises, and the page that it becomes. Once, here."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flask import g, redirect, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from redis.exceptions import RedisError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException, InternalServerError

from portal.audit.words import Act
from portal.cases.words import CaseNotFound
from portal.changes.words import ChangeNotFound
from portal.feedback.words import TextNotFound
from portal.pages.access import NotForYou, SignInNeeded, note
from portal.pages.kept import keep_form, way_back
from portal.pages.shell import error_page
from portal.pages.step_up import StepUpNeeded, lead_to_sign_in
from portal.reports.words.reports import ReportNotFound
from portal.request import SAFE
from portal.rights.words import RequestNotFound
from portal.statistics.words import YearNotClosed
from portal.themes.words import TextGone
from portal.vault import KeysUnavailable

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug import Response as BaseResponse

LOG = logging.getLogger("indblik.errors")
NOT_FOUND = 404
FORBIDDEN = 403
UNAVAILABLE = 503
FAILURE = 500

# What goes away by itself: the database or the session store is down, locked or too slow. Or when
# the operator has mended it, whom the log has told: the keys cannot be had.
PASSING = (OperationalError, PoolTimeoutError, RedisError, KeysUnavailable)


def init_errors(app: Flask) -> None:
    """Map errors to pages."""
    app.register_error_handler(CaseNotFound, _case_not_found)
    app.register_error_handler(TextNotFound, lambda _error: error_page(NOT_FOUND, "text_gone"))
    app.register_error_handler(TextGone, lambda _error: error_page(NOT_FOUND, "text_gone"))
    app.register_error_handler(YearNotClosed, lambda _error: error_page(NOT_FOUND))
    app.register_error_handler(ChangeNotFound, lambda _error: error_page(NOT_FOUND))
    app.register_error_handler(ReportNotFound, lambda _error: error_page(NOT_FOUND))
    app.register_error_handler(RequestNotFound, lambda _error: error_page(NOT_FOUND))
    app.register_error_handler(NotForYou, lambda _error: error_page(FORBIDDEN))
    app.register_error_handler(SignInNeeded, _sign_in_needed)
    app.register_error_handler(StepUpNeeded, lead_to_sign_in)
    app.register_error_handler(CSRFError, _form_expired)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(InternalServerError, _failed)
    for error in PASSING:
        app.register_error_handler(error, _unavailable)


def _case_not_found(_error: CaseNotFound) -> tuple[str, int]:
    note(Act.CASE_REFUSED, case=(request.view_args or {}).get("case_id"), why="not_found")
    return error_page(NOT_FOUND)


def _sign_in_needed(_error: SignInNeeded) -> BaseResponse:
    staff = (request.endpoint or "").startswith("staff.")
    where = "public.staff_sign_in" if staff else "public.sign_in"
    if request.method in SAFE:
        return redirect(url_for(where, next=request.full_path.rstrip("?")), 303)
    page = keep_form()
    return redirect(url_for(where, next=page, bevaret="ja" if page else None), 303)


def _form_expired(error: CSRFError) -> tuple[str, int] | BaseResponse:
    if request.endpoint == "public.sign_out" and not current_user.is_authenticated:
        return redirect(url_for("public.signed_out"), 303)  # the session had ended already
    if keep_form() and (back := way_back()):  # signed in anew since the page was opened
        return redirect(back, 303)
    return error_page(error.code or 400, "form_expired")


def _refused(error: HTTPException) -> tuple[str, int] | BaseResponse:
    if error.response is not None or error.code is None or error.code < 400:  # noqa: PLR2004 - the status classes of HTTP
        return error.get_response()  # a redirect, as routing makes it
    return error_page(error.code)


def _unavailable(error: Exception) -> tuple[str, int]:
    # Only the kind of error: its text may hold values of the statement.
    LOG.error("unavailable", extra={"error": type(error).__name__, "endpoint": request.endpoint})
    g.bare = True
    return error_page(UNAVAILABLE)


def _failed(error: InternalServerError) -> tuple[str, int]:
    cause = error.original_exception
    if isinstance(cause, PASSING):  # raised where no handler is asked, such as at the commit
        return _unavailable(cause)
    place = _place(cause)
    LOG.error(
        "failure",
        extra={"error": type(cause).__name__, "place": place, "endpoint": request.endpoint},
    )
    g.bare = True
    return error_page(FAILURE)


def _place(cause: BaseException | None) -> str | None:
    """Where an error was raised. Its text is left out of the log: it may hold personal data."""
    trace = cause.__traceback__ if cause is not None else None
    place = None
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f"{code.co_filename}:{trace.tb_lineno}:{code.co_name}"
        trace = trace.tb_next
    return place
