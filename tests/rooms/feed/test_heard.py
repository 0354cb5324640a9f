from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from portal.feed.actions import accept
from portal.feed.queries import status_of, statuses
from portal.feed.rules import HEARTBEAT
from portal.feed.words import SourceStatus
from tests.rooms.feed.examples import NOW, told

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from portal.vault import Vault

BOARD = "urn:example:board"


def test_a_source_was_heard_by_its_own_clock(session: Session, vault: Vault) -> None:
    assert status_of(session, BOARD, NOW) == SourceStatus(BOARD, BOARD, None, silent=True)
    accept(session, vault, [told("resumed"), told("received", {})], NOW)
    heard = NOW.replace(day=20, hour=8, minute=30)
    assert status_of(session, BOARD, NOW) == SourceStatus(BOARD, BOARD, heard, silent=True)


def test_a_heartbeat_keeps_a_source_awake(session: Session, vault: Vault) -> None:
    def beat(hours: int, **data: object) -> bytes:
        at = (NOW + timedelta(hours=hours)).isoformat()
        return told("x", data or None, type=HEARTBEAT, subject=None, id=f"{at}", time=at)

    accept(session, vault, [beat(-5, name="Sagssystem", silent_after=240), beat(-7)], NOW)
    heard = NOW - timedelta(hours=5)
    assert statuses(session, NOW) == [SourceStatus(BOARD, "Sagssystem", heard, silent=True)]
    accept(session, vault, [beat(-6)], NOW)
    assert status_of(session, BOARD, NOW).heard_at == heard
    # What lies ahead of our clock was heard now; name and minutes stay as they were said.
    accept(session, vault, [beat(1)], NOW)
    assert status_of(session, BOARD, NOW) == SourceStatus(BOARD, "Sagssystem", NOW, silent=False)
    assert status_of(session, BOARD, NOW + timedelta(hours=4, seconds=1)).silent


def test_what_a_late_heartbeat_says_counts_unless_a_newer_one_said_it(
    session: Session, vault: Vault
) -> None:
    def beat(hours: int, **data: object) -> bytes:
        at = (NOW + timedelta(hours=hours)).isoformat()
        return told("x", data or None, type=HEARTBEAT, subject=None, id=f"{at}", time=at)

    accept(session, vault, [beat(-1)], NOW)
    accept(session, vault, [beat(-3, name="New", silent_after=60)], NOW)
    accept(session, vault, [beat(-4, name="Old", sequence=7)], NOW)
    assert statuses(session, NOW) == [
        SourceStatus(BOARD, "New", NOW - timedelta(hours=1), silent=False, sequence=7)
    ]
    assert status_of(session, BOARD, NOW + timedelta(minutes=1)).silent


def test_rejected_records_are_not_heard(session: Session, vault: Vault) -> None:
    accept(session, vault, [told("received", {})], NOW)
    assert statuses(session, NOW) == []
