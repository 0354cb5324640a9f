"""Which machine may do what, and how often. Machines have no session and no cookie."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from flask import current_app, g, request

from portal import clock
from portal.api.problems import Problem
from portal.api.tokens import Keys, machine

if TYPE_CHECKING:
    from portal.api.tokens import Machine
    from portal.settings import Api

MINUTE = 60
WRITE, OVERVIEW, FEEDBACK = "cases:write", "overview:read", "feedback:read"


@dataclass
class Rates:
    """How often each client came in this minute. Kept in the process: no store to fail."""

    a_minute: int
    minute: int = 0
    came: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def exceeded(self, client: str, now: float) -> bool:
        """Count one more visit; whether it was one too many."""
        with self.lock:
            if self.minute != int(now) // MINUTE:
                self.minute, self.came = int(now) // MINUTE, Counter()
            self.came[client] += 1
            return self.came[client] > self.a_minute


@dataclass(frozen=True, slots=True)
class Guard:
    """Stands before the doors for machines."""

    api: Api
    keys: Keys
    rates: Rates


def require(scope: str) -> Machine:
    """The machine, if it has this scope. Raises Problem."""
    g.keep_view = False  # a choice of language is for people
    guard = cast("Guard | None", current_app.extensions["machines"])
    if guard is None:
        detail = "this portal is not set up for machine clients"
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, "closed", detail)
    now = clock.now().timestamp()
    who = machine(request.headers.get("Authorization"), guard.api, guard.keys, now)
    if guard.rates.exceeded(who.client, now):
        detail = f"more than {guard.api.a_minute} requests in a minute"
        raise Problem(HTTPStatus.TOO_MANY_REQUESTS, "too-many-requests", detail)
    if scope not in who.scopes:
        detail = f"the token lacks the scope {scope}"
        challenge = f'Bearer error="insufficient_scope", scope="{scope}"'
        raise Problem(HTTPStatus.FORBIDDEN, "insufficient-scope", detail, challenge=challenge)
    return who
