from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal.cases.models import CaseEvent
from portal.feed.rules import LINE_BYTES, names_in
from portal.feed.words import Code, Reason, Result
from portal.quarantine.actions import drop, expire, opened, replay, take_in
from portal.quarantine.models import Quarantined
from portal.quarantine.queries import kept_record, open_count, open_records
from portal.quarantine.words import Door, Keeping, NotKept
from portal.settings import Key
from portal.vault import SealError, Vault
from tests.rooms.feed.conftest import engine, session, vault
from tests.rooms.feed.examples import NOW, line, told
from tests.vaults import vault_with

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["engine", "session", "vault"]

CPR = "6102890102"
BAD = told("party-added", {"cpr": CPR, "role": None, "name": "Amalie Prøvegaard"})
GOOD = told("party-added", {"cpr": CPR, "role": "complainant"})


def results(session: Session, vault: Vault, *records: bytes) -> list[Result]:
    places = range(1, len(records) + 1)
    return [r.result for r in take_in(session, vault, records, NOW, Door.FILE, places)]


def test_a_rejected_record_is_kept_with_its_reasons(session: Session, vault: Vault) -> None:
    assert results(session, vault, told("resumed"), BAD) == [Result.ACCEPTED, Result.REJECTED]
    (kept,) = open_records(session)
    assert (kept.door, kept.place, kept.received_at) == (Door.FILE, 2, NOW)
    assert (kept.source, kept.event, kept.subject) == (
        "urn:example:board", "e-party-added", "c-1",
    )  # fmt: skip
    assert kept.type == "dk.indblik.case.party-added.v1"
    assert kept.reasons == (Reason(Code.NULL, "data.role"),)
    assert opened(session, vault, kept.id) == BAD


def test_nothing_personal_lies_open(session: Session, vault: Vault) -> None:
    misplaced = told("resumed", id=CPR, subject="610289-0102", source="a 610289 0102", type=CPR)
    results(session, vault, BAD, misplaced + b"}", told("x", id=CPR, time=None), b"{")
    rows = list(session.scalars(select(Quarantined)))
    assert len(rows) == 4
    for row in rows:
        lying = str({name: getattr(row, name) for name in row.__table__.columns.keys()})  # noqa: SIM118 - no dict
        assert "610289" not in lying
        assert "Amalie" not in lying


def test_a_record_opens_nowhere_else(session: Session, vault: Vault) -> None:
    results(session, vault, BAD, b"x")
    first, second = session.scalars(select(Quarantined).order_by(Quarantined.place))
    first.sealed, second.sealed = second.sealed, first.sealed
    for row in (first, second):
        with pytest.raises(SealError):
            opened(session, vault, row.id)


def test_any_bytes_come_back_as_they_were(session: Session, vault: Vault) -> None:
    odd = bytes(range(256))
    results(session, vault, odd, b" " * (LINE_BYTES + 2))
    first, second = sorted(open_records(session), key=lambda kept: kept.place)
    assert opened(session, vault, first.id) == odd
    assert len(opened(session, vault, second.id)) == LINE_BYTES


def test_a_record_told_again_is_kept_once(session: Session, vault: Vault) -> None:
    results(session, vault, BAD, BAD)
    results(session, vault, BAD)
    assert open_count(session) == 1
    other = vault_with(Key("cpr", b"x" * 32), Key("data", b"d" * 32))
    assert other.fingerprint(BAD) != vault.fingerprint(BAD)


def test_a_record_told_well_later_settles_it(session: Session, vault: Vault) -> None:
    results(session, vault, BAD, told("x", time=None, id="other"), b"x")
    kept = next(kept for kept in open_records(session) if kept.event == "e-party-added")
    assert results(session, vault, told("party-added", {"cpr": CPR, "role": "party"},
                                        source="urn:else")) == [Result.ACCEPTED]  # fmt: skip
    assert open_count(session) == 3
    assert results(session, vault, GOOD) == [Result.ACCEPTED]
    assert open_count(session) == 2
    assert kept_record(session, kept.id).state is Keeping.REPLAYED
    assert (
        session.scalars(select(Quarantined.sealed).where(Quarantined.id == kept.id)).one() is None
    )


def test_a_record_that_comes_after_it_was_told_well_needs_nobody(
    session: Session, vault: Vault
) -> None:
    results(session, vault, GOOD)
    assert results(session, vault, BAD, b"x") == [Result.REJECTED, Result.REJECTED]
    (kept,) = open_records(session)
    assert kept.event is None


def test_a_corrected_record_is_replayed(session: Session, vault: Vault) -> None:
    results(session, vault, BAD)
    (kept,) = open_records(session)
    worse = replay(session, vault, kept.id, NOW, b"{")
    assert worse.reasons == (Reason(Code.NOT_JSON),)
    assert open_records(session) == [kept]
    assert replay(session, vault, kept.id, NOW).result is Result.REJECTED
    assert replay(session, vault, kept.id, NOW, GOOD).result is Result.ACCEPTED
    assert open_records(session) == []
    assert session.scalars(select(CaseEvent.event)).all() == ["e-party-added"]
    with pytest.raises(NotKept):
        replay(session, vault, kept.id, NOW, GOOD)


def test_a_record_may_be_right_by_now(session: Session, vault: Vault) -> None:
    early = told("resumed", time="2026-11-24T06:00:00Z")
    results(session, vault, early)
    (kept,) = open_records(session)
    assert replay(session, vault, kept.id, NOW.replace(day=24)).result is Result.ACCEPTED


def test_a_dropped_record_is_gone(session: Session, vault: Vault) -> None:
    results(session, vault, BAD)
    (kept,) = open_records(session)
    drop(session, kept.id, NOW)
    with pytest.raises(NotKept):
        drop(session, kept.id, NOW)
    with pytest.raises(NotKept):
        kept_record(session, uuid4())
    results(session, vault, BAD)
    assert open_count(session) == 0


def test_what_was_kept_long_enough_is_deleted(session: Session, vault: Vault) -> None:
    results(session, vault, BAD, b"x", b"y")
    for kept in open_records(session)[:2]:
        drop(session, kept.id, NOW)
    assert not any(expire(session, NOW, NOW).values())
    later = NOW + timedelta(seconds=1)
    gone = expire(session, later, NOW)
    assert (gone[Keeping.DROPPED], gone[Keeping.OPEN]) == (2, 0)
    assert open_count(session) == 1
    assert expire(session, NOW, later)[Keeping.OPEN] == 1
    assert list(session.scalars(select(Quarantined))) == []
    results(session, vault, BAD)  # what is gone is not known: told again, it is kept again
    assert open_count(session) == 1


@given(st.binary(max_size=200))
def test_names_of_garbage_never_raise(record: bytes) -> None:
    assert names_in(record) == (None, None, None, None)


def test_names_that_are_no_names_are_left_out() -> None:
    assert names_in(line({"id": 1, "source": "", "subject": "a\0", "type": "x" * 256})) == (
        None, None, None, None,
    )  # fmt: skip
    assert names_in(b"[" * 100_000) == (None, None, None, None)
    assert names_in(line({"id": "7", "subject": "26-10101"})) == (None, "7", "26-10101", None)
