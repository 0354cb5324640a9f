"""Whether everything was told that a source has numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from portal.feed.actions import accept
from portal.feed.queries import gaps_of, status_of
from portal.feed.rules import HEARTBEAT
from portal.feed.words import Gap
from tests.rooms.feed.examples import NOW, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from portal.vault import Vault

BOARD = "urn:example:board"


def numbered(number: int, **more: object) -> bytes:
    return told("resumed", id=f"n{number}", sequence=number, **more)


def beat(sequence: int | None, hour: int = 5) -> bytes:
    at = NOW.replace(hour=hour).isoformat()
    return told("x", {"sequence": sequence}, type=HEARTBEAT, subject=None, id=at, time=at)


@pytest.mark.parametrize(
    ("numbers", "upto", "gaps"),
    [
        ((), 7, []),  # where its numbers begin is not known
        ((1, 2, 3), 3, []),
        ((1, 2, 3), None, []),
        ((3, 1, 2), 2, []),  # more was told since the heartbeat
        ((5, 6, 9, 13), 13, [Gap(7, 8), Gap(10, 12)]),
        ((5, 6), 9, [Gap(7, 9)]),
        ((1, 3), None, []),  # does not say that it numbers
    ],
)
def test_what_was_not_told_is_found(
    session: Session, vault: Vault, numbers: Sequence[int], upto: int | None, gaps: list[Gap]
) -> None:
    accept(session, vault, [*map(numbered, numbers), beat(upto)], NOW)
    assert gaps_of(session, status_of(session, BOARD, NOW)) == gaps


def test_a_late_event_closes_the_gap(session: Session, vault: Vault) -> None:
    accept(session, vault, [numbered(1), numbered(3), beat(3)], NOW)
    accept(session, vault, [numbered(2)], NOW)
    assert gaps_of(session, status_of(session, BOARD, NOW)) == []


def test_others_numbers_are_their_own(session: Session, vault: Vault) -> None:
    other = [numbered(number, source="urn:other") for number in (1, 5)]
    accept(session, vault, [numbered(1), numbered(2), *other, beat(2)], NOW)
    assert gaps_of(session, status_of(session, BOARD, NOW)) == []


def test_the_newest_heartbeat_tells_how_far(session: Session, vault: Vault) -> None:
    accept(session, vault, [beat(9, hour=4), beat(12, hour=5), beat(None, hour=5)], NOW)
    assert status_of(session, BOARD, NOW).sequence == 12
    accept(session, vault, [beat(10, hour=3)], NOW)
    assert status_of(session, BOARD, NOW).sequence == 12
