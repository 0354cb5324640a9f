"""The invented texts and volunteers of the demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.cli.demo.people import toml
from portal.cli.demo.voices import _cohort, raised
from portal.feedback.models import FeedbackText
from portal.feedback.rules import is_key
from portal.panels.models import Volunteer
from portal.questionnaire.queries import questionnaires
from portal.questionnaire.words import Kind
from tests.rooms.feed.conftest import engine, session, vault

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Engine

    from portal.vault import Vault

__all__ = ["engine", "session", "vault"]

NOW = clock.now()


def test_some_texts_wait_and_some_are_released(engine: Engine, vault: Vault) -> None:
    raised(engine, vault, NOW)
    told = toml("texts.toml")
    with Session(engine) as session:
        rows = session.scalars(select(FeedbackText)).all()
        assert {row.key: (row.text, row.state) for row in rows} == {
            key: (one["text"], one["state"]) for key, one in told.items()
        }
        assert len(session.scalars(select(Volunteer)).all()) == len(toml("volunteers.toml"))
    assert all(map(is_key, told))
    asked = {question.code for question in questionnaires()[0].questions(Kind.TEXT)}
    assert {one["question"] for one in told.values()} == asked


@pytest.mark.parametrize(
    ("today", "cohort"),
    [("2026-11-22", "2026-3-all"), ("2026-01-01", "2025-4-all"), ("2026-04-01", "2026-1-all")],
)
def test_the_cohort_is_of_the_quarter_before(today: str, cohort: str) -> None:
    day: date = clock.now().date().fromisoformat(today)
    assert _cohort(day) == cohort
