"""The register of sessions, on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from portal.sign_ins.actions import KEPT, end, end_all, end_at_provider, expire, opened, signed_out
from portal.sign_ins.queries import own
from portal.sign_ins.words import Begun, Holder, Kind
from tests.rooms.feed.conftest import engine, session, vault
from tests.rooms.feed.examples import NOW

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["engine", "session", "vault"]

ANNA, BENT = Holder(Kind.CITIZEN, UUID(int=1)), Holder(Kind.CITIZEN, UUID(int=2))
STAFF = Holder(Kind.STAFF, ANNA.account)  # the same key in the other table is somebody else
SECOND = timedelta(seconds=1)


def begun(session: Session, holder: Holder, key: str, provider: str | None = None) -> None:
    told = Begun(holder, key, "https://i", f"sub {holder.kind} {holder.account}", provider, "x y")
    opened(session, told, NOW)


@pytest.fixture
def several(session: Session) -> Session:
    for holder, key, provider in (
        (ANNA, "a1", "p1"), (ANNA, "a2", None), (BENT, "b1", "p1"), (STAFF, "s1", "p2"),
    ):  # fmt: skip
        begun(session, holder, key, provider)
    return session


def keys(session: Session, holder: Holder) -> set[str]:
    return {one.store_key for one in own(session, holder)}


def test_each_has_their_own(several: Session) -> None:
    assert keys(several, ANNA) == {"a1", "a2"}
    assert keys(several, STAFF) == {"s1"}
    assert keys(several, Holder(Kind.CITIZEN, uuid4())) == set()


def test_one_is_ended_once_and_by_its_owner(several: Session) -> None:
    (one,) = own(several, BENT)
    assert end(several, one.id, ANNA, NOW) == []
    assert end(several, one.id, BENT, NOW) == ["b1"]
    assert end(several, one.id, BENT, NOW) == []
    assert end(several, UUID(int=0), BENT, NOW) == []
    assert keys(several, BENT) == set()


def test_all_or_all_but_one(several: Session) -> None:
    assert end_all(several, ANNA, NOW, but="a1") == ["a2"]
    assert end_all(several, ANNA, NOW) == ["a1"]
    assert keys(several, BENT) | keys(several, STAFF) == {"b1", "s1"}


@pytest.mark.parametrize(
    ("issuer", "subject", "provider", "ended"),
    [
        ("https://i", f"sub citizen {ANNA.account}", None, {"a1", "a2"}),
        ("https://i", f"sub citizen {ANNA.account}", "p1", {"a1"}),
        ("https://i", None, "p1", {"a1", "b1"}),
        ("https://i", "nobody", "p1", set()),
        ("https://j", None, "p1", set()),
        ("https://i", None, None, set()),
    ],
)
def test_what_the_provider_names(
    several: Session, issuer: str, subject: str | None, provider: str | None, ended: set[str]
) -> None:
    assert set(end_at_provider(several, issuer, subject, provider, NOW)) == ended


def test_signing_out_is_written_down(several: Session) -> None:
    signed_out(several, "a1", NOW)
    signed_out(several, "unknown", NOW)
    assert keys(several, ANNA) == {"a2"}


def test_a_name_longer_than_the_column_is_found_again(session: Session) -> None:
    begun(session, ANNA, "a1", "p" * 300)
    assert end_at_provider(session, "https://i", None, "p" * 300, NOW) == ["a1"]


def test_they_are_forgotten_after_a_day_to_the_second(several: Session) -> None:
    assert expire(several, NOW + KEPT - SECOND) == 0
    assert expire(several, NOW + KEPT) == 4
