"""Tickets for tests: a key, the published list that names it, and tokens signed with it."""

from __future__ import annotations

import json
import secrets
from base64 import b64encode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from portal.blind.rules import blind, blind_sign, finalize, prepare
from portal.blind.rules.keys import new_key, public_der

if TYPE_CHECKING:
    from pathlib import Path

    from portal.blind.words import PrivateKey

COHORT = "2026-4-work"
FIRST = "0" * 64


@cache
def key_of(name: str) -> PrivateKey:
    """The key of a cohort: made once, as it takes its time."""
    del name
    return new_key(2048)


@dataclass(frozen=True)
class Issuer:
    """Who publishes the list, and signs."""

    file: Path

    def publish(self, today: date, **cohorts: tuple[int, int, int]) -> None:
        """Cohorts by quarter and group (q4_work), each with its days relative to today."""
        lines, previous = [], FIRST
        for short, days in (cohorts or {"q4_work": (-60, 30, 58)}).items():
            quarter, _, group = short.partition("_")
            name = f"2026-{quarter[1:]}-{group}"
            issue_from, issue_until, redeem_until = (
                (today + timedelta(days=ago)).isoformat() for ago in days
            )
            lines.append(
                json.dumps(
                    {
                        "cohort": name,
                        "key": b64encode(public_der(key_of(name).public)).decode(),
                        "issue_from": issue_from,
                        "issue_until": issue_until,
                        "redeem_until": redeem_until,
                        "previous": previous,
                    }
                )
            )
            previous = sha256(lines[-1].encode()).hexdigest()
        self.file.write_text("\n".join(lines) + "\n", "utf-8")

    def ticket(self, cohort: str = COHORT) -> dict[str, str]:
        """The fields of a fresh ticket, as the portal's page holds them."""
        key = key_of(cohort)
        prepared = prepare(secrets.token_bytes(32))
        blinded, inverse = blind(key.public, prepared)
        signature = finalize(key.public, prepared, blind_sign(key, blinded), inverse)
        return {"cohort": cohort, "token": wire(prepared), "signature": wire(signature)}


def wire(value: bytes) -> str:
    """Base64url without padding."""
    return urlsafe_b64encode(value).decode().rstrip("=")
