"""Volunteering, and ceasing to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from portal.panels.models import Volunteer
from portal.panels.rules import about_called, about_contact, last_day

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from portal.panels.words import Offer, Purpose
    from portal.vault import Vault


def volunteer(  # noqa: PLR0913, PLR0917 - who, what for, and under which terms
    session: Session, vault: Vault, person_id: UUID, offer: Offer, purpose: Purpose, today: date
) -> None:
    """Register somebody, anew and for the whole time where they were registered before."""
    called = offer.called
    row = {
        "kinds": sorted(offer.kinds),
        "reach": offer.reach,
        "contact_sealed": vault.seal(offer.contact, about_contact(person_id)),
        "called_sealed": vault.seal(called, about_called(person_id)) if called else None,
        "consent_version": purpose.version,
        "agreed_on": today,
        "last_day": last_day(today, purpose.months),
    }
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    fresh = dialect.insert(Volunteer).values(person_id=person_id, **row)
    session.execute(fresh.on_conflict_do_update(index_elements=["person_id"], set_=row))


def withdraw(session: Session, person_id: UUID) -> bool:
    """Delete somebody's registration; whether there was one."""
    gone = delete(Volunteer).where(Volunteer.person_id == person_id).returning(Volunteer.person_id)
    return session.scalar(gone) is not None


def expire(session: Session, today: date) -> int:
    """Delete the registrations whose last day has passed; how many."""
    gone = delete(Volunteer).where(Volunteer.last_day < today).returning(Volunteer.person_id)
    return len(session.scalars(gone).all())
