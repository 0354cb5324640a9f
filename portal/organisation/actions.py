"""Taking in what a file tells of the organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.organisation.models import Department, Office
from portal.organisation.queries import organisation
from portal.organisation.rules import faults, joined, lost
from portal.organisation.words import FaultyOrganisation

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from portal.organisation.words import Organisation


def take_in(session: Session, told: Organisation, today: date) -> None:
    """Keep what is told. What has closed stays as it was. Raises FaultyOrganisation."""
    kept = organisation(session)
    wrong = list(faults(told)) + list(lost(told, kept.offices, today))
    # What is right by itself may still overlap what was.
    if wrong := wrong or list(faults(joined(told, kept))):
        raise FaultyOrganisation("\n".join(wrong))
    for department in told.departments:
        session.merge(Department(code=department.code, name=department.name))
    session.flush()
    for one in told.offices:
        row = Office(code=one.code, since=one.since, until=one.until, name=one.name,
                     department=one.department, groups=list(one.groups))  # fmt: skip
        session.merge(row)
    session.flush()
