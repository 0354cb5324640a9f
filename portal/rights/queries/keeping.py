"""Reads of how long data are kept, and of what has been kept long enough."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Select, String, cast, or_, select

from portal.cases.models import Case, CaseEvent, CaseParty
from portal.cases.rules import VERSION
from portal.identity.models import Account, Person, StaffAccount
from portal.panels.models import Volunteer
from portal.participation.models import ParticipationToken
from portal.rights.models import RightsRequest
from portal.rights.rules import begin_of
from portal.rights.words import Kept, Period

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

NAMING = ("party-added", "party-ended", "request-made", "corrected")
NAMED_IN = ("person", "acts_for")


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(files("portal.rights").joinpath("retention.toml").read_text("utf-8"))


@cache
def kinds() -> tuple[Kept, ...]:
    """Each kind of data, in the order in which the run goes through them."""
    return tuple(
        Kept(
            one["kind"],
            tuple(one["tables"]),
            one["what"],
            Period(one.get("days", 0), one.get("months", 0))
            if {"days", "months"} & one.keys()
            else None,
            one["since"],
            one["law"],
            one["by"],
            one["confirmed"],
        )
        for one in _told()["kinds"]
    )


def without() -> dict[str, str]:
    """The tables of which nothing is deleted by age, and why."""
    told: dict[str, str] = _told()["without"]
    return told


def closed_before(session: Session, day: date, limit: int) -> list[UUID]:
    """Some cases that were closed before this day, with no event since; nobody else's for now.

    A case that was folded by older rules waits: it may be open by the rules of today.
    """
    closed = Case.state["closed"].as_string()
    later = select(CaseEvent.id).where(CaseEvent.case_id == Case.id, CaseEvent.at >= begin_of(day))
    found = (
        select(Case.id)
        .where(Case.version == VERSION, closed < day.isoformat(), ~later.exists())
        .order_by(Case.id)
        .limit(limit)
        .with_for_update()
    )
    return list(session.scalars(found))


def accounts_unused(before: date) -> Select[UUID]:
    """Accounts of people without a part in any case, not used since before this day."""
    part = select(CaseParty.id).where(CaseParty.person_id == Account.person_id)
    return select(Account.id).where(Account.last_sign_in_at < begin_of(before), ~part.exists())


def staff_unused(before: date) -> Select[UUID]:
    """Staff accounts not used since before this day that still hold a name or roles."""
    held = or_(StaffAccount.name_sealed.is_not(None), cast(StaffAccount.roles, String) != "[]")
    return select(StaffAccount.id).where(StaffAccount.last_sign_in_at < begin_of(before), held)


def unneeded(session: Session, before: date) -> list[UUID]:
    """The persons, known since before this day, whom nothing here leads to any more."""
    known = Person.created_at < begin_of(before)
    found = set(session.scalars(select(Person.id).where(known, *alone())))
    return sorted(found - _named(session)) if found else []


def _named(session: Session) -> set[UUID]:
    """Whom events name. What was corrected may come back, and with it the person in it."""
    data = CaseEvent.data
    named = [data[key].as_string() for name in NAMED_IN for key in (name, ("replaced_by", name))]
    rows = session.execute(select(*named).where(CaseEvent.type.in_(NAMING)))
    return {UUID(key) for row in rows for key in row if key}


def alone() -> tuple[Any, ...]:
    """That no row of another table names a person."""
    links = (
        select(CaseParty.id).where(
            or_(CaseParty.person_id == Person.id, CaseParty.acts_for == Person.id)
        ),
        select(Account.id).where(Account.person_id == Person.id),
        select(Volunteer.person_id).where(Volunteer.person_id == Person.id),
        select(ParticipationToken.person_id).where(ParticipationToken.person_id == Person.id),
        select(RightsRequest.id).where(RightsRequest.person_id == Person.id),
    )
    return tuple(~link.exists() for link in links)
