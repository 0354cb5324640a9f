"""Keys, published lists and tickets, made as portal and browser make them."""

from __future__ import annotations

import json
import secrets
from base64 import b64encode
from datetime import date
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from portal.answers.rules import FIRST, cohorts_of
from portal.answers.words import Cohort, Ticket
from portal.blind.rules import blind, blind_sign, finalize, new_key, prepare, public_der
from portal.questionnaire.words import Content

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portal.blind.words import PrivateKey

NAME = "2026-3-aids"
TODAY = date(2026, 11, 22)
BITS = 2048  # the shortest that is accepted: tests make many keys


@cache
def key_of(name: str) -> PrivateKey:
    """The key of a cohort, the same for all tests of a run."""
    return new_key(BITS)


def days_of(name: str) -> dict[str, str]:
    """The days of a cohort, as its quarter has them."""
    year, quarter = (int(part) for part in name.split("-")[:2])
    start = {1: "01-01", 2: "04-01", 3: "07-01", 4: "10-01"}[quarter]
    until = {1: "06-30", 2: "09-30", 3: "12-31", 4: "03-31"}[quarter]
    redeem = {1: "07-28", 2: "10-28", 3: "01-28", 4: "04-28"}[quarter]
    return {
        "issue_from": f"{year}-{start}",
        "issue_until": f"{year + (quarter == 4)}-{until}",
        "redeem_until": f"{year + (quarter >= 3)}-{redeem}",
    }


def line(name: str, previous: str, **other: object) -> str:
    """A line of the list, after the one whose hash is given."""
    key = b64encode(public_der(key_of(name).public)).decode()
    return json.dumps({"cohort": name, "key": key, **days_of(name), "previous": previous} | other)


def listed(names: Iterable[str]) -> str:
    """A whole list."""
    lines: list[str] = []
    for name in names:
        previous = sha256(lines[-1].encode()).hexdigest() if lines else FIRST
        lines.append(line(name, previous))
    return "".join(f"{one}\n" for one in lines)


def cohorts(*names: str) -> dict[str, Cohort]:
    return cohorts_of(listed(names or [NAME]))


def ticket(name: str = NAME, *, signed_as: str | None = None) -> Ticket:
    """A ticket as a browser gets it, perhaps signed by another cohort's key."""
    key = key_of(signed_as or name)
    prepared = prepare(secrets.token_bytes(32))
    blinded, inverse = blind(key.public, prepared)
    signature = finalize(key.public, prepared, blind_sign(key, blinded), inverse)
    return Ticket(name, prepared, signature)


def content(mark: str = "", **texts: str) -> Content:
    """An answer that can be told from others by its mark."""
    return Content(
        version="2026-1",
        lang="da",
        ratings={"trust": f"high{mark}", "outcome": "partly"},
        choices={"went_well": ("tone", "time")},
        texts=texts,
    )
