"""Tickets for the answer door of the stage: a list of its own, with keys of its own."""

from __future__ import annotations

import json
import secrets
from base64 import b64encode
from datetime import timedelta
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from portal import clock
from portal.answers.actions import redeem
from portal.answers.rules import FIRST
from portal.blind.rules import blind, blind_sign, finalize, prepare
from portal.blind.rules.keys import new_key, public_der
from portal.blind.rules.wire import written
from portal.door.tickets import ticket_of
from portal.questionnaire.words import Content

if TYPE_CHECKING:
    from pathlib import Path

    from portal.blind.words import PrivateKey
    from portal.door.pages import Door

BITS = 2048  # enough for tickets that open nothing
OPEN, CLOSED = "2026-4-work", "2026-1-work"
DAYS = {CLOSED: (-300, -200, -170), OPEN: (-60, 30, 58)}  # of today: issued from, until; redeemed


class Issuer:
    """Who publishes the list, and signs."""

    @cached_property
    def _keys(self) -> dict[str, PrivateKey]:
        return {name: new_key(BITS) for name in DAYS}

    def publish(self, file: Path) -> None:
        """Write the list of both cohorts."""
        lines, previous, today = [], FIRST, clock.day_of(clock.now())
        for name, days in DAYS.items():
            dates = (str(today + timedelta(days=ago)) for ago in days)
            told = dict(zip(("issue_from", "issue_until", "redeem_until"), dates, strict=True))
            key = b64encode(public_der(self._keys[name].public)).decode()
            lines.append(json.dumps({"cohort": name, "key": key, **told, "previous": previous}))
            previous = sha256(lines[-1].encode()).hexdigest()
        file.write_text("\n".join(lines) + "\n", "utf-8")

    def ticket(self, kind: str) -> dict[str, str]:
        """The fields of a fresh ticket."""
        cohort = CLOSED if kind == "closed" else OPEN
        key = self._keys[cohort]
        prepared = prepare(secrets.token_bytes(32))
        blinded, inverse = blind(key.public, prepared)
        signature = finalize(key.public, prepared, blind_sign(key, blinded), inverse)
        token = prepared if kind != "forged" else prepared[::-1]
        return {"cohort": cohort, "token": written(token), "signature": written(signature)}


def spent(door: Door, ticket: dict[str, str]) -> None:
    """Hand an answer in for a ticket."""
    asked, cohorts = door.questionnaires[-1], door.published.cohorts()
    content = Content(asked.version, "da", {"understood": "low"}, {}, {})
    with Session(door.engine) as session:
        redeem(session, cohorts, ticket_of(**ticket), content, clock.day_of(clock.now()))
        session.commit()
