"""What is held about a person in words: one value, from which the page and the PDF are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from portal import i18n
from portal.reports.words.pages import Bullets, Pairs, Paper, Prose, Section, Table, Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from portal.i18n import View
    from portal.reports.words.pages import Cell, Part
    from portal.rights.words import Happened, Held, HeldCase, Kept, Period, Rows, Value

NOTHING = "–"
# What an authority has written, which is Danish in every view.
DANISH = {"answer_sealed", "authority", "office", "passed_to", "title"}
# Codes that have their words where they are chosen.
ELSEWHERE = {"kinds": "panels.kind"}
# Keys that only a machine has a use for: they stand in the file, and the page says so.
TECHNICAL = {
    *("subject", "provider_session", "transaction", "level", "blinded", "cohort", "page"),
    *("closings", "never", "spell", "unit", "age", "area", "superseded_on", "settled_on"),
}
# What is not here, and cannot be: a sentence each.
ABSENT = (*("answers", "texts", "statistics", "letters", "contact", "reading", "cpr", "technical"),)


@dataclass(frozen=True, slots=True)
class Speech:
    """How a view says things. `name` gives a code of a case its words, if there are any."""

    view: View
    say: Callable[[str], str]
    counted: Callable[[str, int], str]  # where so many are told of
    name: Callable[[str, str], str | None]


def paper_of(held: Held, kept: tuple[Kept, ...], speech: Speech, most: int | None = None) -> Paper:
    """All of it. `most`: how many rows of a long table a page shows; a file shows all."""
    say = speech.say
    made = say("rights.data.made") % {"at": i18n.moment(held.at, speech.view)}
    which = "" if speech.view == i18n.DEFAULT else f" {say('shell.authoritative')}"
    return Paper(
        speech.view.lang,
        say("rights.data.title"),
        f"{say('rights.data.lead')} {made}{which}",
        (
            _person(held, speech),
            *(_rows(rows, speech, most) for rows in held.rows),
            _cases(held, speech, most),
            _absent(speech),
            _keeping(kept, speech),
        ),
        say("rights.data.by"),
    )


def _person(held: Held, speech: Speech) -> Section:
    facts = (("name", held.name), ("cpr", held.cpr), ("created_at", held.since))
    return Section("person", speech.say("rights.table.persons"), (_facts(facts, speech),))


def _facts(facts: tuple[tuple[str, Value], ...], speech: Speech) -> Table:
    say = speech.say
    return Table(
        say("rights.facts"),
        (say("rights.fact"), say("rights.value")),
        tuple((column(name, speech), said(name, value, speech)) for name, value in facts),
    )


def _rows(rows: Rows, speech: Speech, most: int | None, code: str = "") -> Section:
    """A table, or the sentence that there is nothing."""
    key = f"rights.table.{rows.table}"
    title = speech.say(f"{key}.acting" if rows.table == "case_parties" and not code else key)
    parts: tuple[Part, ...] = (Prose(speech.say("rights.none")),)
    if rows.rows:
        parts = tuple(_table(rows, title, speech, most))
    return Section(f"{code}{rows.table}", title, parts)


def _table(rows: Rows, title: str, speech: Speech, most: int | None) -> Iterator[Part]:
    shown = [place for place, name in enumerate(rows.columns) if name not in TECHNICAL]
    if most is not None and len(rows.rows) > most:
        yield Prose(speech.say("rights.more") % {"shown": most, "count": len(rows.rows)})
    yield Table(
        title,
        tuple(column(rows.columns[place], speech) for place in shown),
        tuple(
            tuple(said(rows.columns[place], row[place], speech) for place in shown)
            for row in rows.rows[:most]
        ),
    )


def _cases(held: Held, speech: Speech, most: int | None) -> Section:
    parts: list[Part] = [Prose(speech.say("rights.cases.lead" if held.cases else "rights.none"))]
    if held.hidden:
        parts.append(Prose(speech.counted("rights.cases.hidden", held.hidden)))
    cases = tuple(_case(case, place, speech, most) for place, case in enumerate(held.cases, 1))
    return Section("cases", speech.say("rights.table.cases"), tuple(parts), cases)


def _case(case: HeldCase, place: int, speech: Speech, most: int | None) -> Section:
    number = dict(case.facts).get("number") or NOTHING
    code = f"case-{place}-"
    others = (case.parts, case.estimates, case.looks, case.rejected)
    return Section(
        f"{code}facts",
        speech.say("rights.case") % {"number": number},
        (_facts(case.facts, speech),),
        (
            _events(case, code, speech, most),
            *(_rows(rows, speech, most, code) for rows in others if rows.rows),
        ),
    )


def _events(case: HeldCase, code: str, speech: Speech, most: int | None) -> Section:
    say = speech.say
    parts: list[Part] = []
    if any(event.withheld for event in case.events):
        parts.append(Prose(say("rights.events.withheld")))
    if most is not None and len(case.events) > most:
        parts.append(Prose(say("rights.more") % {"shown": most, "count": len(case.events)}))
    parts.append(
        Table(
            say("rights.table.case_events"),
            (column("at", speech), column("type", speech), column("data", speech)),
            tuple(_event(event, speech) for event in case.events[-(most or 0) :]),
        )
    )
    return Section(f"{code}events", say("rights.table.case_events"), tuple(parts))


def _event(event: Happened, speech: Speech) -> tuple[Cell, ...]:
    known = speech.say(key := f"rights.event.{event.type}")
    what = event.type if known == key else known
    told: Cell = Pairs(tuple(_told(event.facts, speech)))
    if not event.facts:
        told = speech.say("rights.event.others") if event.withheld else NOTHING
    return i18n.moment(event.at, speech.view), what, told


def _told(
    facts: Iterable[tuple[str, Value]], speech: Speech
) -> Iterator[tuple[str, str | Written]]:
    """Each fact under its name. Of several with facts of their own, a title stands for its kind."""
    for name, value in facts:
        deep = [one for one in value if isinstance(one, dict)] if isinstance(value, tuple) else []
        for inner, fact in (pair for one in deep for pair in one.items()):
            called = name if inner == "title" else inner
            yield column(called, speech), said(inner, fact, speech)
        if not deep:
            yield column(name, speech), said(name, value, speech)


def _absent(speech: Speech) -> Section:
    said_of = tuple(speech.say(f"rights.absent.{code}") for code in ABSENT)
    return Section("absent", speech.say("rights.absent"), (Bullets(said_of),))


def _keeping(kept: tuple[Kept, ...], speech: Speech) -> Section:
    """How long each kind is kept, where it is about the reader."""
    say = speech.say
    rows = tuple(
        (
            say(f"rights.kept.{one.kind}"),
            duration(one.period, speech),
            say(f"rights.since.{one.kind}"),
        )
        for one in kept
        if say(f"rights.kept.{one.kind}") != f"rights.kept.{one.kind}"
    )
    heads = (say("rights.kept.what"), say("rights.kept.long"), say("rights.kept.since"))
    table = Table(say("rights.kept"), heads, rows)
    return Section("kept", say("rights.kept"), (Prose(say("rights.kept.lead")), table))


def duration(period: Period | None, speech: Speech) -> str:
    """So many years, months or days, in words."""
    if period is None:
        return speech.say("rights.period.none")
    years, months = divmod(period.months, 12)
    for unit, count in (("years", years), ("months", months), ("days", period.days)):
        if count:
            return speech.counted(f"rights.period.{unit}", count)
    return speech.say("rights.period.at_once")


def column(name: str, speech: Speech) -> str:
    """What a column is called; the name itself where nobody has given it words."""
    told = speech.say(key := f"rights.column.{name}")
    return name if told == key else told


def said(name: str, value: Value, speech: Speech) -> str | Written:
    """A value as the view writes it, and a code in words where there are any."""
    if value is None or value in {"", ()}:
        return NOTHING
    if isinstance(value, bool):
        return speech.say("rights.yes" if value else "rights.no")
    if isinstance(value, datetime):
        return i18n.moment(value, speech.view)
    if isinstance(value, date):
        return i18n.plain_date(value, speech.view)
    if isinstance(value, tuple):
        return i18n.listed([_coded(name, str(one), speech) for one in value], speech.view)
    return _written(name, value, speech) if isinstance(value, str) else str(value)


def _written(name: str, value: str, speech: Speech) -> str | Written:
    return Written(value, i18n.DEFAULT.lang) if name in DANISH else _coded(name, value, speech)


def _coded(name: str, value: str, speech: Speech) -> str:
    """A text, which may be a code with words of its own."""
    told = speech.say(key := f"{ELSEWHERE.get(name, f'rights.code.{name}')}.{value}")
    if told != key:
        return told
    if name == "device":
        return _device(value, speech)
    if name == "act":  # the log's own names are for nobody who reads a page
        return speech.say("rights.code.act.any")
    return speech.name(name, value) or _day(value, speech) or i18n.apart(value, speech.view)


def _device(value: str, speech: Speech) -> str:
    """A kind of browser on a kind of system, as the list of own sessions says it."""
    browser, _, system = value.partition(" ")
    keys = {"browser": f"sessions.browser.{browser}", "system": f"sessions.system.{system}"}
    words = {part: speech.say(key) for part, key in keys.items()}
    return value if words == keys else speech.say("sessions.device") % words


def _day(value: str, speech: Speech) -> str | None:
    """A day that is stored as text, as in what an event says."""
    try:
        return i18n.plain_date(date.fromisoformat(value), speech.view)
    except ValueError:
        return None
