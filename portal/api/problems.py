"""What went wrong, told to a machine: problem details (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Response, request
from werkzeug.exceptions import MethodNotAllowed

if TYPE_CHECKING:
    from flask import Flask

TYPE = "urn:indblik:problem:"
MEDIA_TYPE = "application/problem+json"
PATHS = ("/api/", "/hentsagsliste/")  # where machines ask
RETRY_SECONDS = {HTTPStatus.TOO_MANY_REQUESTS: "60", HTTPStatus.SERVICE_UNAVAILABLE: "5"}


class Problem(Exception):  # noqa: N818 - the name that the standard gives it
    """A request cannot be answered. `kind` names why, `detail` says it; neither repeats input."""

    def __init__(
        self, status: HTTPStatus, kind: str, detail: str, *, challenge: str | None = None,
        wait: int | None = None, **more: object,
    ) -> None:  # fmt: skip
        super().__init__(kind)
        self.status = status
        self.body = {
            "type": TYPE + kind,
            "title": status.phrase,
            "status": int(status),
            "detail": detail,
            **more,
        }
        self.challenge = challenge
        self.wait = wait


def init_problems(app: Flask) -> None:
    """Answer machines in their own language, whatever goes wrong and wherever."""
    app.register_error_handler(Problem, _answer)
    app.after_request(_instead_of_a_page)


def _answer(problem: Problem) -> Response:
    response = Response(json.dumps(problem.body), problem.status, content_type=MEDIA_TYPE)
    if problem.challenge:
        response.headers["WWW-Authenticate"] = problem.challenge
    if problem.status in RETRY_SECONDS:
        response.headers["Retry-After"] = str(problem.wait or RETRY_SECONDS[problem.status])
    return response


def _instead_of_a_page(response: Response) -> Response:
    """Put a problem in the place of an error page, which is for people."""
    if response.mimetype != "text/html" or not request.path.startswith(PATHS):
        return response
    status = HTTPStatus(response.status_code)
    wait = response.headers.get("Retry-After", type=int)
    kind = status.name.lower().replace("_", "-")
    made = _answer(Problem(status, kind, status.description, wait=wait))
    refused = request.routing_exception
    if isinstance(refused, MethodNotAllowed) and refused.valid_methods:
        made.headers["Allow"] = ", ".join(sorted(refused.valid_methods))
    return made
