"""The invented people and their cases, for tests: the same that the demonstration shows.

A few odd cases more, which only a test has a use for, stand beside them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cli.demo.people import Citizen, Employee, citizens, employees
from portal.cli.demo.stories import SOURCES, Story, feed, stories, told_on
from portal.clock import day_of
from portal.feed.actions import accept
from portal.feed.words import Result
from portal.identity.actions import persons_with_cprs

if TYPE_CHECKING:
    from collections.abc import Sequence
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
    "take_in",
    "tell",
]

ODD = (
    # A power of attorney that has not begun, and a part that nobody here knows.
    Story(
        "26-19001",
        "maja",
        "home_care",
        "Silkeborg Kommune",
        (
            "-20 received complained_of=-40",
            "-19 party-added cpr=bjorn role=representative acts_for_cpr=maja since=+10",
            "-19 party-added cpr=rosa role=neighbour",
        ),
    ),
    # Somebody who is two things in one case, and a complainant whose part has ended.
    Story(
        "26-19002",
        "kasper",
        "home_care",
        "Holbæk Kommune",
        (
            "-30 received complained_of=-50",
            "-29 party-added cpr=kasper role=representative acts_for_cpr=rosa",
            "-29 party-added cpr=rosa role=party",
            "-5 party-ended cpr=rosa role=party until=-3",
        ),
    ),
)


def take_in(engine: Engine, vault: Vault, records: Sequence[bytes], now: datetime) -> None:
    """Put records of a feed into the database; each must be accepted."""
    with Session(engine.execution_options(writes=True)) as session:
        reports = accept(session, vault, records, now)
        session.commit()
    assert {report.result for report in reports} == {Result.ACCEPTED}


def tell(
    engine: Engine, vault: Vault, told: Sequence[Story], now: datetime,
    people: dict[str, Citizen] | None = None,
) -> None:  # fmt: skip
    """Put further stories on the stage."""
    known = people or citizens()
    records = [record for story in told for record in told_on(story, day_of(now), known)]
    take_in(engine, vault, records, now)


def enter(engine: Engine, vault: Vault, now: datetime) -> None:
    """Put the whole cast on the stage: people and cases, told relative to `now`."""
    take_in(engine, vault, feed(now), now)


def person_ids(session: Session, vault: Vault, now: datetime) -> dict[str, UUID]:
    """The persons of the cast by their short names."""
    people = citizens()
    ids = persons_with_cprs(session, vault, {one.cpr: one.name for one in people.values()}, now)
    return {key: ids[one.cpr] for key, one in people.items()}


def case_id(session: Session, number: str) -> UUID:
    """The case of this number in cases.toml."""
    return session.scalars(select(Case.id).where(Case.subject == number)).one()
