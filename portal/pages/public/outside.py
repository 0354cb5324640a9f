"""A provider says that somebody has signed out elsewhere (OpenID Connect Back-Channel Logout 1.0).

Asked by machines: no cookie, no form token; the signature of the logout token is the only proof.
What is refused is answered with 400, as the specification wants it, and ends nothing.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import request

from portal import clock
from portal.audit.words import Act
from portal.identity.words import RefusalKind, SignInRefused
from portal.identity_log.actions import spend
from portal.identity_log.words import ENDED_AT_PROVIDER, TokenReplayed
from portal.pages import sessions
from portal.pages.access import note
from portal.pages.attempts import attempt_at, keep
from portal.pages.entrances import CITIZEN, ENTRANCES, STAFF, parts
from portal.pages.oidc.wire import ProviderDown, ProviderWrong
from portal.request import writing
from portal.sign_ins.actions import end_at_provider

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.blueprints import BlueprintSetupState
    from flask.typing import ResponseReturnValue

    from portal.identity.words import Ended
    from portal.pages.entrances import Entrance

TOKEN = "logout_token"  # noqa: S105 - a field's name
REASONS = (SignInRefused, TokenReplayed, ProviderDown, ProviderWrong)

log = logging.getLogger("indblik.sign_in")


def add_routes(blueprint: Blueprint) -> None:
    """Put the two doors for providers on the blueprint of public pages."""
    doors = {"/log-ind/udefra": ended_outside, "/medarbejder/udefra": staff_ended_outside}
    for path, door in doors.items():
        blueprint.add_url_rule(path, door.__name__, door, methods=["POST"])

    def exempt(state: BlueprintSetupState) -> None:
        for door in doors.values():  # a provider has no form of ours
            state.app.extensions["csrf"].exempt(door)

    blueprint.record(exempt)


def ended_outside() -> ResponseReturnValue:
    """End sessions of citizens at their provider's word."""
    return _ended(ENTRANCES[CITIZEN])


def staff_ended_outside() -> ResponseReturnValue:
    """End sessions of staff at their provider's word."""
    return _ended(ENTRANCES[STAFF])


def _ended(entrance: Entrance) -> ResponseReturnValue:
    try:
        told = _told(entrance)
        count = _end(entrance, told)
    except REASONS as error:
        return _refused(entrance, error)
    keep(
        replace(attempt_at(entrance), subject=told.subject, provider_session=told.provider_session),
        ENDED_AT_PROVIDER,
    )
    note(Act.SIGNED_OUT, why="at_provider")
    log.info("the provider of %s ended %s sessions", entrance.audience, count)
    return {}, HTTPStatus.OK


def _told(entrance: Entrance) -> Ended:
    tokens = request.form.getlist(TOKEN)
    if len(tokens) != 1 or not tokens[0]:
        raise SignInRefused(RefusalKind.ERROR, "no_token")
    return parts().providers[entrance.audience].ended(tokens[0])


def _end(entrance: Entrance, told: Ended) -> int:
    """How many sessions have ended. A token is used up only where all of it has been done."""
    issuer, now = parts().providers[entrance.audience].client.issuer, clock.now()
    with writing() as db:
        spend(db, issuer, told.jti, datetime.fromtimestamp(told.until, UTC))
        keys = end_at_provider(db, issuer, told.subject, told.provider_session, now)
        sessions.forget(keys)
    return len(keys)


def _refused(entrance: Entrance, error: Exception) -> ResponseReturnValue:
    match error:
        case SignInRefused():
            code = error.code
        case TokenReplayed():
            code = "replayed"
        case ProviderDown():
            code = "provider_down"
        case _:
            code = f"provider_wrong: {error}"  # the text is ours, see ProviderWrong
    log.error("a logout token for %s was refused: %s", entrance.audience, code)
    word = "temporarily_unavailable" if isinstance(error, ProviderDown) else "invalid_request"
    return {"error": word, "error_description": code.partition(":")[0]}, HTTPStatus.BAD_REQUEST
