"""What the gallery wants of one request to its stage, and how that comes about."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import g
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import RequestEntityTooLarge, Unauthorized

from portal.gallery.words import Fault
from portal.rates.queries import rulebook
from portal.rates.words import TooMany

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from portal.i18n import View

WAIT = 30  # seconds; what the page of too many requests is told


class Planted(Exception):  # noqa: N818 - a failure on purpose
    """What nobody has foreseen."""


@dataclass(frozen=True, slots=True)
class Wish:
    """In which view, with which nonce, where it is shown, and what goes wrong."""

    view: View
    nonce: str
    here: str
    state: str  # its key
    fault: Fault | None = None


# Not in the surroundings of the request: the answer door throws away what it does not know there.
_WISH: ContextVar[Wish] = ContextVar("wish")


def wish() -> Wish:
    """The wish of the current request."""
    return _WISH.get()


@contextmanager
def wished(one: Wish) -> Iterator[None]:
    """Let this be the wish of the requests in the block."""
    token = _WISH.set(one)
    try:
        yield
    finally:
        _WISH.reset(token)


def as_wished(app: Flask) -> Flask:
    """The app, which does to each request first what is wished."""
    app.before_request_funcs.setdefault(None, []).insert(0, _do)
    return app


def _do() -> None:
    wanted = wish()
    g.view, g.csp_nonce, g.keep_view = wanted.view, wanted.nonce, False
    g.shown_state = wanted.state
    if wanted.fault is not None:
        _go_wrong(wanted.fault)


def _go_wrong(fault: Fault) -> None:
    match fault:
        case Fault.UNAVAILABLE:
            raise OperationalError(None, None, Planted())
        case Fault.FAILURE:
            raise Planted
        case Fault.TOO_LARGE:
            raise RequestEntityTooLarge
        case Fault.UNAUTHORIZED:
            raise Unauthorized
        case Fault.TOO_MANY:
            raise TooMany(rulebook().of("pages")[0], WAIT)
        case _:  # the provider's: it asks itself
            return
