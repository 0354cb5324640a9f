"""The fixed tables of a quarter as rows, for CSV, JSON and Parquet: all of them, and nothing else.

A hidden figure is empty, with a reason beside it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from io import StringIO
from typing import TYPE_CHECKING, Any

from portal.figures.rules import interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from portal.figures.words import Figure, QuarterFigures, Turnout
    from portal.organisation.words import Unit
    from portal.themes.words import Theme, ThemeFigure

TOO_FEW = "too_few"
DIGITS = 4  # of a share
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
BOM = "\ufeff"  # by which spreadsheets know UTF-8


@dataclass(frozen=True, slots=True)
class Exported:
    """One figure with what it is about."""

    quarter: str
    table: str  # turnout or figures
    level: str
    unit: str
    unit_name: str
    outcome: str
    language: str
    measure: str
    n: int | None
    of: int | None
    share: float | None
    low: float | None
    high: float | None
    reason: str | None  # why it is empty


# What each column holds; the sentences are the catalogs' under "figures.column.<name>".
COLUMNS: dict[str, str] = {
    "quarter": "string",
    "table": "string",
    "level": "string",
    "unit": "string",
    "unit_name": "string",
    "outcome": "string",
    "language": "string",
    "measure": "string",
    "n": "integer",
    "of": "integer",
    "share": "number",
    "low": "number",
    "high": "number",
    "reason": "string",
}
NULLABLE = frozenset({"n", "of", "share", "low", "high", "reason"})


def rows_of(found: QuarterFigures) -> list[Exported]:
    """Every figure of a quarter, in the order in which the tables have them."""
    units = {unit.key: unit for unit in found.units}
    quarter = f"{found.quarter.year}-{found.quarter.number}"
    turnouts = [row for one in found.turnouts for row in _turnout(quarter, units, one)]
    return turnouts + [_figure(quarter, units, one) for one in found.figures]


def _turnout(quarter: str, units: Mapping[str, Unit], one: Turnout) -> Iterable[Exported]:
    for name, n in (("decided", one.decided), ("invited", one.invited), ("answered", one.answered)):
        yield Exported(quarter, "turnout", *_unit(units, one.unit), "all", "all", name,
                       n, None, None, None, None, _reason(n))  # fmt: skip


def _figure(quarter: str, units: Mapping[str, Unit], one: Figure) -> Exported:
    n, of, share, low, high = one.n, one.of, None, None, None
    if n and of is not None:
        share = round(of / n, DIGITS)
        low, high = (round(part, DIGITS) for part in interval(of, n))
    return Exported(quarter, "figures", *_unit(units, one.unit), one.outcome, one.language,
                    one.measure, n, of, share, low, high, _reason(n))  # fmt: skip


def _unit(units: Mapping[str, Unit], name: str) -> tuple[str, str, str]:
    unit = units[name]
    return str(unit.level), unit.code, unit.name


def _reason(n: int | None) -> str | None:
    return TOO_FEW if n is None else None


def plain(row: Exported) -> dict[str, Any]:
    """A row as JSON has it."""
    return {name: getattr(row, name) for name in COLUMNS}


def as_csv(rows: Iterable[Exported]) -> str:
    """Comma-separated, UTF-8, with a header. No cell is read as a formula."""
    told = StringIO()
    writer = csv.writer(told, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(getattr(row, name)) for name in COLUMNS] for row in rows)
    return BOM + told.getvalue()


def _harmless(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return value


def themes_plain(
    themes: Iterable[Theme], found: Iterable[ThemeFigure], view: str
) -> dict[str, Any]:
    """The themes with their figures, as JSON has them."""
    return {
        "themes": [
            {"theme": one.code, "title": one.titles.get(view, one.code), "state": str(one.state)}
            for one in themes
        ],
        "figures": [
            {
                "unit": one.unit,
                "theme": one.theme,
                "polarity": str(one.polarity),
                "n": one.n,
                "texts": one.texts,
                "reason": _reason(one.n),
            }
            for one in found
        ],
    }


assert tuple(COLUMNS) == tuple(field.name for field in fields(Exported))  # noqa: S101 - one order
