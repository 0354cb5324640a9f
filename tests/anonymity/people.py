"""The invented people of the linkage attack: when they look, when they answer, and what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from forms.answers import PREFIX
from portal.participation.words import Group
from portal.questionnaire.queries import questionnaires
from portal.questionnaire.words import Kind

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

START = datetime(2026, 11, 2, tzinfo=UTC)  # a Monday, when the first questionnaire is valid
WEEKS = 7
DECIDED = date(2026, 9, 15)
# An area of each group, and how many of 100 people have their case there.
AREAS = {
    Group.EMPLOYMENT: ("SICKNESS_BENEFIT", 50),
    Group.DISABILITY: ("AIDS", 25),
    Group.CHILDREN: ("PLACEMENT", 17),
    Group.OTHER: ("UNHEARD_OF", 8),
}
SOON = timedelta(minutes=20)  # on average, between looking and answering
LATER = timedelta(days=2)  # at most, for one in ten
WORDS = (
    "sagen", "brevet", "svaret", "tiden", "hjælpen", "reglerne", "ordene", "begrundelsen",
    "telefonen", "mødet", "lægen", "pengene", "skolen", "boligen", "arbejdet", "afgørelsen",
)  # fmt: skip

Fields = dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Citizen:
    """Somebody who answers. No two of them give the same answer."""

    number: int
    area: str
    cohort: str
    looks: datetime
    answers: datetime
    script: bool
    fields: Fields

    @property
    def person(self) -> UUID:
        return UUID(int=self.number + 1)

    @property
    def case(self) -> UUID:
        return UUID(int=(self.number + 1) << 64)

    @property
    def account(self) -> UUID:
        return UUID(int=(self.number + 1) << 96)


class Moment(NamedTuple):
    """Something that happens in the world, in the order of time."""

    at: datetime
    what: str  # looks, answers, release, dump
    citizen: Citizen | None = None


def people(count: int, dice: random.Random) -> list[Citizen]:
    """So many. Everybody who looks answers, nearly all at once: kinder to a guesser than life."""
    texts = list(permutations(WORDS, 4))
    chosen = iter(dice.sample(texts, 2 * count))
    found = []
    for number in range(count):
        group = dice.choices(list(AREAS), [share for _, share in AREAS.values()])[0]
        looks = START + dice.random() * timedelta(weeks=WEEKS)
        waits = dice.random() * LATER if dice.random() < 0.1 else dice.expovariate(1) * SOON
        fields = _fields(dice, " og ".join(next(chosen)), " og ".join(next(chosen)))
        found.append(
            Citizen(number, AREAS[group][0], f"2026-3-{group}", looks, looks + waits,
                    dice.random() < 0.75, fields)
        )  # fmt: skip
    return found


def _fields(dice: random.Random, *texts: str) -> Fields:
    """An answer as the door's form has it: every rating, some of the lists, two texts."""
    asked = questionnaires()[-1]
    fields: Fields = {"version": asked.version}
    own = iter(texts)
    for question in asked.questions():
        name = PREFIX + question.code
        if question.kind is Kind.RATING:
            fields[name] = dice.choice(question.answers)
        elif question.kind is Kind.CHOICES:
            fields[name] = [option for option in question.answers if dice.random() < 0.5]
        else:
            fields[name] = next(own)
    return fields


def moments(citizens: list[Citizen]) -> Iterator[Moment]:
    """All that happens: people in their time, dumps in mid-week and after each weekly release."""
    happens = [Moment(one.looks, "looks", one) for one in citizens]
    happens += [Moment(one.answers, "answers", one) for one in citizens]
    for week in range(WEEKS + 1):
        end = START + timedelta(weeks=week + 1)
        happens += [
            Moment(end - timedelta(days=3, hours=12), "dump"),
            Moment(end, "release"),
            Moment(end + timedelta(seconds=1), "dump"),
        ]
    yield from sorted(happens, key=lambda moment: moment.at)
