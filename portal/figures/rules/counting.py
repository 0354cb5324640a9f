"""Counting answers by leaf: a cohort, an outcome and a language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from portal.figures.words import Language, Outcome
from portal.questionnaire.words import Dimension, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from portal.figures.words import Asked
    from portal.questionnaire.words import Questionnaire

OUTCOMES = {outcome.value: place for place, outcome in enumerate(Outcome)}
LANGUAGES = len(Language)
LEAVES = len(OUTCOMES) * LANGUAGES  # of one group
REPLACED = re.compile(r"_\d+$")  # the key of a cohort was lost, and another made


class Answer(NamedTuple):
    """What figures count of one answer."""

    cohort: str
    lang: str
    ratings: Mapping[str, str]
    choices: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Measures:
    """What is asked: the ratings with the upper half of each scale, and the options of lists."""

    ratings: Mapping[str, frozenset[str]]
    outcome: str  # the question that tells the outcome
    options: tuple[tuple[str, str], ...]

    @property
    def width(self) -> int:
        """Columns: all answers, two of each rating, one of each option."""
        return 1 + 2 * len(self.ratings) + len(self.options)


def measures_of(questionnaires: Iterable[Questionnaire]) -> Measures:
    """All that any version asks. A scale is halved: its middle step, if any, is in the lower."""
    ratings: dict[str, frozenset[str]] = {}
    options: dict[tuple[str, str], None] = {}
    outcome = "outcome"
    for one in questionnaires:
        for question in one.questions(Kind.RATING):
            if question.dimension is Dimension.OUTCOME:
                outcome = question.code
                continue
            upper = frozenset(question.answers[: len(question.answers) // 2])
            ratings[question.code] = upper | ratings.get(question.code, frozenset())
        for question in one.questions(Kind.CHOICES):
            options |= {(question.code, option): None for option in question.options}
    return Measures(ratings, outcome, tuple(options))


@dataclass(frozen=True, slots=True)
class Group:
    """Cohorts that hold the same coarse areas, counted as one."""

    code: str
    groups: tuple[str, ...]
    cohorts: tuple[str, ...]
    invited: int | None


def groups_of(asked: Iterable[Asked]) -> tuple[Group, ...]:
    """The groups of a quarter, by code. A cohort is named by year, quarter and group."""
    same: dict[tuple[str, ...], list[Asked]] = {}
    for one in asked:
        same.setdefault(tuple(sorted(one.groups)), []).append(one)
    made: list[Group] = []
    for groups, cohorts in same.items():
        code = min(REPLACED.sub("", one.name.split("-", 2)[-1]) for one in cohorts)
        if code in {one.code for one in made}:  # its groups were other ones when its key was lost
            code = f"{code}-{len(made) + 1}"
        invited = [one.invited for one in cohorts if one.invited is not None]
        total = sum(invited) if len(invited) == len(cohorts) else None
        made.append(Group(code, groups, tuple(one.name for one in cohorts), total))
    return tuple(sorted(made, key=lambda one: one.code))


def counted(
    answers: Iterable[Answer], groups: Sequence[Group], measures: Measures
) -> NDArray[np.int_]:
    """How many answers each leaf has, by column."""
    begin = {name: place * LEAVES for place, one in enumerate(groups) for name in one.cohorts}
    rows = [[0] * measures.width for _ in range(len(groups) * LEAVES)]
    lower = {question: 1 + 2 * place for place, question in enumerate(measures.ratings)}
    first = 1 + 2 * len(lower)
    ticks = {option: first + place for place, option in enumerate(measures.options)}
    for cohort, lang, ratings, choices in answers:
        outcome = OUTCOMES.get(ratings.get(measures.outcome, ""), OUTCOMES[Outcome.UNKNOWN])
        row = rows[begin[cohort] + outcome * LANGUAGES + (not lang.startswith("da"))]
        row[0] += 1
        for question, option in ratings.items():
            if (place := lower.get(question)) is not None:
                row[place + (option not in measures.ratings[question])] += 1
        for question, chosen in choices.items():
            for option in chosen:
                if (place := ticks.get((question, option))) is not None:
                    row[place] += 1
    return np.array(rows, dtype=int).reshape(-1, measures.width)
