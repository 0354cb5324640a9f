"""The invented quarters of the demonstration."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.cli.demo.closed import from_file
from portal.cli.demo.opinions import STRANGE, Profile, ratings, texts
from portal.cli.demo.people import toml
from portal.cli.demo.quality import gathered, quarters
from portal.cli.demo.work import organised
from portal.feedback.models import FeedbackRatings, FeedbackText
from portal.feedback.words import TextState
from portal.figures.actions import close
from portal.figures.queries import figures_of
from portal.participation.models import ParticipationCohort
from portal.participation.queries import decided_in
from portal.participation.words import Quarter
from portal.questionnaire.queries import questionnaires
from portal.questionnaire.rules import checked
from tests.rooms.feed.conftest import engine, session, vault

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from portal.vault import Vault

__all__ = ["engine", "session", "vault"]

NOW = clock.now()


def drawing() -> Random:
    return Random(1)  # noqa: S311 - invented answers


@pytest.mark.parametrize(
    ("today", "newest"),
    [
        ("2026-11-22", Quarter(2026, 2)),
        ("2026-11-18", Quarter(2026, 1)),  # its last answers came three weeks ago
        ("2026-11-19", Quarter(2026, 2)),
        ("2026-01-01", Quarter(2025, 2)),
    ],
)
def test_the_quarters_are_those_that_can_be_closed(today: str, newest: Quarter) -> None:
    found = quarters(date.fromisoformat(today))
    assert found == [newest.before.before, newest.before, newest]


def test_what_was_answered_is_what_can_be_answered() -> None:
    asked = questionnaires()[-1]
    told = list(ratings(asked, "c", Profile("employment", 1), 200, drawing()))
    for one in told:
        assert checked(asked, one.lang, one.ratings, one.choices, {}).ratings == one.ratings
    assert {one.lang for one in told} == {"da", "da-simple", "en"}
    assert told == list(ratings(asked, "c", Profile("employment", 1), 200, drawing()))


def test_what_was_written_is_about_something() -> None:
    said = list(texts("2026-1", "c", 300, drawing()))
    found = Counter(one.theme for one in said)
    assert set(found) <= set(toml("comments.toml"))
    assert found[STRANGE]
    assert len({one.told.key for one in said}) == 300
    for one in said:
        good = one.told.question == "went_well_text"
        assert good == (one.polarity == "praise")


def test_every_quarter_has_decisions_answers_and_texts(engine: Engine, vault: Vault) -> None:
    heard = gathered(engine, vault, NOW)
    with Session(engine) as session:
        for each in heard[:-1]:
            decided = decided_in(session, each.quarter).total()
            name = f"{each.quarter.year}-{each.quarter.number}-"
            invited = session.scalar(
                select(func.sum(ParticipationCohort.invited)).where(
                    ParticipationCohort.name.startswith(name)
                )
            )
            answered = session.scalar(
                select(func.count()).where(FeedbackRatings.cohort.startswith(name))
            )
            assert decided > (invited or 0) > (answered or 0) > 300
        states = set(session.scalars(select(FeedbackText.state)))
        count = session.scalar(select(func.count()).select_from(FeedbackText))
    assert states == {TextState.RELEASED}
    assert count == sum(len(each.texts) for each in heard)
    assert clock.day_of(NOW) > heard[-1].quarter.last


@pytest.mark.parametrize("database_url", ["sqlite_url"], indirect=True)
def test_the_closed_figures_are_those_that_closing_gives(engine: Engine, vault: Vault) -> None:
    """The file says what the rule says today: the oldest quarter, closed in earnest."""
    gathered(engine, vault, NOW)
    oldest = quarters(clock.day_of(NOW))[0]
    with Session(engine.execution_options(writes=True)) as opened:
        organised(opened, NOW)
        kept = from_file(opened, oldest)
        close(opened, oldest, clock.day_of(NOW))
        counted = figures_of(opened, oldest)
    assert kept is not None
    assert kept.units == counted.units
    assert kept.turnouts == counted.turnouts
    assert set(kept.figures) == set(counted.figures)
