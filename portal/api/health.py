"""Whether the process lives, and whether it can serve. Readiness fails before liveness does."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import Blueprint, current_app
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from portal import clock
from portal.db import answers
from portal.feed.queries import statuses
from portal.request import db, engine
from portal.vault import KeysUnavailable, Purpose

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from portal.vault import Vault

health = Blueprint("health", __name__, url_prefix="/health")

OK = 200
UNAVAILABLE = 503


@health.get("/live")
def live() -> ResponseReturnValue:
    """The process answers."""
    return {"status": "ok"}


@health.get("/ready")
def ready() -> ResponseReturnValue:
    """The database and the session store answer, and the keys open; which does not is named.

    Silent case systems are named too, and never make the portal unready: it shows what it knows.
    """
    checks = {"database": answers(engine()), "sessions": _sessions(), "keys": _keys()}
    good = all(checks.values())
    told = {name: "ok" if fine else "down" for name, fine in checks.items()}
    silent = _silent_sources() if good else []
    body = {"status": "ok" if good else "down", **told, "silent_sources": silent}
    return body, OK if good else UNAVAILABLE


def _silent_sources() -> list[dict[str, str | None]]:
    try:
        found = statuses(db(), clock.now())
    except SQLAlchemyError:  # older tables: that is not what is asked here
        return []
    return [
        {"source": one.source, "heard_at": one.heard_at.isoformat() if one.heard_at else None}
        for one in found
        if one.silent
    ]


def _keys() -> bool:
    vault = cast("Vault", current_app.extensions["vault"])
    try:
        vault.key(Purpose.DATA)
    except KeysUnavailable:
        return False
    return True


def _sessions() -> bool:
    redis = current_app.config.get("SESSION_REDIS")
    if redis is None:  # the embedded store is a folder beside the database
        return True
    try:
        return bool(redis.ping())
    except RedisError:
        return False
