"""Reads of the organisation, and the file that tells it."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import select

from portal.organisation.models import Department, Office
from portal.organisation.rules import faults, structure_of
from portal.organisation.words import (
    FaultyOrganisation,
    Organisation,
    Structure,
    ToldDepartment,
    ToldOffice,
)

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from portal.organisation.words import Unit

TABLES = {"departments", "offices"}


def organisation(session: Session) -> Organisation:
    """All that is known of it, what was included."""
    departments = session.execute(
        select(Department.code, Department.name).order_by(Department.code)
    )
    offices = session.scalars(select(Office).order_by(Office.code, Office.since))
    return Organisation(
        tuple(ToldDepartment(*row) for row in departments),
        tuple(
            ToldOffice(one.code, one.name, one.department, tuple(one.groups), one.since, one.until)
            for one in offices
        ),
    )


def structure_on(session: Session, day: date) -> Structure:
    """The units of a day, and which office holds which group."""
    return structure_of(organisation(session), day)


def units_on(session: Session, day: date) -> tuple[Unit, ...]:
    """The agency, and the departments and offices of a day."""
    return structure_on(session, day).units


def read(text: str) -> Organisation:
    """What a file tells. Raises FaultyOrganisation."""
    try:
        told: dict[str, Any] = tomllib.loads(text)
        if unknown := told.keys() - TABLES:
            message = f"what is {min(unknown)}?"
            raise FaultyOrganisation(message)
        made = msgspec.convert({name: told.get(name, []) for name in TABLES}, Organisation)
    except (ValueError, msgspec.ValidationError) as error:
        raise FaultyOrganisation(str(error)) from error
    if wrong := list(faults(made)):
        raise FaultyOrganisation("\n".join(wrong))
    return made
