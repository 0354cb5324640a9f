"""Quarters as they may come: small and large, alike and uneven, with offices and merged areas."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from portal.feedback.models import FeedbackRatings
from portal.figures import actions
from portal.figures.queries import figures_of
from portal.organisation.actions import take_in
from portal.organisation.words import Organisation, ToldDepartment, ToldOffice
from portal.participation.models import ParticipationCohort
from portal.participation.rules import plans_of
from portal.participation.words import Group, Quarter
from portal.questionnaire.words import Dimension, Kind, Page, Question, Questionnaire, Scale

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest
    from sqlalchemy.orm import Session

    from portal.figures.words import QuarterFigures
    from portal.participation.words import Plan

    Random = np.random.Generator

QUARTER = Quarter(2027, 1)
CLOSED_ON = date(2027, 12, 1)
BEGAN = date(2020, 1, 1)
OUTCOMES = ("better", "same", "sent_back", "dismissed", "unknown", "")
UNIFORM = 0.3  # of the quarters, in which the outcome changes nothing
DEGREE = Scale("degree", ("very_high", "high", "some", "low", "not_at_all"), "as in life")
RESULT = Scale("result", OUTCOMES[:5], "as in life")
# Fewer questions than people are asked: what links the tables is the same, and 200 quarters can be
# attacked. `test_all_that_is_asked` takes the questionnaire as it is.
SHORT = Questionnaire(
    "short",
    BEGAN,
    (
        Page(
            "all",
            (
                Question("outcome", Kind.RATING, Dimension.OUTCOME, RESULT),
                Question("heard", Kind.RATING, Dimension.HEARD, DEGREE),
                Question("trust", Kind.RATING, Dimension.TRUST, DEGREE),
                Question("went_well", Kind.CHOICES, Dimension.OPEN, None, ("time", "portal")),
            ),
        ),
    ),
)


def organisation(random: Random) -> Organisation:
    """Up to five offices in up to three departments; some areas are in none."""
    departments = [f"dep{n}" for n in range(random.integers(1, 4))]
    owner = random.integers(-1, random.integers(1, 6), len(Group))
    offices = [
        ToldOffice(
            f"office{n}",
            f"Kontor {n}",
            str(random.choice(departments)),
            tuple(str(group) for group, one in zip(Group, owner, strict=True) if one == n),
            BEGAN,
        )
        for n in sorted({int(one) for one in owner} - {-1})
    ]
    return Organisation(tuple(ToldDepartment(code, code) for code in departments), tuple(offices))


def size(random: Random) -> int:
    """How many answers: a few, a dozen, hundreds, sometimes thousands."""
    return int(10 ** random.uniform(0.6, random.choice([2.0, 3.0, 3.6])))


def answers(
    random: Random, asked: Questionnaire, plans: list[Plan], many: int
) -> Iterator[FeedbackRatings]:
    """Answers as people give them: happy after a good outcome, and some of them all alike."""
    cohorts = random.dirichlet(np.full(len(plans), random.choice([0.3, 1.0, 5.0])), 1)[0]
    outcomes = random.dirichlet([4, 5, 2, 0.7, 0.5, 0.5])
    happy = np.array([0.95, 0.35, 0.5, 0.15, 0.5, 0.5])
    if random.random() < UNIFORM:
        happy = np.full(6, random.choice([0.02, 0.5, 0.97]))
    skipped, other = random.choice([0.0, 0.05, 0.3]), random.choice([0.0, 0.02, 0.15, 0.5])
    ticked = random.uniform(0.02, 0.6, 20)
    for number in range(many):
        outcome = int(random.choice(6, p=outcomes))
        ratings = {"outcome": OUTCOMES[outcome]} if OUTCOMES[outcome] else {}
        for question in asked.questions(Kind.RATING):
            if question.dimension is not Dimension.OUTCOME and random.random() >= skipped:
                half = len(question.answers) // 2
                steps = (
                    question.answers[:half]
                    if random.random() < happy[outcome]
                    else question.answers[half:]
                )
                ratings[question.code] = steps[random.integers(len(steps))]
        choices = {
            question.code: [
                option
                for place, option in enumerate(question.options)
                if random.random() < ticked[place]
            ]
            for question in asked.questions(Kind.CHOICES)
        }
        yield FeedbackRatings(
            key=f"{number:032x}",
            cohort=plans[random.choice(len(plans), p=cohorts)].name,
            version=asked.version,
            lang="en" if random.random() < other else random.choice(["da", "da-simple"]),
            ratings=ratings,
            choices={code: chosen for code, chosen in choices.items() if chosen},
        )


def close(
    session: Session, monkeypatch: pytest.MonkeyPatch, seed: int, asked: Questionnaire = SHORT
) -> QuarterFigures:
    """What is published of a quarter that was made by chance."""
    random = np.random.default_rng(seed)
    many = size(random)
    decided = Counter({str(g): int(many * random.dirichlet([1] * 7)[0] * 4) for g in Group})
    monkeypatch.setattr(actions, "decided_in", lambda *_: decided)
    monkeypatch.setattr(actions, "questionnaires", lambda: (asked,))
    before = {str(group): int(random.choice([5, 30, 60, 200])) for group in Group}
    plans = list(plans_of(QUARTER, before))
    take_in(session, organisation(random), BEGAN)
    rows = list(answers(random, asked, plans, many))
    came = Counter(row.cohort for row in rows)
    session.add_all(
        ParticipationCohort(
            name=plan.name,
            groups=list(plan.groups),
            public=b"",
            private_sealed=None,
            issue_from=plan.issue_from,
            issue_until=plan.issue_until,
            redeem_until=plan.redeem_until,
            invited=came[plan.name] + int(random.integers(0, 2 + came[plan.name])),
        )
        for plan in plans
    )
    session.add_all(rows)
    session.flush()
    actions.close(session, QUARTER, CLOSED_ON)
    return figures_of(session, QUARTER)
