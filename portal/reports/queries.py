"""Reads for dashboards, reports and exports: of closed quarters alone, and of what is shown."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import select, tuple_

from portal.changes.queries import changes_of
from portal.changes.rules import moved
from portal.changes.words import Share as MovedShare
from portal.figures.models import FigureUnit, StoredFigure
from portal.figures.queries import closed_quarters, figures_of, measured
from portal.figures.words import ALL, Turnout
from portal.organisation.words import Level, Unit
from portal.participation.words import Quarter
from portal.questionnaire.queries import questionnaires
from portal.reports.models import IssuedReport
from portal.reports.rules.gathering import found_in, quoted, still
from portal.reports.rules.seeing import LONGEST, seen_of, share_of
from portal.reports.words.reports import Done, Issued, Kind, Report, ReportNotFound, Slice
from portal.themes.queries import closed_quarters as coded_quarters
from portal.themes.queries import quotes_of, theme_figures_of, themes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from portal.changes.words import Change, Moved
    from portal.figures.words import QuarterFigures
    from portal.questionnaire.words import Questionnaire
    from portal.reports.words.reports import Found, Period, Seen
    from portal.themes.words import Theme, ThemeFigure

OWN_LEVELS = (Level.AGENCY, Level.DEPARTMENT, Level.OFFICE)  # never lower


@lru_cache(maxsize=1)
def _versions() -> tuple[Questionnaire, ...]:
    return questionnaires()


def asked_in(quarter: Quarter) -> Questionnaire:
    """What was asked at the end of a quarter; the first version for one before it."""
    known = _versions()
    return next((one for one in reversed(known) if one.valid_from <= quarter.last), known[0])


def closed(session: Session, quarter: Quarter) -> QuarterFigures:
    """The tables of a quarter. Raises ReportNotFound where it is not closed."""
    if quarter not in closed_quarters(session):
        raise ReportNotFound
    return figures_of(session, quarter)


def themes_in(session: Session, quarter: Quarter) -> tuple[list[Theme], tuple[ThemeFigure, ...]]:
    """The themes, and what a quarter shows of them: nothing before its coding is closed.

    Raises ReportNotFound where the quarter is not closed.
    """
    if quarter not in closed_quarters(session):
        raise ReportNotFound
    return themes(session), theme_figures_of(session, quarter)


# --- What is shown of a unit.


def seen(
    session: Session, name: str, quarter: Quarter, known: Sequence[Quarter]
) -> tuple[Seen, list[Unit]]:
    """A unit in a quarter with those before it, and the units that have a page then.

    `known` are the closed quarters. Raises ReportNotFound.
    """
    if quarter not in known:
        raise ReportNotFound
    return _seen(session, name, (quarter,), known)


def _seen(
    session: Session, name: str, quarters: tuple[Quarter, ...], known: Sequence[Quarter]
) -> tuple[Seen, list[Unit]]:
    """A unit over some quarters, of which the last is closed, and those before them."""
    last = quarters[-1]
    axis = [one for one in reversed(known) if one <= last][-LONGEST:]
    units, turnouts = _units(session, name, sorted({*axis, *quarters}))
    unit = next((one for one in _over_quarters(units, quarters) if one.key == name), None)
    if unit is None:
        raise ReportNotFound
    slices = _slices(session, name, turnouts)
    told = seen_of(unit, quarters, slices, axis, measured(session), asked_in(last))
    return told, units[last]


def _over_quarters(
    units: Mapping[Quarter, Sequence[Unit]], quarters: Sequence[Quarter]
) -> list[Unit]:
    """Every unit that was there in one of the quarters, as it was last."""
    found = {unit.key: unit for one in quarters for unit in units.get(one, ())}
    return sorted(found.values(), key=lambda unit: OWN_LEVELS.index(unit.level))


def _units(
    session: Session, name: str, quarters: Sequence[Quarter]
) -> tuple[dict[Quarter, list[Unit]], dict[Quarter, Turnout]]:
    """The units of each quarter that have a page; the turnout of this one in each."""
    rows = session.execute(
        select(FigureUnit)
        .with_only_columns(
            FigureUnit.year, FigureUnit.number, FigureUnit.level, FigureUnit.code,
            FigureUnit.name, FigureUnit.inside, FigureUnit.decided, FigureUnit.invited,
            FigureUnit.answered,
        )
        .where(
            tuple_(FigureUnit.year, FigureUnit.number).in_(_pairs(quarters)),
            FigureUnit.level.in_(OWN_LEVELS),
        )
        .order_by(FigureUnit.place)
    )  # fmt: skip
    units: dict[Quarter, list[Unit]] = {}
    turnouts: dict[Quarter, Turnout] = {}
    for row in rows:
        unit, quarter = (
            Unit(Level(row.level), row.code, row.name, row.inside),
            Quarter(row.year, row.number),
        )
        units.setdefault(quarter, []).append(unit)
        if unit.key == name:
            turnouts[quarter] = Turnout(name, row.decided, row.invited, row.answered)
    return units, turnouts


def _pairs(quarters: Sequence[Quarter]) -> list[tuple[int, int]]:
    return [(one.year, one.number) for one in quarters]


def _slices(
    session: Session, name: str, turnouts: Mapping[Quarter, Turnout]
) -> dict[Quarter, Slice]:
    """What these quarters show of a unit, in all languages together: one read for all of them."""
    rows = session.execute(
        select(StoredFigure.year, StoredFigure.number, StoredFigure.measure,
               StoredFigure.outcome, StoredFigure.n, StoredFigure.of)
        .where(
            tuple_(StoredFigure.year, StoredFigure.number).in_(_pairs(list(turnouts))),
            StoredFigure.unit == name,
            StoredFigure.language == ALL,
        )
    )  # fmt: skip
    cells: dict[Quarter, dict[tuple[str, str], tuple[int | None, int | None]]] = {}
    for year, number, measure, outcome, n, of in rows:
        cells.setdefault(Quarter(year, number), {})[measure, outcome] = (n, of)
    return {one: Slice(turnout, cells.get(one, {})) for one, turnout in turnouts.items()}


# --- Reports.


def subjects(session: Session, period: Period) -> tuple[list[Unit], list[Theme]]:
    """Whose reports there are for a period whose last quarter is closed: units and themes."""
    units = _all_units(session, period)
    if period.half is None:
        return [unit for unit in units if unit.level is Level.AGENCY], []
    return [unit for unit in units if unit.level is not Level.AGENCY], themes(session)


def _all_units(session: Session, period: Period) -> list[Unit]:
    """Every unit that has a page in one of the quarters: the past of a closed one is kept."""
    units, _ = _units(session, "", period.quarters)
    return _over_quarters(units, period.quarters)


def report_of(session: Session, unit: str, period: Period, view: str) -> Report:
    """The report of a unit: half-yearly of an office or department, yearly of the agency.

    Raises ReportNotFound.
    """
    known = _over(session, period)
    held, _ = _seen(session, unit, period.quarters, known)
    if (held.unit.level is Level.AGENCY) is not (period.half is None):
        raise ReportNotFound
    found, uncoded = _themes(session, period, [held.unit])
    kind = Kind.HALF if period.half else Kind.YEAR
    told = Report(kind, held.unit, period, view, held, None, _missing(period, known),
                  found, uncoded, _done(session, changes_of(session, unit)))  # fmt: skip
    return _as_issued(session, told)


def review_of(session: Session, theme: str, period: Period, view: str) -> Report:
    """The review of one theme over all units for a half-year. Raises ReportNotFound."""
    known = _over(session, period)
    about = next((one for one in themes(session) if one.code == theme), None)
    if about is None or period.half is None:
        raise ReportNotFound
    units = _all_units(session, period)
    found, uncoded = _themes(session, period, units, theme)
    changes = [one for one in changes_of(session) if one.theme == theme]
    told = Report(Kind.THEME, units[0], period, view, None, about, _missing(period, known),
                  found, uncoded, _done(session, changes))  # fmt: skip
    return _as_issued(session, told)


def _over(session: Session, period: Period) -> list[Quarter]:
    """The closed quarters. Raises ReportNotFound where the period's last one is not among them."""
    known = closed_quarters(session)
    if period.quarters[-1] not in known:
        raise ReportNotFound
    return known


