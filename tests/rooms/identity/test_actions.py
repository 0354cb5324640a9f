"""Persons and accounts, on both databases, also when two ask at the same moment."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from portal.db import Base, engine_for
from portal.identity.actions import (
    person_with_cpr,
    persons_with_cprs,
    sign_in_citizen,
    sign_in_staff,
)
from portal.identity.models import Account, Person, StaffAccount
from portal.identity.queries import account_of, names_of, staff_account_of
from portal.identity.words import (
    CitizenClaims,
    Loa,
    RefusalKind,
    SignInRefused,
    StaffClaims,
    StaffRole,
)
from portal.vault import CprError
from tests.vaults import vault_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
VAULT = vault_with()
CPR, OTHER_CPR = "6101901234", "6201901234"
ANNA = CitizenClaims("https://idp.example", "anna", Loa.SUBSTANTIAL, CPR, "Anna Opfundet")
METTE = StaffClaims(
    "https://idp.example", "anna", "Mette Opfundet", frozenset({StaffRole.TEXT_OWNER})
)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = engine_for(database_url)
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as one:
        yield one


def count(session: Session, model: type[Base]) -> int | None:
    return session.scalar(select(func.count()).select_from(model))


def statements_of(engine: Engine) -> list[str]:
    """What is sent to the database from now on, the beginning of transactions left out."""
    statements: list[str] = []

    def note(*args: object) -> None:
        if not str(args[2]).startswith("BEGIN"):
            statements.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", note)
    return statements


def test_one_number_is_one_person(session: Session) -> None:
    first = person_with_cpr(session, VAULT, CPR, "Anna", NOW)
    assert person_with_cpr(session, VAULT, "610190-1234", "Another name", NOW) == first
    assert names_of(session, VAULT, [first, uuid4()]) == {first: "Anna"}


def test_a_name_is_given_to_whom_has_none(session: Session) -> None:
    first = person_with_cpr(session, VAULT, CPR, None, NOW)
    assert names_of(session, VAULT, [first]) == {}
    person_with_cpr(session, VAULT, CPR, "Anna", NOW)
    assert names_of(session, VAULT, [first]) == {first: "Anna"}


def test_neither_number_nor_name_lies_open(session: Session) -> None:
    person = session.get_one(Person, person_with_cpr(session, VAULT, CPR, "Anna", NOW))
    kept = b"".join(filter(None, (person.cpr_lookup, person.cpr_sealed, person.name_sealed)))
    assert b"Anna" not in kept
    assert CPR.encode() not in kept
    assert person.cpr_sealed is not None
    assert VAULT.open(person.cpr_sealed, f"person {person.id} cpr") == CPR


def test_many_persons_take_few_statements(session: Session, engine: Engine) -> None:
    names = {f"61{month:02}90{number:04}": "N" for month in range(1, 11) for number in range(100)}
    statements = statements_of(engine)
    made = persons_with_cprs(session, VAULT, names, NOW)
    assert len(set(made.values())) == 1000
    assert len(statements) == 6  # 2 to look, 2 to insert, 2 to look again
    statements.clear()
    assert persons_with_cprs(session, VAULT, names, NOW) == made
    assert len(statements) == 2


def test_one_bad_number_writes_nothing(session: Session) -> None:
    with pytest.raises(CprError):
        persons_with_cprs(session, VAULT, {CPR: None, "123": None}, NOW)
    assert count(session, Person) == 0


def test_a_race_for_one_person_has_one_winner(engine: Engine) -> None:
    barrier = threading.Barrier(4)
    found: list[object] = []

    def ask() -> None:
        with Session(engine.execution_options(writes=True)) as session:
            barrier.wait()
            found.append(person_with_cpr(session, VAULT, CPR, "Anna", NOW))
            session.commit()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1


@pytest.mark.parametrize("claims", [ANNA, replace(ANNA, cpr=None)])
def test_a_race_for_one_account_has_one_winner(engine: Engine, claims: CitizenClaims) -> None:
    barrier = threading.Barrier(4)
    found: list[object] = []

    def sign_in() -> None:
        with Session(engine.execution_options(writes=True)) as session:
            barrier.wait()
            found.append(sign_in_citizen(session, VAULT, claims, NOW).id)
            session.commit()

    threads = [threading.Thread(target=sign_in) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Session(engine) as session:
        assert (len(found), len(set(found))) == (4, 1)
        assert (count(session, Account), count(session, Person)) == (1, 1)


def test_the_second_sign_in_opens_the_same_account(session: Session) -> None:
    first = sign_in_citizen(session, VAULT, ANNA, NOW)
    later = NOW.replace(year=2027)
    renamed = replace(ANNA, name="Anna Ny", loa=Loa.HIGH)
    again = sign_in_citizen(session, VAULT, renamed, later)
    assert (again.id, again.last_sign_in_at) == (first.id, later)
    user = account_of(session, VAULT, first.id)
    assert user is not None
    assert (user.name, user.loa, user.person_id) == ("Anna Ny", Loa.HIGH, first.person_id)
    assert "Anna" not in repr(user)


def test_an_account_meets_the_person_that_the_feed_made(session: Session) -> None:
    person_id = person_with_cpr(session, VAULT, CPR, None, NOW)
    assert sign_in_citizen(session, VAULT, ANNA, NOW).person_id == person_id


def test_an_account_is_never_led_to_another_person(session: Session) -> None:
    account = sign_in_citizen(session, VAULT, ANNA, NOW)
    with pytest.raises(SignInRefused) as caught:
        sign_in_citizen(session, VAULT, replace(ANNA, cpr=OTHER_CPR, name="Bo"), NOW)
    assert (caught.value.kind, caught.value.code) == (RefusalKind.ERROR, "other_person")
    assert CPR not in str(caught.value) + repr(caught.value)
    user = account_of(session, VAULT, account.id)
    assert user is not None
    assert (user.person_id, user.name) == (account.person_id, "Anna Opfundet")


def test_who_has_no_number_may_get_one(session: Session) -> None:
    first = sign_in_citizen(session, VAULT, replace(ANNA, cpr=None), NOW)
    sign_in_citizen(session, VAULT, ANNA, NOW)
    assert person_with_cpr(session, VAULT, CPR, None, NOW) == first.person_id


def test_but_not_one_that_belongs_to_another_person(session: Session) -> None:
    sign_in_citizen(session, VAULT, replace(ANNA, cpr=None), NOW)
    person_with_cpr(session, VAULT, CPR, None, NOW)
    with pytest.raises(SignInRefused, match="other_person"):
        sign_in_citizen(session, VAULT, ANNA, NOW)


def test_silence_about_the_number_changes_nothing(session: Session) -> None:
    first = sign_in_citizen(session, VAULT, ANNA, NOW)
    again = sign_in_citizen(session, VAULT, replace(ANNA, cpr=None), NOW)
    assert again.person_id == first.person_id


def test_staff_and_citizen_never_merge(session: Session) -> None:
    """Even where one provider gives both the same subject."""
    citizen = sign_in_citizen(session, VAULT, ANNA, NOW)
    staff = sign_in_staff(session, VAULT, METTE, NOW)
    assert account_of(session, VAULT, staff.id) is None
    assert staff_account_of(session, VAULT, citizen.id) is None
    assert "person_id" not in StaffAccount.__table__.columns
    assert names_of(session, VAULT, [citizen.person_id]) == {citizen.person_id: "Anna Opfundet"}


def test_roles_are_those_of_the_last_sign_in(session: Session) -> None:
    first = sign_in_staff(session, VAULT, METTE, NOW)
    sign_in_staff(session, VAULT, replace(METTE, roles=frozenset({StaffRole.QUALITY})), NOW)
    user = staff_account_of(session, VAULT, first.id)
    assert user is not None
    assert (user.name, user.roles) == ("Mette Opfundet", frozenset({StaffRole.QUALITY}))


def test_staff_without_a_role_get_no_account(session: Session) -> None:
    with pytest.raises(SignInRefused, match="no_role"):
        sign_in_staff(session, VAULT, replace(METTE, roles=frozenset()), NOW)
    assert count(session, StaffAccount) == 0


def test_a_user_costs_one_read(session: Session, engine: Engine) -> None:
    account_id = sign_in_citizen(session, VAULT, ANNA, NOW).id
    session.commit()
    statements = statements_of(engine)
    account_of(session, VAULT, account_id)
    assert len(statements) == 1
