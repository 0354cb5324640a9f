"""Each other kind of data goes on the day after its last, or at its second."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from portal.audit.actions import record as note
from portal.audit.models import AuditEntry
from portal.audit.words import Act, Actor, Entry
from portal.cases.words import PartyAdded
from portal.cli.retention import gone
from portal.identity.models import Account, Person, StaffAccount
from portal.identity_log.models import SignInAttempt
from portal.kept_forms.models import KeptForm
from portal.panels.models import Volunteer
from portal.quarantine.models import Quarantined
from portal.rights.models import RightsRequest
from portal.rights.words import Period
from portal.sign_ins.models import SignIn
from tests.rooms.rights.ground import CLOSED, KINDS, LAST, OVER, case, count, noon, person, put

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from portal.db import Base

DAY = noon(CLOSED)
SEALED = {"text_sealed": b"x", "kind": "correction", "about": "other", "due": CLOSED}


def _attempt(engine: Engine, at: datetime) -> None:
    put(engine, SignInAttempt, at=at, audience="citizen", issuer="i", outcome="signed_in")


def _sign_in(engine: Engine, at: datetime) -> None:
    put(engine, SignIn, id=uuid4(), kind="citizen", account_id=uuid4(), store_key=uuid4().hex,
        issuer="i", subject="s", started_at=at, device="x")  # fmt: skip


def _kept_form(engine: Engine, at: datetime) -> None:
    put(engine, KeptForm, id=uuid4(), account="citizen:x", sealed=b"x", kept_at=at)


def _quarantined(engine: Engine, at: datetime, *, settled: bool) -> None:
    put(engine, Quarantined, id=uuid4(), received_at=at, door="file", place=1, reasons=[],
        fingerprint=uuid4().bytes * 2, state="dropped" if settled else "open",
        settled_at=at if settled else None)  # fmt: skip


def _account(engine: Engine, at: datetime) -> None:
    put(engine, Account, id=uuid4(), issuer="i", subject=uuid4().hex, person_id=person(engine),
        loa="HIGH", last_sign_in_at=at)  # fmt: skip


def _request(engine: Engine, at: datetime) -> None:
    put(engine, RightsRequest, id=uuid4(), person_id=person(engine), made_at=at, answered_at=at,
        **SEALED)  # fmt: skip


def _look(engine: Engine, at: datetime) -> None:
    with engine.begin() as connection:
        note(connection, Entry(at, Act.CASE_VIEWED, Actor.CITIZEN))


MIDNIGHT = datetime(2026, 5, 12, 22, tzinfo=UTC)  # the end of the day


@pytest.mark.parametrize(
    ("kind", "put_one", "model", "last"),
    [
        ("requests", _request, RightsRequest, date(2031, 5, 12)),
        ("accounts", _account, Account, date(2028, 5, 12)),
        ("persons", person, Person, date(2026, 6, 11)),
        ("audit", _look, AuditEntry, date(2028, 5, 12)),
        ("quarantine_open", lambda e, at: _quarantined(e, at, settled=False), Quarantined,
         date(2026, 11, 8)),
        ("quarantine_settled", lambda e, at: _quarantined(e, at, settled=True), Quarantined,
         date(2026, 6, 11)),
    ],
)  # fmt: skip
def test_days_are_those_of_copenhagen(
    engine: Engine, kind: str, put_one: Callable[..., object], model: type[Base], last: date
) -> None:
    """What happened in the last second of a day and in the first of the next go a day apart."""
    put_one(engine, MIDNIGHT - timedelta(seconds=1))
    put_one(engine, MIDNIGHT)
    before = count(engine, model)
    end = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1)
    # Midnight is 22:00 UTC in summer and 23:00 in winter.
    midnight = end - timedelta(hours=2 if last.month in range(4, 11) else 1)
    assert gone(engine, KINDS[kind], midnight - timedelta(seconds=1)) == 0
    assert gone(engine, KINDS[kind], midnight) == 1
    if kind != "audit":  # which writes down that it was done
        assert count(engine, model) == before - 1


@pytest.mark.parametrize(
    ("kind", "put_one", "days"),
    [("kept_forms", _kept_form, 1), ("sign_ins", _sign_in, 1), ("sign_in_attempts", _attempt, 180)],
)
def test_some_kinds_are_exact_to_the_second(
    engine: Engine, kind: str, put_one: Callable[..., object], days: int
) -> None:
    """The rooms know their own periods: the file says the same."""
    assert KINDS[kind].period == Period(days=days)
    put_one(engine, DAY)
    over = DAY + timedelta(days=days)
    assert gone(engine, KINDS[kind], over - timedelta(seconds=1)) == 0
    assert gone(engine, KINDS[kind], over) == 1


def test_a_volunteer_goes_after_the_last_day(engine: Engine) -> None:
    put(engine, Volunteer, person_id=person(engine), kinds=[], reach="email", contact_sealed=b"x",
        consent_version="1", agreed_on=CLOSED, last_day=date(2031, 5, 12))  # fmt: skip
    assert gone(engine, KINDS["volunteers"], LAST) == 0
    assert gone(engine, KINDS["volunteers"], OVER) == 1


def test_a_request_without_an_answer_stays(engine: Engine) -> None:
    put(engine, RightsRequest, id=uuid4(), person_id=person(engine), made_at=DAY, **SEALED)
    assert gone(engine, KINDS["requests"], datetime(2090, 1, 1, tzinfo=UTC)) == 0


def test_the_account_of_somebody_with_a_case_stays(engine: Engine) -> None:
    who = person(engine)
    put(engine, Account, id=uuid4(), issuer="i", subject="s", person_id=who, loa="HIGH",
        last_sign_in_at=DAY)  # fmt: skip
    case(engine, who)
    assert gone(engine, KINDS["accounts"], datetime(2090, 1, 1, tzinfo=UTC)) == 0


def test_a_member_of_staff_loses_name_and_roles_and_keeps_the_key(engine: Engine) -> None:
    put(engine, StaffAccount, id=uuid4(), issuer="i", subject="s", name_sealed=b"x",
        roles=["quality"], last_sign_in_at=DAY)  # fmt: skip
    assert gone(engine, KINDS["staff_accounts"], datetime(2027, 5, 12, 21, 59, tzinfo=UTC)) == 0
    assert gone(engine, KINDS["staff_accounts"], datetime(2027, 5, 12, 22, 0, tzinfo=UTC)) == 1
    with Session(engine) as session:
        (left,) = session.scalars(select(StaffAccount))
    assert (left.name_sealed, left.roles) == (None, [])


def test_a_person_stays_while_anything_leads_there(engine: Engine) -> None:
    for_other, named, free = person(engine), person(engine), person(engine)
    who = person(engine)
    case(engine, who, (PartyAdded(person=named, role="representative", acts_for=for_other), DAY))
    with engine.begin() as connection:  # a part that was corrected away
        connection.execute(text("DELETE FROM case_parties WHERE role = 'representative'"))
    later = datetime(2090, 1, 1, tzinfo=UTC)
    assert gone(engine, KINDS["persons"], later) == 1
    with Session(engine) as session:
        assert set(session.scalars(select(Person.id))) == {who, named, for_other}
    del free
