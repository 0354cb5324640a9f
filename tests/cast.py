"""The invented people and their cases, for tests: the same that the demonstration shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cli.demo.people import Citizen, Employee, citizens, employees
from portal.cli.demo.stories import SOURCES, feed, stories
from portal.feed.actions import accept
from portal.feed.words import Result
from portal.identity.actions import persons_with_cprs

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Engine

    from portal.vault import Vault

__all__ = [
    "SOURCES",
    "Citizen",
    "Employee",
    "case_id",
    "citizens",
    "employees",
    "enter",
    "feed",
    "person_ids",
    "stories",
]


def enter(engine: Engine, vault: Vault, now: datetime) -> None:
    """Put the whole cast on the stage: people and cases, told relative to `now`."""
    with Session(engine) as session:
        reports = accept(session, vault, feed(now), now)
        session.commit()
    assert {report.result for report in reports} == {Result.ACCEPTED}


def person_ids(session: Session, vault: Vault, now: datetime) -> dict[str, UUID]:
    """The persons of the cast by their short names."""
    people = citizens()
    ids = persons_with_cprs(session, vault, {one.cpr: one.name for one in people.values()}, now)
    return {key: ids[one.cpr] for key, one in people.items()}


def case_id(session: Session, number: str) -> UUID:
    """The case of this number in cases.toml."""
    return session.scalars(select(Case.id).where(Case.subject == number)).one()
