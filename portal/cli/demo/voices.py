"""Invented texts in the queue of those who release, and invented volunteers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from portal import clock
from portal.cli.demo.people import citizens, toml
from portal.cli.demo.stories import day
from portal.feedback.actions import accept, take_in
from portal.feedback.rules import fingerprint
from portal.feedback.words import ReleasedText, TextState
from portal.identity.actions import persons_with_cprs, sign_in_staff
from portal.identity.words import StaffClaims, StaffRole
from portal.panels.actions import volunteer
from portal.panels.queries import purposes
from portal.panels.rules import contact_of, purpose_on
from portal.panels.words import Kind, Offer

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Engine

    from portal.vault import Vault

# Who released what is released already: an account that nobody can sign in with.
EARLIER = StaffClaims("urn:example:earlier", "releaser", None, frozenset({StaffRole.RELEASE}))


def raised(engine: Engine, vault: Vault, now: datetime) -> None:
    """Put the texts and the volunteers into a fresh database."""
    with Session(engine.execution_options(writes=True)) as session:
        _texts(session, vault, now)
        _volunteers(session, vault, now)
        session.commit()


def _texts(session: Session, vault: Vault, now: datetime) -> None:
    told = toml("texts.toml")
    cohort = _cohort(clock.day_of(now))
    take_in(
        session,
        [],
        [
            ReleasedText(key, cohort, "2026-1", one["lang"], one["question"], one["text"])
            for key, one in told.items()
        ],
    )
    account = sign_in_staff(session, vault, EARLIER, now).id
    for key, one in told.items():
        if one["state"] == TextState.RELEASED:
            accept(session, account, key, fingerprint(one["text"]))


def _cohort(today: date) -> str:
    """A cohort of the quarter before this one."""
    year, quarter = divmod(today.year * 4 + (today.month - 1) // 3 - 1, 4)
    return f"{year}-{quarter + 1}-all"


def _volunteers(session: Session, vault: Vault, now: datetime) -> None:
    people, today = citizens(), clock.day_of(now)
    purpose = purpose_on(purposes(), today)
    if purpose is None:
        return
    told = toml("volunteers.toml")
    names = {people[key].cpr: people[key].name for key in told}
    persons = persons_with_cprs(session, vault, dict(names), now)
    for place, (key, one) in enumerate(told.items(), 1):
        offer = Offer(
            tuple(map(Kind, one["kinds"])), *contact_of(one["contact"]), one.get("called")
        )
        agreed = day(today, -place)
        volunteer(session, vault, persons[people[key].cpr], offer, purpose, agreed)
