"""Deleting at once what a person may delete alone. What must stay is said by the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from portal.cases.models import CaseParty
from portal.identity.models import Account, Person
from portal.kept_forms.models import KeptForm
from portal.panels.actions import withdraw
from portal.rights.models import RightsRequest
from portal.rights.queries.keeping import alone
from portal.rights.words import StillNeeded
from portal.sign_ins.actions import end_all
from portal.sign_ins.words import Holder, Kind

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

APART = {"synchronize_session": False}


def leave_panel(session: Session, person: UUID) -> bool:
    """Delete the registration for panels; whether there was one."""
    return withdraw(session, person)


def end_sessions(session: Session, person: UUID, now: datetime, but: str | None) -> list[str]:
    """End all sessions of a person but one; what the store calls them."""
    accounts = session.scalars(select(Account.id).where(Account.person_id == person))
    return [
        key
        for account in accounts.all()
        for key in end_all(session, Holder(Kind.CITIZEN, account), now, but=but)
    ]


def leave(session: Session, person: UUID) -> None:
    """Delete what somebody signs in with, and the person where nothing else is kept.

    Only for whoever has no part in any case, and waits for no answer. Raises StillNeeded.
    """
    part = select(CaseParty.id).where(CaseParty.person_id == person)
    waits = select(RightsRequest.id).where(
        RightsRequest.person_id == person, RightsRequest.answered_at.is_(None)
    )
    gone = session.scalars(
        delete(Account)
        .where(Account.person_id == person, ~part.exists(), ~waits.exists())
        .returning(Account.id),
        execution_options=APART,
    ).all()
    if not gone:
        raise StillNeeded
    named = [f"{Kind.CITIZEN}:{account}" for account in gone]
    session.execute(delete(KeptForm).where(KeptForm.account.in_(named)), execution_options=APART)
    withdraw(session, person)
    session.execute(delete(Person).where(Person.id == person, *alone()), execution_options=APART)
