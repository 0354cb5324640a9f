"""What invented citizens answered: ratings, and words that are put together by chance.

The chance is that of a seed, so that the same is told of a quarter on every day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from portal.cli.demo.people import toml
from portal.feedback.words import ReleasedRatings, ReleasedText
from portal.questionnaire.words import Dimension, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from random import Random

    from portal.questionnaire.words import Question, Questionnaire

STRANGE = "new"  # what no theme is about
GOOD, BETTER = "went_well", "could_be_better"
UPPER = 2  # the steps of a scale that count as content
STEEP = 0.7  # of those who are content, or are not: on the step that is nearer to the middle
TICKED = 0.22  # the share that ticks an option


class Said(NamedTuple):
    """A text, and what it is about."""

    told: ReleasedText
    theme: str
    polarity: str


class Profile:
    """How content the people of a coarse area were in a quarter."""

    def __init__(self, group: str, place: float) -> None:
        """`place` is 0 in the oldest of the quarters, and 1 in the newest."""
        known: dict[str, Any] = {**toml("quality.toml")}
        self.outcomes: dict[str, float] = known["outcomes"]
        self.views: dict[str, float] = known["views"]
        self.left_out: float = known["left_out"]
        self._content: dict[str, float] = known["content"]
        self._asked: dict[str, float] = known["questions"]
        self._group: float = known["groups"][group]
        self._moved: dict[str, float] = {
            one["question"]: one["by"] * place for one in known["moved"] if one["group"] == group
        }

    def content(self, question: str, outcome: str) -> float:
        """The share in the upper half of the scale."""
        share = self._content.get(outcome, self._content["same"]) + self._group
        share += self._asked[question] + self._moved.get(question, 0)
        return min(max(share, 0.04), 0.94)


def ratings(
    asked: Questionnaire, cohort: str, profile: Profile, count: int, random: Random
) -> Iterator[ReleasedRatings]:
    """So many answers of one coarse area."""
    for _ in range(count):
        outcome = drawn(profile.outcomes, random)
        given = {
            one.code: _step(one, profile.content(one.code, outcome), random)
            for one in asked.questions(Kind.RATING)
            if one.dimension is not Dimension.OUTCOME and random.random() > profile.left_out
        }
        if outcome:
            given["outcome"] = outcome
        ticked = {
            one.code: tuple(o for o in one.options if random.random() < TICKED)
            for one in asked.questions(Kind.CHOICES)
        }
        yield ReleasedRatings(
            key=key(random),
            cohort=cohort,
            version=asked.version,
            lang=drawn(profile.views, random),
            ratings=given,
            choices={code: options for code, options in ticked.items() if options},
        )


def _step(question: Question, content: float, random: Random) -> str:
    upper, lower = question.answers[:UPPER], question.answers[UPPER:]
    if random.random() < content:
        return upper[random.random() < STEEP]
    return lower[0] if random.random() < STEEP else random.choice(lower)


def texts(version: str, cohort: str, count: int, random: Random) -> Iterator[Said]:
    """So many texts of one coarse area."""
    known: dict[str, Any] = {**toml("comments.toml")}
    beginnings, ends = known["beginnings"], known["ends"]
    cells = [
        (theme, polarity, told)
        for theme, of_theme in known.items()
        if isinstance(of_theme, dict)
        for polarity, told in of_theme.items()
    ]
    weights = [told["weight"] for _, _, told in cells]
    for theme, polarity, told in random.choices(cells, weights, k=count):
        lang, words = _words(told, random)
        if lang == "da":
            words = f"{random.choice(beginnings)}{words}{random.choice(ends)}"
        question = f"{GOOD if polarity == 'praise' else BETTER}_text"
        view = "en" if lang == "en" else "da"  # in which the questions were read
        made = ReleasedText(key(random), cohort, version, view, question, words)
        yield Said(made, theme, polarity)


def _words(told: Mapping[str, list[str]], random: Random) -> tuple[str, str]:
    """Words, and in which language: mostly Danish."""
    lang = drawn({"da": 0.86, "en": 0.09, "other": 0.05}, random)
    lang = lang if told.get(lang) else "da"
    return lang, random.choice(told[lang])


def drawn(shares: Mapping[str, float], random: Random) -> str:
    """One of these by its share; nothing for what is left of a whole."""
    at = random.random()
    for name, share in shares.items():
        at -= share
        if at < 0:
            return name
    return ""


def key(random: Random) -> str:
    """A key as a released answer has it."""
    return f"{random.getrandbits(128):032x}"


def seed(place: int, group: str) -> str:
    """What the chance of a coarse area hangs on, in the quarter at this place: not on its name."""
    return f"{place}-{group}"
