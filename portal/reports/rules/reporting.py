"""A report in words: one value, from which its page and its PDF are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.dates import format_date

from portal.changes.words import Verdict
from portal.figures.words import Outcome
from portal.reports.rules.saying import measure, number, outcome, period, quarter, share, unit_name
from portal.reports.rules.telling import method_section, sections_of
from portal.reports.words.pages import Paper, Prose, Saying, Section, Table
from portal.reports.words.reports import Kind, Share

if TYPE_CHECKING:
    from datetime import date

    from portal.changes.words import Share as MovedShare
    from portal.reports.words.pages import Part, Voice
    from portal.reports.words.reports import Done, Found, Report


def paper_of(report: Report, voice: Voice) -> Paper:
    """All that a report says, in the words of a view."""
    about = _subject(report, voice)
    places = {"subject": about, "period": period(report.period, voice)}
    figures = sections_of(report.seen, voice) if report.seen else ()
    return Paper(
        voice.lang,
        voice.say(f"reports.title.{report.kind}") % places,
        voice.say(f"reports.lead.{report.kind}") % places,
        (
            *_notes(report, voice),
            *figures,
            _themes(report, voice),
            _changes(report, voice),
            method_section(report.seen, voice, _missing(report, voice)),
        ),
        voice.say("reports.made_by"),
    )


def _subject(report: Report, voice: Voice) -> str:
    if report.kind is Kind.THEME and report.theme is not None:
        return report.theme.titles.get(voice.view, report.theme.code)
    return unit_name(report.unit, voice)


def _notes(report: Report, voice: Voice) -> tuple[Section, ...]:
    """What the reader is to know first: that it was issued, and what was taken out since."""
    told: list[Part] = []
    if report.issued is not None:
        on = _day(report.issued.on, voice)
        told.append(Prose(voice.say("reports.issued") % {"on": on}))
    if report.withdrawn == 1:
        told.append(Prose(voice.say("reports.withdrawn.one")))
    elif report.withdrawn:
        count = number(report.withdrawn, voice)
        told.append(Prose(voice.say("reports.withdrawn.more") % {"count": count}))
    if not told:
        return ()
    return (Section("om-rapporten", voice.say("reports.about"), tuple(told)),)


def _day(on: date, voice: Voice) -> str:
    return format_date(on, "d. MMMM y" if voice.locale == "da" else "d MMMM y", voice.locale)


def _missing(report: Report, voice: Voice) -> tuple[str, ...]:
    """The notes on method that belong to reports alone."""
    sums = (voice.say("reports.method.sum"),) if len(report.period.quarters) > 1 else ()
    return (
        *sums,
        *(voice.say("reports.method.missing") % {"quarter": quarter(one, voice)}
          for one in report.missing),
        *(voice.say("reports.method.uncoded") % {"quarter": quarter(one, voice)}
          for one in report.uncoded if one not in report.missing),
        voice.say("reports.method.quotes"),
    )  # fmt: skip


# --- Themes.


def _themes(report: Report, voice: Voice) -> Section:
    title = voice.say("reports.themes.title")
    if not report.found:
        return Section("temaer", title, (Prose(voice.say("reports.themes.none")),))
    says = Prose(_most(report, voice))
    if report.kind is Kind.THEME:
        return Section("temaer", title, (says, _by_unit(report, voice)), _quotes(report, voice))
    return Section("temaer", title, (says, _by_theme(report, voice)), _quotes(report, voice))


def _most(report: Report, voice: Voice) -> str:
    shown = [one for one in report.found if one.n]
    if not shown:
        return voice.say("reports.themes.hidden")
    most = max(shown, key=lambda one: one.n or 0)
    of_theme = report.kind is Kind.THEME
    return voice.say("reports.themes.most.unit" if of_theme else "reports.themes.most") % {
        "theme": _title(most, voice),
        "unit": unit_name(most.unit, voice),
        "polarity": voice.say("reports.polarity." + most.polarity),
        "n": number(most.n, voice),
    }


def _title(one: Found, voice: Voice) -> str:
    return one.theme.titles.get(voice.view, one.theme.code)


def _polarities(found: tuple[Found, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(one.polarity) for one in found))


def _by_theme(report: Report, voice: Voice) -> Table:
    names = {one.theme.code: _title(one, voice) for one in report.found}
    cells = {(one.theme.code, str(one.polarity)): one for one in report.found}
    return _grid(voice.say("reports.themes.caption"), voice.say("reports.theme"),
                 names, cells, voice)  # fmt: skip


def _by_unit(report: Report, voice: Voice) -> Table:
    names = {one.unit.code: unit_name(one.unit, voice) for one in report.found}
    cells = {(one.unit.code, str(one.polarity)): one for one in report.found}
    return _grid(voice.say("reports.themes.by_unit"), voice.say("reports.unit"),
                 names, cells, voice)  # fmt: skip


def _grid(
    caption: str, first: str, names: dict[str, str], cells: dict[tuple[str, str], Found],
    voice: Voice,
) -> Table:  # fmt: skip
    polarities = _polarities(tuple(cells.values()))
    heads = (first, *(voice.say("reports.head." + one) for one in polarities))
    rows = tuple(
        (name, *(_count(cells.get((code, one)), voice) for one in polarities))
        for code, name in names.items()
    )
    return Table(caption, heads, rows)


def _count(found: Found | None, voice: Voice) -> str:
    return number(found.n if found else None, voice)


def _quotes(report: Report, voice: Voice) -> tuple[Section, ...]:
    """The quotes under their themes; under their units in the review of one theme."""
    told: dict[tuple[str, str], list[Saying]] = {}
    for one in report.found:
        of_unit = report.kind is Kind.THEME
        code = one.unit.code if of_unit else one.theme.code
        title = unit_name(one.unit, voice) if of_unit else _title(one, voice)
        by = voice.say("reports.quote." + one.polarity)
        sayings = [Saying(quote.text, quote.lang, by) for quote in one.quotes]
        if sayings:
            told.setdefault((code, title), []).extend(sayings)
    return tuple(
        Section(f"citat-{number_}", title, tuple(sayings))
        for number_, ((_, title), sayings) in enumerate(told.items(), 1)
    )


# --- Changes.


def _changes(report: Report, voice: Voice) -> Section:
    title = voice.say("reports.changes.title")
    if not report.done:
        return Section("aendringer", title, (Prose(voice.say("reports.changes.none")),))
    heads = tuple(voice.say("reports.changes." + name) for name in
                  ("what", "status", "owner", "due", "effect", "indicator"))  # fmt: skip
    rows = tuple(_change(one, voice) for one in report.done)
    caption = voice.say("reports.changes.caption")
    return Section("aendringer", title, (Table(caption, heads, rows),))


def _change(one: Done, voice: Voice) -> tuple[str, ...]:
    change = one.change
    return (
        change.title,
        voice.say("reports.status." + change.status),
        change.owner,
        _day(change.due, voice),
        change.effect,
        _indicator(one, voice),
    )


def _indicator(one: Done, voice: Voice) -> str:
    """What the indicator did, with both intervals; never that the change made it so."""
    told = one.change.indicator
    about = {
        "measure": measure(told.measure, voice),
        "outcome": outcome(Outcome(told.outcome), voice)
        if told.outcome in set(Outcome)
        else voice.say("figures.outcome.all"),
    }
    if one.moved.before is None or one.moved.verdict is Verdict.HIDDEN:
        return voice.say("reports.indicator.hidden") % about
    before = share(_share(one.moved.before), voice)
    if one.moved.after is None:
        return voice.say("reports.indicator.waiting") % {**about, "before": before}
    after = share(_share(one.moved.after), voice)
    key = f"reports.indicator.{one.moved.verdict}"
    return voice.say(key) % {**about, "before": before, "after": after}


def _share(one: MovedShare) -> Share:
    return Share(one.of, one.n, one.low, one.high)
