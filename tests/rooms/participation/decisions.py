"""Decided cases in numbers, and keys that do not take long to make."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cases.rules import VERSION
from portal.cases.rules.stored import packed
from portal.cases.words import Decision, State
from portal.participation.actions import prepare_cohorts
from portal.participation.queries import wanted_cohorts
from portal.participation.words import Decided
from tests.rooms.blind.keys import key
from tests.rooms.cases.stories import noon

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from portal.vault import Vault

TODAY = date(2026, 11, 22)
LAST_QUARTER = date(2026, 8, 15)
SOURCE = "urn:example:past"


def decide(engine: Engine, area: str | None, count: int, on: date = LAST_QUARTER) -> list[UUID]:
    """So many cases of this area, decided that day."""
    decision = Decision(on, "upheld", None, (), None, None)
    stored = packed(State(area=area, decision=decision))
    ids = [uuid4() for _ in range(count)]
    with Session(engine) as session:
        session.add_all(
            Case(
                id=case,
                source=SOURCE,
                subject=str(case),
                state=stored,
                version=VERSION,
                changed_at=noon(on),
            )
            for case in ids
        )
        session.commit()
    return ids


def prepared(engine: Engine, vault: Vault, today: date = TODAY) -> list[str]:
    """Give each cohort that is wanted a short key of its own; their names."""
    with Session(engine) as session:
        plans = wanted_cohorts(session, today)
        keys = {plan: key(number) for number, plan in enumerate(plans)}
        made = prepare_cohorts(session, vault, keys)
        session.commit()
    return made


def decided(case: UUID, person: UUID, **changed: object) -> Decided:
    """The first decision of a case, made today."""
    told = {"case": case, "person": person, "number": 1, "on": TODAY, "area": "aids", **changed}
    return Decided(**told)  # type: ignore[arg-type]  # as given
