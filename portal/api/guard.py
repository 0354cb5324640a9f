"""Which machine may do what, and how often. Machines have no session and no cookie."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from flask import current_app, g, request

from portal import clock
from portal.api.problems import Problem
from portal.api.tokens import Keys, machine
from portal.rates.words import TooMany, Whose

if TYPE_CHECKING:
    from portal.api.tokens import Machine
    from portal.rates.counting import Rates
    from portal.rates.words import Limit
    from portal.settings import Api

MACHINES, REFUSED = "machines", "machines_refused"
WRITE, OVERVIEW, FEEDBACK = "cases:write", "overview:read", "feedback:read"


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
    try:
        who = _identified(guard)
    except TooMany as error:
        raise _too_many(error) from None
    if scope not in who.scopes:
        detail = f"the token lacks the scope {scope}"
        challenge = f'Bearer error="insufficient_scope", scope="{scope}"'
        raise Problem(HTTPStatus.FORBIDDEN, "insufficient-scope", detail, challenge=challenge)
    return who


def _identified(guard: Guard) -> Machine:
    """The machine, counted as one more visit. Raises Problem, TooMany."""
    rates, rules = guard.rates, guard.rates.rules
    now = clock.now().timestamp()
    try:
        who = machine(request.headers.get("Authorization"), guard.api, guard.keys, now)
    except Problem as problem:
        if problem.status is HTTPStatus.UNAUTHORIZED:
            rates.take(rates.counts(rules.of(REFUSED), Whose(address=request.remote_addr or "")))
        raise
    limits = [_of_setting(one, guard.api) for one in rules.of(MACHINES)]
    rates.take(rates.counts(limits, Whose(client=who.client)))
    return who


def _of_setting(limit: Limit, api: Api) -> Limit:
    """A limit of a client, whose amount is a setting."""
    return replace(limit, amount=api.a_minute)


def _too_many(error: TooMany) -> Problem:
    limit = error.limit
    detail = f"more than {limit.amount} requests in {limit.seconds} seconds"
    return Problem(HTTPStatus.TOO_MANY_REQUESTS, "too-many-requests", detail, wait=error.seconds)
