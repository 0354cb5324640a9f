"""Each error of the door, and the page that it becomes. What was filled in stands on it."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import g, make_response, render_template, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, InternalServerError, TooManyRequests

from forms.answers import PREFIX
from portal.answers.words import ClosedCohort, ForgedToken, SpentToken, UnknownCohort
from portal.door.cohorts import ListMissingError
from portal.door.counting import WAIT
from portal.door.journal import failed
from portal.door.reading import TICKET, given
from portal.questionnaire.words import UnknownVersion, WrongAnswer

if TYPE_CHECKING:
    from flask import Flask, Response

FIRST_ERROR = 400
CODE = re.compile(r"[a-z_]*")  # of an option: what is none was written by the person
REFUSALS: dict[type[Exception], tuple[str, HTTPStatus]] = {
    ForgedToken: ("forged", HTTPStatus.BAD_REQUEST),
    UnknownCohort: ("forged", HTTPStatus.BAD_REQUEST),
    ClosedCohort: ("closed", HTTPStatus.GONE),
    SpentToken: ("spent", HTTPStatus.CONFLICT),
    UnknownVersion: ("version", HTTPStatus.CONFLICT),
    WrongAnswer: ("bad_request", HTTPStatus.BAD_REQUEST),
}
KINDS = {
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "not_found",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "file",
}
Answered = tuple[str, int]


def init_errors(app: Flask) -> None:
    """Map errors to pages."""
    for error in REFUSALS:
        app.register_error_handler(error, _refused)
    app.register_error_handler(HTTPException, _refused_by_http)
    app.before_request(_come_again)
    app.register_error_handler(TooManyRequests, _too_many)
    app.register_error_handler(SQLAlchemyError, _unavailable)
    app.register_error_handler(ListMissingError, _unavailable)
    app.register_error_handler(InternalServerError, _failed)


def _refused(error: Exception) -> Answered:
    kind, status = REFUSALS[type(error)]
    return _page(kind, status)


def _refused_by_http(error: HTTPException) -> Answered | HTTPException:
    code = error.code or 0
    if code < FIRST_ERROR:  # a redirect
        return error
    return _page(KINDS.get(HTTPStatus(code), "bad_request"), code)


def _page(kind: str, status: int) -> Answered:
    """Why it cannot go on; with the ticket, for a new beginning, and the texts, to be copied."""
    fields = g.get("fields")
    brought = given(fields) if fields is not None else None
    shown = render_template(
        "door/refused.html",
        kind=kind,
        texts=[text for text in brought.answers.values() if not CODE.fullmatch(text)]
        if brought
        else [],
        ticket=[(name, brought.plain[name]) for name in TICKET] if brought else [],
    )
    return shown, status


def _come_again() -> None:
    if WAIT in request.environ:
        raise TooManyRequests


def _too_many(_error: TooManyRequests) -> Response:
    page = make_response(_try_again("too_many", HTTPStatus.TOO_MANY_REQUESTS))
    page.headers["Retry-After"] = str(request.environ[WAIT])
    return page


def _unavailable(error: Exception) -> Answered:
    failed(error)
    return _try_again("unavailable", HTTPStatus.SERVICE_UNAVAILABLE)


def _failed(error: InternalServerError) -> Answered:
    failed(error.original_exception or error)
    return _try_again("failure", HTTPStatus.INTERNAL_SERVER_ERROR)


def _try_again(kind: str, status: int) -> Answered:
    """The whole form once more, to be sent again as it is: nothing is lost, no token is spent."""
    fields = g.get("fields")
    shown = render_template(
        "door/unavailable.html",
        kind=kind,
        fields=list(fields.items(multi=True)) if fields is not None else [],
        typed=fields is not None and any(name.startswith(PREFIX) for name in fields),
    )
    return shown, status
