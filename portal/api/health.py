"""Whether the process lives, and whether it can serve. Readiness fails before liveness does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, current_app
from redis.exceptions import RedisError

from portal.db import answers
from portal.request import engine

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

health = Blueprint("health", __name__, url_prefix="/health")

OK = 200
UNAVAILABLE = 503


@health.get("/live")
def live() -> ResponseReturnValue:
    """The process answers."""
    return {"status": "ok"}


@health.get("/ready")
def ready() -> ResponseReturnValue:
    """The database and the session store answer; which one does not is named."""
    checks = {"database": answers(engine()), "sessions": _sessions()}
    good = all(checks.values())
    told = {name: "ok" if fine else "down" for name, fine in checks.items()}
    return {"status": "ok" if good else "down", **told}, OK if good else UNAVAILABLE


def _sessions() -> bool:
    redis = current_app.config.get("SESSION_REDIS")
    if redis is None:  # the embedded store is a folder beside the database
        return True
    try:
        return bool(redis.ping())
    except RedisError:
        return False
