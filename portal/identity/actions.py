"""Writes about persons and accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import joinedload

from portal.identity.models import Account, Person, StaffAccount
from portal.identity.queries import PLACES, persons_by_lookups
from portal.identity.rules import about_cpr, about_name, about_staff_name
from portal.identity.words import RefusalKind, SignInRefused
from portal.vault import normalised

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from portal.identity.queries import Placed
    from portal.identity.words import CitizenClaims, StaffClaims
    from portal.vault import Vault

CHUNK = 500  # rows in one statement


def person_with_cpr(
    session: Session, vault: Vault, cpr: str, name: str | None, now: datetime
) -> UUID:
    """The person with this CPR number, made where there is none. Raises CprError."""
    return persons_with_cprs(session, vault, {cpr: name}, now)[cpr]


def persons_with_cprs(
    session: Session, vault: Vault, names: Mapping[str, str | None], now: datetime
) -> dict[str, UUID]:
    """The persons with these CPR numbers (number to name), made where there are none.

    Two that ask at the same moment get the same persons. A name is given to a person that has
    none; one that has a name keeps it. Raises CprError before anything is written.
    """
    numbers = {cpr: normalised(cpr) for cpr in names}
    wanted = {numbers[cpr]: name for cpr, name in names.items()}
    placed = {number: vault.placed_lookups(number) for number in wanted}
    known = persons_by_lookups(session, placed)
    # In one order for everybody: two writers then wait for each other and never in a ring. By the
    # number itself: of the look-up values they may know different ones as the current.
    missing = sorted(wanted.keys() - known.keys())
    if missing:
        people = ((number, wanted[number], placed[number]) for number in missing)
        _insert(session, Person, [_person(vault, *who, now) for who in people])
        known |= persons_by_lookups(session, {number: placed[number] for number in missing})
    for number, name in wanted.items():
        if name and not known[number].named:
            _name(session, vault, known[number].id, name)
    return {cpr: known[number].id for cpr, number in numbers.items()}


def _person(
    vault: Vault, cpr: str | None, name: str | None, placed: Placed, now: datetime
) -> dict[str, object]:
    person_id, values = uuid4(), dict(placed)
    return {
        "id": person_id,
        **{column.key: values.get(place) for place, column in enumerate(PLACES)},
        "cpr_sealed": vault.seal(cpr, about_cpr(person_id)) if cpr else None,
        "name_sealed": vault.seal(name, about_name(person_id)) if name else None,
        "created_at": now,
    }


def _insert(
    session: Session,
    model: type[Person | Account | StaffAccount],
    rows: list[dict[str, object]],
) -> None:
    """Insert those rows that break no uniqueness; somebody else was first with the others."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(model).on_conflict_do_nothing()
    for start in range(0, len(rows), CHUNK):
        session.execute(statement, rows[start : start + CHUNK])


def _name(session: Session, vault: Vault, person_id: UUID, name: str) -> None:
    sealed = vault.seal(name, about_name(person_id))
    session.execute(update(Person).where(Person.id == person_id).values(name_sealed=sealed))


def sign_in_citizen(
    session: Session, vault: Vault, claims: CitizenClaims, now: datetime
) -> Account:
    """The account that these claims open, made at the first sign-in.

    Raises SignInRefused where the claims name another person than the account is tied to.
    """
    account = _account(session, claims)
    if account is None:
        _open_account(session, vault, claims, now)
        account = _account(session, claims)
        assert account is not None  # noqa: S101 - inserted above, by us or by another
    _check_person(session, vault, account.person, claims)
    if claims.name:  # the provider's name follows the CPR register, so it replaces ours
        account.person.name_sealed = vault.seal(claims.name, about_name(account.person_id))
    account.loa = claims.loa.name
    account.last_sign_in_at = now
    session.flush()
    return account


def _account(session: Session, claims: CitizenClaims) -> Account | None:
    return session.scalars(
        select(Account)
        .where(Account.issuer == claims.issuer, Account.subject == claims.subject)
        .options(joinedload(Account.person))
    ).one_or_none()


def _open_account(session: Session, vault: Vault, claims: CitizenClaims, now: datetime) -> None:
    if claims.cpr:
        person_id = person_with_cpr(session, vault, claims.cpr, claims.name, now)
    else:
        person = _person(vault, None, claims.name, (), now)
        person_id = UUID(str(person["id"]))
        _insert(session, Person, [person])
    row = {
        "id": uuid4(),
        "issuer": claims.issuer,
        "subject": claims.subject,
        "person_id": person_id,
        "loa": claims.loa.name,
        "last_sign_in_at": now,
    }
    _insert(session, Account, [row])
    if claims.cpr is None:  # a parallel first sign-in may have been quicker with its own person
        has_account = select(Account.id).where(Account.person_id == person_id).exists()
        session.execute(delete(Person).where(Person.id == person_id, ~has_account))


def _check_person(session: Session, vault: Vault, person: Person, claims: CitizenClaims) -> None:
    """An account is tied to its person for good: it is never led to another in silence."""
    if claims.cpr is None:
        return  # the provider says nothing now; what it said when the account was made stands
    number = normalised(claims.cpr)
    placed = vault.placed_lookups(number)
    stored = [getattr(person, column.key) for column in PLACES]
    if any(stored[place] == value for place, value in placed):
        return
    if any(stored) or persons_by_lookups(session, {number: placed}):
        raise SignInRefused(RefusalKind.ERROR, "other_person")
    for place, value in placed:  # a person without a number has got one
        setattr(person, PLACES[place].key, value)
    person.cpr_sealed = vault.seal(number, about_cpr(person.id))


def sign_in_staff(
    session: Session, vault: Vault, claims: StaffClaims, now: datetime
) -> StaffAccount:
    """The staff account that these claims open, with the roles that they hold today.

    Raises SignInRefused where they hold no role that is known here.
    """
    if not claims.roles:
        raise SignInRefused(RefusalKind.ERROR, "no_role")
    key = {"issuer": claims.issuer, "subject": claims.subject}
    fresh = {"id": uuid4(), "roles": [], "name_sealed": None, "last_sign_in_at": now}
    account = session.scalars(select(StaffAccount).filter_by(**key)).one_or_none()
    if account is None:
        _insert(session, StaffAccount, [key | fresh])
        account = session.scalars(select(StaffAccount).filter_by(**key)).one()
    about = about_staff_name(account.id)
    account.name_sealed = vault.seal(claims.name, about) if claims.name else None
    account.roles = sorted(claims.roles)
    account.last_sign_in_at = now
    session.flush()
    return account
