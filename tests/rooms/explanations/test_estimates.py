"""The estimate as citizens meet it: whole pages with each thing that it can say, easy to read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from portal.cases.words import DateAnnounced
from portal.deadlines.rules import dates_of
from portal.estimates.words import Level, Met, Move, Range, Saying, Told, Withheld
from portal.explanations.words import CODES, Audience
from portal.i18n import VIEWS
from portal.pages.prose import Speaker
from portal.readability.rules import lix
from portal.telling.rules.estimated import estimated, estimated_briefly
from tests.rooms.cases.stories import ASSIGNED, RECEIVED, case
from tests.rooms.explanations.pages import paragraphs
from tests.rooms.explanations.test_readability import HIGHEST, READERS, TEXTS
from tests.rooms.telling.readers import LIMITS, TODAY, passages

if TYPE_CHECKING:
    from portal.cases.words import State
    from portal.telling.words import Expected

WEEKS = timedelta(weeks=1)
QUEUED, BUSY = case(RECEIVED), case(RECEIVED, ASSIGNED)
ANNOUNCED = case(RECEIVED, DateAnnounced(on=date(2026, 5, 12), reason="first"))
SPELL = date(2026, 1, 5)
MET = Met(10, 320, 131)


def saying(weeks: int = 6, reason: Withheld | None = None, **other: object) -> Saying:
    """A range that ends so many weeks from today, or the reason for none."""
    last = TODAY + weeks * WEEKS
    told = None if reason else Range(last - 5 * WEEKS, last - 2 * WEEKS, last)
    plain = Saying(
        version=1, night=TODAY - timedelta(1), spell=SPELL, stage="queued", area="car",
        unit="Rugballe Kommune", age=20, range=told, reason=reason, move=Move.FIRST,
        level=Level.UNIT, closings=212, never=0.0, late_since=None,
    )  # fmt: skip
    return replace(plain, **other)  # type: ignore[arg-type]  # any of its fields


def moved(move: Move, late_since: date | None = None) -> Told:
    return Told((saying(4), saying(8, version=2, move=move, late_since=late_since)), MET)


WITHHELD = [Withheld.TOO_FEW, Withheld.RARELY_CLOSES, Withheld.DORMANT, Withheld.PACE,
            Withheld.COVERAGE]  # fmt: skip
MOVES = [Move.STAGE, Move.PASSED, Move.WAITED, Move.FASTER, Move.SLOWER, Move.RETURNED,
         Move.REOPENED]  # fmt: skip
SITUATIONS: dict[str, tuple[State, Told | None]] = {
    "not yet": (QUEUED, None),
    "a range": (BUSY, Told((saying(),), MET)),
    "announced": (ANNOUNCED, Told((saying(),), MET)),
    "late": (BUSY, moved(Move.PASSED, late_since=TODAY - 2 * WEEKS)),
    "late, not counted": (QUEUED, Told((saying(-1),), MET)),
    **{f"by {level.name}": (QUEUED, Told((saying(level=level),), None)) for level in Level},
    **{f"moved: {move}": (BUSY, moved(move)) for move in MOVES},
    **{str(reason): (QUEUED, Told((saying(reason=reason),), MET)) for reason in WITHHELD},
    **{
        f"stopped: {reason}": (
            BUSY,
            Told((saying(), saying(reason=reason, version=2), saying(9, move=Move.RETURNED)), None),
        )
        for reason in (*WITHHELD, Withheld.SUSPENDED, Withheld.URGENT)
    },
}


def expected(situation: str) -> Expected:
    state, told = SITUATIONS[situation]
    found = estimated(state, dates_of(state, LIMITS, TODAY), told, TODAY)
    assert found is not None
    return found


@pytest.mark.parametrize("audience", READERS)
@pytest.mark.parametrize("view", HIGHEST)
def test_every_page_with_an_estimate_is_easy_to_read(view: str, audience: str) -> None:
    hard = {}
    for situation, (state, _) in SITUATIONS.items():
        say = Speaker(TEXTS, VIEWS[view], Audience(audience), "Luk")
        told = [say.plain(passage) for passage in passages(expected(situation))]
        text = "\n\n".join([*paragraphs(state, TODAY, READERS[audience], say), *told])
        if lix(text) > HIGHEST[view]:
            hard[situation] = round(lix(text), 1)
    assert not hard


@pytest.mark.parametrize("situation", SITUATIONS)
def test_everything_said_has_a_text_and_exactly_its_values(situation: str) -> None:
    state, told = SITUATIONS[situation]
    short = estimated_briefly(state, told, TODAY)
    said = [*passages(expected(situation)), *([short] if short else [])]
    for passage in said:
        assert passage.values.keys() == CODES[passage.code], passage.code
        assert None not in passage.values.values(), passage


def test_every_text_about_the_estimate_is_said_somewhere() -> None:
    said = {passage.code for name in SITUATIONS for passage in passages(expected(name))}
    unsaid = {code for code in CODES if code.startswith("estimate.")} - said
    assert unsaid == {"estimate.week"}  # where first and last day are in one week
