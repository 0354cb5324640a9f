"""Reads of requests. Whose they are is part of every WHERE: not yours is not found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import String, cast, select

from portal.cases.models import Case, CaseParty
from portal.cases.queries import VISIBLE
from portal.cases.words import Role
from portal.identity.models import Person, StaffAccount
from portal.identity.rules import about_cpr, about_name
from portal.identity.words import StaffRole
from portal.rights.models import RightsRequest
from portal.rights.rules import about_answer, about_text, masked
from portal.rights.words import About, Asked, Asker, RequestNotFound, Right, Verdict
from portal.vault import SealError

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from portal.vault import Vault

MOST = 200  # answered requests on the page of staff

# A case is somebody's own where they have complained, or are a party by own right. Whoever acts
# for another sees that case, too, but the data in it are the other's.
OWN_ROLES = (Role.COMPLAINANT, Role.PARTY)
OWN = VISIBLE.where(CaseParty.role.in_(OWN_ROLES))  # bound to `person` and `today`


def own_case(session: Session, person: UUID, case: UUID, today: date) -> bool:
    """Whether the case is the person's own, and may be seen today."""
    found = session.scalar(OWN.where(Case.id == case), {"person": person, "today": today})
    return found is not None


def own_cases(session: Session, person: UUID, today: date) -> list[tuple[UUID, str | None]]:
    """The person's own cases, each with its number."""
    rows = session.execute(
        select(Case.id, Case.state["number"].as_string())
        .where(Case.id.in_(OWN))
        .order_by(Case.changed_at.desc(), Case.id),
        {"person": person, "today": today},
    )
    return [(row[0], row[1]) for row in rows]


def requests_of(session: Session, vault: Vault, person: UUID) -> list[Asked]:
    """What this person has asked for, the newest first."""
    rows = session.scalars(
        select(RightsRequest)
        .where(RightsRequest.person_id == person)
        .order_by(RightsRequest.made_at.desc(), RightsRequest.id)
    )
    return [_asked(vault, row) for row in rows]


def request_of(session: Session, vault: Vault, person: UUID, request: UUID) -> Asked:
    """One request. Raises RequestNotFound where there is none, or where it is another's."""
    row = session.scalars(
        select(RightsRequest).where(RightsRequest.id == request, RightsRequest.person_id == person)
    ).one_or_none()
    if row is None:
        raise RequestNotFound
    return _asked(vault, row)


def may_leave(session: Session, person: UUID) -> bool:
    """Whether the account may go at once: no part in any case, and no answer to wait for."""
    part = select(CaseParty.id).where(CaseParty.person_id == person)
    waits = select(RightsRequest.id).where(
        RightsRequest.person_id == person, RightsRequest.answered_at.is_(None)
    )
    return not session.scalar(select(part.exists() | waits.exists()))


# --- For staff.


def of_protection(account: UUID) -> ColumnElement[bool]:
    """Whether this account answers requests: its roles are read in the same statement."""
    held = cast(StaffAccount.roles, String)  # a list of our own codes, which hold no quotes
    named = held.contains(f'"{StaffRole.PROTECTION}"', autoescape=True)
    return select(StaffAccount.id).where(StaffAccount.id == account, named).exists()


def inbox(session: Session, vault: Vault, account: UUID, *, answered: bool) -> list[Asked]:
    """The requests that wait, those due first in front; or those answered, the newest first."""
    state = (
        RightsRequest.answered_at.is_not(None) if answered else RightsRequest.answered_at.is_(None)
    )
    order = RightsRequest.answered_at.desc() if answered else RightsRequest.due
    rows = session.scalars(
        select(RightsRequest)
        .where(state, of_protection(account))
        .order_by(order, RightsRequest.id)
        .limit(MOST if answered else None)
    )
    return [_asked(vault, row) for row in rows]


def asked_by(
    session: Session, vault: Vault, account: UUID, request: UUID, today: date
) -> tuple[Asked, Asker]:
    """One request with who asks. Raises RequestNotFound."""
    row = session.execute(
        select(RightsRequest, Person)
        .join(Person, Person.id == RightsRequest.person_id)
        .where(RightsRequest.id == request, of_protection(account))
    ).one_or_none()
    if row is None:
        raise RequestNotFound
    asked, person = row
    cpr = opened(vault, person.cpr_sealed, about_cpr(person.id))
    numbers = [number for _, number in own_cases(session, person.id, today) if number]
    return _asked(vault, asked), Asker(
        opened(vault, person.name_sealed, about_name(person.id)),
        masked(cpr) if cpr else None,
        tuple(numbers),
    )


def opened(vault: Vault, sealed: bytes | None, about: str) -> str | None:
    """What was sealed; None where it cannot be opened, which must not hide all the rest."""
    if sealed is None:
        return None
    try:
        return vault.open(sealed, about)
    except SealError:
        return None


def _asked(vault: Vault, row: RightsRequest) -> Asked:
    return Asked(
        row.id,
        Right(row.kind),
        About(row.about),
        row.case_id,
        row.made_at,
        row.due,
        opened(vault, row.text_sealed, about_text(row.id)),
        row.answered_at,
        Verdict(row.verdict) if row.verdict else None,
        opened(vault, row.answer_sealed, about_answer(row.id)),
    )
