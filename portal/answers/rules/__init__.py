"""The published list of cohorts: each line holds the SHA-256 of the line before it.

Who keeps an old copy sees whether a line was changed or taken away since.
"""

from __future__ import annotations

import re
from base64 import b64decode
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from portal.answers.words import ClosedCohort, Cohort, ForgedToken, UnknownCohort, WrongList
from portal.blind.rules import public_key, verify
from portal.blind.words import WrongKey, WrongMessage, WrongSignature

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from portal.answers.words import Ticket

NAME = re.compile(r"[0-9]{4}-[1-4]-[a-z0-9_]+")
FIRST = "0" * 64  # what the first line says of the line before it
MOST_CHARACTERS = 4 << 20  # some thousand cohorts; a larger file is not our list
# One day: the clock of door, portal or job may be wrong by that much, and none of them is asked to
# turn a reader away for it. A token says itself that it was issued in time, and a spent one is
# remembered until the cohort is closed, so that a day more gives nobody a second answer.
GRACE = timedelta(days=1)


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    cohort: str
    key: str
    issue_from: date
    issue_until: date
    redeem_until: date
    previous: str


def cohorts_of(text: str) -> dict[str, Cohort]:
    """The cohorts that a list (JSON Lines) names, by name. An empty list has none.

    Raises WrongList.
    """
    if len(text) > MOST_CHARACTERS:
        raise WrongList(_at(1, "the list is too long"))
    found: dict[str, Cohort] = {}
    for number, cohort in enumerate(_cohorts(text), start=1):
        if cohort.name in found:
            raise WrongList(_at(number, "this cohort was named before"))
        if any(cohort.key == other.key for other in found.values()):
            raise WrongList(_at(number, "this key was named before"))
        found[cohort.name] = cohort
    return found


def _cohorts(text: str) -> Iterator[Cohort]:
    previous = FIRST
    for number, written in enumerate(text.removesuffix("\n").split("\n") if text else (), start=1):
        line = _line(number, written)
        if line.previous != previous:
            raise WrongList(_at(number, "the hash is not that of the line before"))
        previous = sha256(written.encode()).hexdigest()
        yield _cohort(number, line)


def _line(number: int, written: str) -> _Line:
    try:
        return msgspec.json.decode(written, type=_Line)
    except (msgspec.MsgspecError, UnicodeEncodeError) as error:
        raise WrongList(_at(number, str(error))) from None


def _cohort(number: int, line: _Line) -> Cohort:
    if not NAME.fullmatch(line.cohort):
        raise WrongList(_at(number, "a cohort is named <year>-<quarter>-<group>"))
    if not line.issue_from <= line.issue_until <= line.redeem_until:
        raise WrongList(_at(number, "its days are out of order"))
    try:
        key = b64decode(line.key, validate=True)
        public_key(key)
    except (ValueError, WrongKey):
        raise WrongList(_at(number, "the key is not a public key in DER and base64")) from None
    return Cohort(line.cohort, key, line.issue_from, line.issue_until, line.redeem_until)


def _at(number: int, why: str) -> str:
    return f"line {number}: {why}"


def open_cohort(cohorts: Mapping[str, Cohort], name: str, today: date) -> Cohort:
    """The cohort of a ticket that is handed in today. Raises UnknownCohort, ClosedCohort."""
    cohort = cohorts.get(name)
    if cohort is None:
        raise UnknownCohort
    if not cohort.issue_from - GRACE <= today <= cohort.redeem_until + GRACE:
        raise ClosedCohort
    return cohort


def cohort_of(cohorts: Mapping[str, Cohort], ticket: Ticket, today: date) -> Cohort:
    """The cohort in which the ticket would be taken today, unless it is spent.

    Raises UnknownCohort, ClosedCohort, ForgedToken.
    """
    cohort = open_cohort(cohorts, ticket.cohort, today)
    try:
        verify(public_key(cohort.key), ticket.prepared, ticket.signature)
    except (WrongKey, WrongMessage, WrongSignature):
        raise ForgedToken from None
    return cohort
