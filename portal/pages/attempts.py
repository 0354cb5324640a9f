"""The identity log as the doors of sign-in write it: each in a transaction of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal import clock
from portal.identity_log.actions import noted
from portal.identity_log.words import Attempt
from portal.pages.entrances import parts
from portal.request import at_once

if TYPE_CHECKING:
    from portal.identity.words import Loa
    from portal.pages.entrances import Entrance
    from portal.pages.oidc.answers import Answer


def attempt_at(entrance: Entrance) -> Attempt:
    """An attempt at this door, of which nothing is known yet."""
    issuer = parts().providers[entrance.audience].client.issuer
    return Attempt(clock.now(), entrance.audience, issuer, "")


def proven(attempt: Attempt, answer: Answer) -> Attempt:
    """The attempt with what the provider has vouched for: its own names of account and session."""
    return replace(
        attempt,
        subject=str(answer.id_token["sub"]),
        provider_session=answer.provider_session,
        transaction=answer.transaction,
    )


def keep(attempt: Attempt, outcome: str, level: Loa | None = None) -> None:
    """Write down what came of an attempt. Where that fails nobody is let in."""
    told = replace(attempt, level=level.name if level is not None else None)
    with at_once() as connection:
        noted(connection, told.ended(clock.now(), outcome))
