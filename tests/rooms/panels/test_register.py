from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select

from portal.db import Base
from portal.identity.actions import person_with_cpr, sign_in_staff
from portal.identity.words import StaffClaims, StaffRole
from portal.panels.actions import expire, volunteer, withdraw
from portal.panels.models import Volunteer
from portal.panels.queries import registration_of, registrations
from portal.panels.words import Kind, Offer, Purpose, Reach
from tests.rooms.feed.conftest import engine, session, vault
from tests.rooms.feed.examples import NOW

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from portal.vault import Vault

__all__ = ["engine", "session", "vault"]

TODAY = date(2026, 11, 22)
LAST = date(2027, 11, 22)
DAY = timedelta(days=1)
PURPOSE = Purpose("2026-1", date(2026, 11, 1), 12, tuple(Kind))
OFFER = Offer((Kind.TEXT_TEST, Kind.PANEL), Reach.EMAIL, "anna@eksempel.dk", "Anna")
CALL = Offer((Kind.INTERVIEW,), Reach.PHONE, "12345678", None)


@pytest.fixture
def anna(session: Session, vault: Vault) -> UUID:
    return person_with_cpr(session, vault, "6102890102", "Anna Opdigt", NOW)


@pytest.fixture
def bent(session: Session, vault: Vault) -> UUID:
    return person_with_cpr(session, vault, "6202890103", "Bent Opdigt", NOW)


def member_of_staff(session: Session, vault: Vault, role: StaffRole) -> UUID:
    claims = StaffClaims("i", role, None, frozenset({role}))
    return sign_in_staff(session, vault, claims, NOW).id


def test_a_registration_is_its_owners(session: Session, vault: Vault, anna: UUID,
                                      bent: UUID) -> None:  # fmt: skip
    assert registration_of(session, vault, anna, TODAY) is None
    volunteer(session, vault, anna, OFFER, PURPOSE, TODAY)
    found = registration_of(session, vault, anna, TODAY)
    assert found
    assert (found.kinds, found.version) == ((Kind.PANEL, Kind.TEXT_TEST), "2026-1")
    assert (found.agreed_on, found.last_day) == (TODAY, LAST)
    assert found.offer == Offer((Kind.PANEL, Kind.TEXT_TEST), Reach.EMAIL, OFFER.contact, "Anna")
    assert registration_of(session, vault, bent, TODAY) is None
    assert "anna@" not in repr(found) + repr(OFFER)


def test_nothing_that_leads_to_somebody_lies_open(session: Session, vault: Vault,
                                                  anna: UUID) -> None:  # fmt: skip
    volunteer(session, vault, anna, OFFER, PURPOSE, TODAY)
    row = session.scalars(select(Volunteer)).one()
    lying = str([getattr(row, name) for name in Volunteer.__table__.columns.keys()])  # noqa: SIM118 - no dict
    assert "eksempel" not in lying
    assert "Anna" not in lying


def test_a_second_time_begins_anew(session: Session, vault: Vault, anna: UUID) -> None:
    volunteer(session, vault, anna, OFFER, PURPOSE, TODAY)
    volunteer(session, vault, anna, CALL, PURPOSE, TODAY + 30 * DAY)
    found = registration_of(session, vault, anna, TODAY)
    assert found
    assert found.offer == CALL
    assert found.last_day == date(2027, 12, 22)


def test_one_click_ends_it(session: Session, vault: Vault, anna: UUID, bent: UUID) -> None:
    volunteer(session, vault, anna, OFFER, PURPOSE, TODAY)
    volunteer(session, vault, bent, CALL, PURPOSE, TODAY)
    assert withdraw(session, anna)
    assert not withdraw(session, anna)
    assert session.scalars(select(Volunteer.person_id)).all() == [bent]


def test_it_ends_to_the_day(session: Session, vault: Vault, anna: UUID) -> None:
    inviter = member_of_staff(session, vault, StaffRole.PANEL)
    volunteer(session, vault, anna, OFFER, PURPOSE, TODAY)
    assert registration_of(session, vault, anna, LAST)
    assert len(registrations(session, vault, inviter, LAST)) == 1
    # Nobody sees it the day after, also before it has been deleted.
    assert registration_of(session, vault, anna, LAST + DAY) is None
    assert registrations(session, vault, inviter, LAST + DAY) == []
    assert expire(session, LAST) == 0
    assert expire(session, LAST + DAY) == 1
    assert session.scalars(select(Volunteer)).all() == []


def test_only_those_who_invite_see_it(session: Session, vault: Vault, anna: UUID,
                                      bent: UUID) -> None:  # fmt: skip
    volunteer(session, vault, anna, OFFER, PURPOSE, TODAY)
    volunteer(session, vault, bent, CALL, PURPOSE, TODAY - DAY)
    for role in set(StaffRole) - {StaffRole.PANEL}:
        stranger = member_of_staff(session, vault, role)
        assert registrations(session, vault, stranger, TODAY) == []
    assert registrations(session, vault, uuid4(), TODAY) == []
    inviter = member_of_staff(session, vault, StaffRole.PANEL)
    found = registrations(session, vault, inviter, TODAY)
    assert [one.offer.contact for one in found if one.offer] == ["12345678", "anna@eksempel.dk"]


def test_one_that_cannot_be_opened_hides_no_other(session: Session, vault: Vault, anna: UUID,
                                                  bent: UUID) -> None:  # fmt: skip
    inviter = member_of_staff(session, vault, StaffRole.PANEL)
    for person in (anna, bent):
        volunteer(session, vault, person, OFFER, PURPOSE, TODAY)
    session.get_one(Volunteer, anna).contact_sealed = b"x"
    session.flush()
    found = registrations(session, vault, inviter, TODAY)
    assert sorted(one.offer is None for one in found) == [False, True]
    own = registration_of(session, vault, anna, TODAY)
    assert own
    assert own.offer is None


def test_it_is_connected_to_a_person_and_to_nothing_else() -> None:
    table = Volunteer.__table__
    assert {key.column.table.name for key in table.foreign_keys} == {"persons"}
    leading = [
        other.name
        for other in Base.metadata.tables.values()
        for key in other.foreign_keys
        if key.column.table.name == Volunteer.__tablename__
    ]
    assert leading == []
