"""The database session of one request, and the one place where it is committed.

An unsafe method that ends well (status below 400) commits; everything else rolls back.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from flask import current_app, g, request
from sqlalchemy.orm import Session

from portal.db import standing_alone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask, Response
    from sqlalchemy import Connection, Engine

SAFE = {"GET", "HEAD", "OPTIONS"}
FIRST_ERROR = 400


def init_request(app: Flask, engine: Engine) -> None:
    """Give every request of the app a session on the engine."""
    app.extensions.update(engine=engine, standing_alone=standing_alone(engine))
    app.after_request(_commit)
    app.teardown_request(_close)


def engine() -> Engine:
    """The engine of the current app."""
    return cast("Engine", current_app.extensions["engine"])


def db() -> Session:
    """The session of this request, opened when first asked for.

    Where nothing is written each read stands alone: it would see what others have committed by
    then in any case.
    """
    if "db" not in g:
        g.db = Session(_standing_alone() if request.method in SAFE else engine())
    return cast("Session", g.db)


def _standing_alone() -> Engine:
    """The engine on which each statement is a transaction, where the database has such a one."""
    return cast("Engine", current_app.extensions["standing_alone"])


@contextmanager
def at_once() -> Iterator[Connection]:
    """A connection on which one statement is committed whatever becomes of the request."""
    if request.method in SAFE and _standing_alone() is not engine():
        yield db().connection()
    else:
        with engine().begin() as connection:
            yield connection


@contextmanager
def writing() -> Iterator[Session]:
    """A session of its own for work that surely writes, committed at the end of the block.

    For machines, which are told what became of each record: also what was refused is kept. And
    for the one kind of GET that must write, the return from a sign-in.
    """
    with Session(engine().execution_options(writes=True)) as session:
        yield session
        session.commit()


def _commit(response: Response) -> Response:
    if "db" in g and request.method not in SAFE and response.status_code < FIRST_ERROR:
        db().commit()
    return response


def _close(_error: BaseException | None) -> None:
    session = g.pop("db", None)
    if session is not None:
        session.close()