def _missing(period: Period, known: Sequence[Quarter]) -> tuple[Quarter, ...]:
    return tuple(one for one in period.quarters if one not in known)


def _themes(
    session: Session, period: Period, units: Sequence[Unit], theme: str | None = None
) -> tuple[tuple[Found, ...], tuple[Quarter, ...]]:
    """The themes of these units in the quarters whose coding is closed, and the other quarters."""
    closed_for = set(coded_quarters(session))
    coded = [one for one in reversed(period.quarters) if one in closed_for]
    figures = {one: theme_figures_of(session, one) for one in coded}
    unit = units[0].key if len(units) == 1 else None
    quotes = [quote for one in coded for quote in quotes_of(session, one, theme, unit)]
    known = [one for one in themes(session) if theme in {None, one.code}]
    uncoded = tuple(one for one in period.quarters if one not in closed_for)
    return found_in(figures, quotes, known, units), uncoded


def _done(session: Session, changes: Sequence[Change]) -> tuple[Done, ...]:
    """Each change with what its indicator did, by the tables that are shown."""
    known = set(closed_quarters(session))
    named = {told.before for one in changes for told in [one.indicator]}
    named |= {told.after for one in changes for told in [one.indicator] if told.after is not None}
    tables = {quarter: figures_of(session, quarter) for quarter in named & known}
    return tuple(Done(one, _moved(one, tables)) for one in changes)


def _moved(change: Change, tables: Mapping[Quarter, QuarterFigures]) -> Moved:
    told = change.indicator
    after = _indicator(tables.get(told.after), change) if told.after is not None else None
    return moved(_indicator(tables.get(told.before), change), after, closed=told.after in tables)


def _indicator(found: QuarterFigures | None, change: Change) -> MovedShare | None:
    """The share that a change is to move, in one quarter; None where it is not shown."""
    told = change.indicator
    cell = found.by(told.unit, told.outcome).get(told.measure) if found is not None else None
    share = share_of([(cell.n, cell.of)]) if cell is not None else None
    return None if share is None else MovedShare(share.of, share.n, share.low, share.high)


# --- Issued reports.


def issued(session: Session) -> list[Issued]:
    """Every report that was issued, the newest first."""
    rows = session.scalars(
        select(IssuedReport).order_by(
            IssuedReport.issued_on.desc(), IssuedReport.period.desc(), IssuedReport.subject
        )
    )
    return [_issued(row) for row in rows]


def _issued(row: IssuedReport) -> Issued:
    return Issued(row.id, Kind(row.kind), row.subject, row.period, row.issued_on, tuple(row.quotes))


def _as_issued(session: Session, told: Report) -> Report:
    """The report with what is remembered of its issue: no quote more, and a note of each less."""
    row = session.scalars(
        select(IssuedReport).where(
            IssuedReport.kind == told.kind,
            IssuedReport.subject == told.subject,
            IssuedReport.period == str(told.period),
        )
    ).one_or_none()
    if row is None:
        return told
    found = still(told.found, row.quotes)
    gone = len(set(row.quotes) - set(quoted(found)))
    return replace(told, found=found, issued=_issued(row), withdrawn=gone)
