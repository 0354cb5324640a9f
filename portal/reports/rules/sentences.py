"""One sentence for each chart, saying what it shows. Each is whole in the catalog, with places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.figures.words import Outcome
from portal.reports.rules.saying import measure, number, per_cent, short_quarter, those

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portal.figures.words import Turnout
    from portal.reports.words.pages import Voice
    from portal.reports.words.reports import Beside, Block, Row, Seen, Share

    Told = tuple[Row, Outcome, Share]


def apart(one: Share, other: Share) -> bool:
    """Whether two shares differ by more than both intervals allow."""
    return one.low > other.high or other.low > one.high


def of_block(block: Block, voice: Voice) -> str:
    """The question on which those whose case ended better and the same are furthest apart."""
    pairs = [
        (row, better, same)
        for row in block.rows
        for better, same in [(row.of(Outcome.BETTER), row.of(Outcome.SAME))]
        if better is not None and same is not None
    ]
    if not pairs:
        return _highest(block, voice, "figures.says.one")
    row, better, same = max(pairs, key=lambda told: abs(told[1].share - told[2].share))
    key = "figures.says.gap" if apart(better, same) else "figures.says.gap.chance"
    return voice.say(key) % {
        "question": measure(row.measure, voice),
        "better": per_cent(better.share),
        "same": per_cent(same.share),
    }


def of_list(block: Block, voice: Voice) -> str:
    """What is chosen most, and by whom."""
    return _highest(block, voice, "figures.says.list")


def _highest(block: Block, voice: Voice, key: str) -> str:
    told = [(row, one, found) for row in block.rows for one, found in row.shares if found]
    if not told:
        return voice.say("figures.says.nothing")
    row, one, found = max(told, key=lambda each: each[2].share)
    return voice.say(key) % {
        "question": measure(row.measure, voice),
        "share": per_cent(found.share),
        "those": those(one, voice),
    }


def of_time(seen: Seen, voice: Voice) -> str:
    """What has moved most since a quarter that is shown; no word of a cause."""
    moves = [
        (past, (first, before), (last, after))
        for past in seen.past
        for shown in [[(step, one) for step, one in enumerate(past.shares) if one is not None]]
        if len(shown) > 1
        for (first, before), (last, after) in [(shown[0], shown[-1])]
    ]
    if not moves:
        return voice.say("figures.says.nothing")
    past, (first, before), (last, after) = max(
        moves, key=lambda told: abs(told[2][1].share - told[1][1].share)
    )
    key = "figures.says.time" if apart(before, after) else "figures.says.time.chance"
    return voice.say(key) % {
        "question": measure(past.measure, voice),
        "those": those(past.outcome, voice),
        "before": per_cent(before.share),
        "after": per_cent(after.share),
        "since": short_quarter(seen.earlier[first], voice),
        "until": short_quarter(seen.earlier[last], voice),
    }


def of_beside(found: Iterable[Beside], voice: Voice) -> str:
    """Where the measurement within and those whose case ended the same are furthest apart."""
    pairs = [
        (one, row, same)
        for one in found
        for row in one.rows
        for same in [row.of(Outcome.SAME)]
        if same is not None
    ]
    if not pairs:
        return voice.say("figures.says.nothing")
    one, row, same = max(pairs, key=lambda told: abs(told[0].within.share - told[2].share))
    return voice.say("figures.says.beside") % {
        "question": measure(row.measure, voice),
        "year": one.year,
        "within": per_cent(one.within.share),
        "same": per_cent(same.share),
    }


def of_turnout(turnout: Turnout, voice: Voice) -> str:
    """How many of those who were invited have answered."""
    if turnout.answered is None or not turnout.invited:
        return voice.say("figures.says.turnout.hidden")
    return voice.say("figures.says.turnout") % {
        "answered": number(turnout.answered, voice),
        "invited": number(turnout.invited, voice),
        "share": per_cent(turnout.answered / turnout.invited),
    }
