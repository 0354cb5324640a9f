"""Reads about persons and accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from sqlalchemy import Uuid, bindparam, select

from portal.identity.models import Account, Person, StaffAccount
from portal.identity.rules import about_name, about_staff_name
from portal.identity.words import CitizenUser, Loa, StaffRole, StaffUser

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from uuid import UUID

    from sqlalchemy.orm import Session

    from portal.vault import Vault

    Placed = tuple[tuple[int, bytes], ...]  # look-up values, each with its place

CHUNK = 500  # bound parameters in one statement, well below what any database takes
T = TypeVar("T")
PLACES = (Person.cpr_lookup, Person.cpr_lookup_other)  # of look-up values, by their place

# Read for every page of a citizen, so built once.
ACCOUNT = (
    select(Account.person_id, Person.name_sealed, Account.loa)
    .join(Person, Person.id == Account.person_id)
    .where(Account.id == bindparam("account", type_=Uuid()))
)


class Known(NamedTuple):
    """A person found by look-up value, and whether it has a name yet."""

    id: UUID
    named: bool


def in_chunks(values: Collection[T]) -> Iterator[list[T]]:
    """The values in lists short enough for one statement."""
    ordered = list(values)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def account_of(session: Session, vault: Vault, account_id: UUID) -> CitizenUser | None:
    """A citizen's account with its person, in one read. Raises SealError."""
    row = session.connection().execute(ACCOUNT, {"account": account_id}).one_or_none()
    if row is None:
        return None
    name = _opened(vault, row.name_sealed, about_name(row.person_id))
    return CitizenUser(account_id, row.person_id, name, Loa[row.loa])


def staff_account_of(session: Session, vault: Vault, account_id: UUID) -> StaffUser | None:
    """A member of staff's account, in one read. Raises SealError."""
    row = session.execute(
        select(StaffAccount.name_sealed, StaffAccount.roles).where(StaffAccount.id == account_id)
    ).one_or_none()
    if row is None:
        return None
    name = _opened(vault, row.name_sealed, about_staff_name(account_id))
    roles = frozenset(role for role in StaffRole if role in row.roles)
    return StaffUser(account_id, name, roles)


def _opened(vault: Vault, sealed: bytes | None, about: str) -> str | None:
    return None if sealed is None else vault.open(sealed, about)


def names_of(session: Session, vault: Vault, person_ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of those persons that have one. Raises SealError."""
    names: dict[UUID, str] = {}
    for chunk in in_chunks(person_ids):
        rows = session.execute(
            select(Person.id, Person.name_sealed).where(
                Person.id.in_(chunk), Person.name_sealed.is_not(None)
            )
        )
        names |= {row.id: vault.open(row.name_sealed, about_name(row.id)) for row in rows}
    return names


def persons_by_lookups(session: Session, placed: Mapping[str, Placed]) -> dict[str, Known]:
    """Which of these numbers are known persons': each is asked for by all its look-up values."""
    known: dict[str, Known] = {}
    for place, column in enumerate(PLACES):
        numbers = {
            value: cpr for cpr, there in placed.items() for at, value in there if at == place
        }
        for chunk in in_chunks(numbers):
            rows = session.execute(
                select(column, Person.id, Person.name_sealed.is_not(None)).where(column.in_(chunk))
            )
            known |= {
                numbers[value]: Known(person, named) for value, person, named in rows if value
            }
    return known


def person_by_cpr(session: Session, vault: Vault, cpr: str) -> UUID | None:
    """The person with this CPR number, if it is known. Raises CprError."""
    known = persons_by_lookups(session, {cpr: vault.placed_lookups(cpr)})
    return known[cpr].id if cpr in known else None
