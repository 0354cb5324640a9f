"""The sections of a page about figures: for each a sentence, a chart, and its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.figures.words import Outcome
from portal.reports.rules import sentences
from portal.reports.rules.charting import BESIDE, TIME, charts_of
from portal.reports.rules.saying import measure, number, outcome, share, short_quarter
from portal.reports.words.pages import Bullets, Facts, Picture, Prose, Section, Table

if TYPE_CHECKING:
    from portal.figures.words import Turnout
    from portal.reports.words.charts import Chart
    from portal.reports.words.pages import Part, Voice
    from portal.reports.words.reports import Block, Row, Seen

TURNOUT = ("decided", "invited", "answered")


def sections_of(seen: Seen, voice: Voice) -> tuple[Section, ...]:
    """All that a unit's figures tell, in the order in which it is read."""
    charts = charts_of(seen, voice)
    return (
        _turnout(seen, voice),
        *(_block(block, charts, voice) for block in seen.blocks),
        *(_list(block, charts, voice) for block in seen.lists),
        _over_time(seen, charts, voice),
        _beside(seen, charts, voice),
    )


def method(seen: Seen | None, voice: Voice) -> tuple[str, ...]:
    """How the figures are made, and how many are hidden."""
    keys = ("who", "share", "interval", "outcome", "hidden", "fixed")
    told = tuple(voice.say("figures.method." + key) for key in keys)
    if seen is None:
        return told
    if not seen.hidden:
        return (*told, voice.say("figures.method.none_hidden"))
    count = voice.say("figures.method.count") % {"count": number(seen.hidden, voice)}
    return (*told, count)


def method_section(seen: Seen | None, voice: Voice, more: tuple[str, ...] = ()) -> Section:
    """The notes at the end of a page."""
    items = Bullets((*method(seen, voice), *more))
    return Section("metode", voice.say("figures.method.title"), (items,))


def _shown(code: str, says: str, chart: Chart, table: Table, voice: Voice) -> Section:
    """A sentence, a chart and its table."""
    alt = voice.say("figures.alt") % {"title": table.caption, "says": says}
    return Section(code, table.caption, (Prose(says), Picture(chart, alt), table))


def _table(title: str, rows: tuple[Row, ...], first: str, voice: Voice) -> Table:
    heads = (first, *(outcome(one, voice) for one in Outcome))
    return Table(
        title,
        heads,
        tuple(
            (measure(row.measure, voice), *(share(one, voice) for _, one in row.shares))
            for row in rows
        ),
    )


def _block(block: Block, charts: dict[str, Chart], voice: Voice) -> Section:
    title = voice.asked.pages.get(block.code, block.code)
    table = _table(title, block.rows, voice.say("figures.question"), voice)
    return _shown(block.code, sentences.of_block(block, voice), charts[block.code], table, voice)


def _list(block: Block, charts: dict[str, Chart], voice: Voice) -> Section:
    table = _table(measure(block.code, voice), block.rows, voice.say("figures.option"), voice)
    return _shown(block.code, sentences.of_list(block, voice), charts[block.code], table, voice)


def _turnout(seen: Seen, voice: Voice) -> Section:
    title = voice.say("figures.turnout.title")
    facts = Facts(tuple(zip(_names(voice), _cells(seen.turnout, voice), strict=True)))
    parts: tuple[Part, ...] = (Prose(sentences.of_turnout(seen.turnout, voice)), facts)
    if len(seen.earlier) > 1:
        rows = tuple(
            (short_quarter(one, voice), *_cells(found, voice))
            for one, found in zip(seen.earlier, seen.turnouts, strict=True)
        )
        caption = voice.say("figures.turnout.caption")
        heads = (voice.say("figures.quarter.head"), *_names(voice))
        parts = (*parts, Table(caption, heads, rows))
    return Section("deltagelse", title, parts)


def _names(voice: Voice) -> tuple[str, ...]:
    return tuple(voice.say("figures." + name) for name in TURNOUT)


def _cells(turnout: Turnout | None, voice: Voice) -> tuple[str, ...]:
    if turnout is None:
        return tuple(voice.say("figures.no_quarter") for _ in TURNOUT)
    return tuple(number(one, voice) for one in (turnout.decided, turnout.invited, turnout.answered))


def _over_time(seen: Seen, charts: dict[str, Chart], voice: Voice) -> Section:
    title = voice.say("figures.time.title")
    if TIME not in charts:
        return Section(TIME, title, (Prose(voice.say("figures.time.first")),))
    heads = (voice.say("figures.question"), voice.say("figures.outcome.head"),
             *(short_quarter(one, voice) for one in seen.earlier))  # fmt: skip
    rows = tuple(
        (measure(past.measure, voice), outcome(past.outcome, voice),
         *(share(one, voice) for one in past.shares))
        for past in seen.past
    )  # fmt: skip
    table = Table(title, heads, rows)
    return _shown(TIME, sentences.of_time(seen, voice), charts[TIME], table, voice)


def _beside(seen: Seen, charts: dict[str, Chart], voice: Voice) -> Section:
    title = voice.say("figures.beside.title")
    if BESIDE not in charts:
        return Section(BESIDE, title, (Prose(voice.say("figures.beside.none")),))
    heads = (voice.say("figures.question"), voice.say("figures.within"),
             *(outcome(one, voice) for one in Outcome))  # fmt: skip
    rows = tuple(
        (measure(row.measure, voice), share(one.within, voice),
         *(share(found, voice) for _, found in row.shares))
        for one in seen.beside
        for row in one.rows
    )  # fmt: skip
    table = Table(title, heads, rows)
    says = sentences.of_beside(seen.beside, voice)
    return _shown(BESIDE, says, charts[BESIDE], table, voice)
