"""How the open figures are written: names, numbers of the view, and the tables of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from babel.numbers import format_decimal

from portal.cases.words import Outcome
from portal.pages.figures import area_name
from portal.pages.letters import with_capital
from portal.pages.shell import gettext, view
from portal.participation.rules import group_of
from portal.participation.words import Group
from portal.statistics.words import OTHER, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portal.statistics.words import Row, Year

HIDDEN = "–"
TIMES = ("unit", "decided", "returned", "half", "most")
FIELDS = (
    "year", "kind", "code", "name", "decided", *Outcome, OTHER,
    "half_within_weeks", "most_within_weeks",
)  # fmt: skip


LETTERS = ("ABCDE", "FG", "HIJK", "LMNO", "RS", "TUVWÆØÅ")  # of authorities: parts alike in length


class Part(NamedTuple):
    """A part of the page: rows that are told, and the names of those of which nothing is."""

    title: str
    times: list[tuple[str, ...]]
    outcomes: list[tuple[str, ...]]
    untold: list[str]


def seen(year: Year) -> dict[str, Any]:
    """What the page of a year is made of."""
    (whole,) = year.of(Kind.ALL)
    return {
        "year": year,
        "whole": whole,
        "returned_of_ten": _of_ten(whole),
        "outcomes": [
            (outcome_name(code), number(n), _share(n, whole.decided))
            for code, n in whole.outcomes.items()
        ],
        "within_other": [outcome_name(code) for code in year.within_other],
        "times": [gettext("statistics.head." + name) for name in TIMES],
        "ends": [gettext("statistics.head.unit"), *map(outcome_name, year.outcomes)],
        "areas": [_part(gettext("statistics.group." + group), _of_group(year, group), year)
                  for group in Group],
        "authorities": list(_by_letter(year)),
        "fields": field_rows(),
    }  # fmt: skip


def plain_rows(year: Year) -> Iterator[tuple[object, ...]]:
    """The rows as the files have them, a value for each of FIELDS."""
    for row in year.rows:
        told = (row.outcomes.get(code) for code in (*Outcome, OTHER))
        yield (year.year, row.kind.value, row.code, unit_name(row), row.decided, *told,
               row.half_within, row.most_within)  # fmt: skip


def field_rows() -> list[tuple[str, str]]:
    """What each field of the files means."""
    return [(str(name), gettext("statistics.field." + name)) for name in FIELDS]


def number(value: int | None) -> str:
    """A number as the view writes it; a dash for what is not told."""
    return HIDDEN if value is None else format_decimal(value, locale=view().locale)


def _share(part: int | None, whole: int | None) -> str:
    if part is None or not whole:
        return HIDDEN
    return gettext("estimates.percent") % {"share": round(100 * part / whole)}


def _of_ten(row: Row) -> int | None:
    returned = row.outcomes.get(Outcome.RETURNED)
    return round(10 * returned / row.decided) if returned and row.decided else None


def outcome_name(code: str) -> str:
    return gettext("statistics.outcome." + code)


def unit_name(row: Row) -> str:
    """What a row is about, in the words of the view. Authorities have their own names."""
    if row.code == OTHER or row.kind is Kind.ALL or row.kind is Kind.GROUP:
        return gettext("statistics." + row.kind + "." + row.code)
    if row.kind is Kind.AUTHORITY:
        return row.code
    return with_capital(area_name(row.code), view())


def _part(title: str, rows: Sequence[Row], year: Year) -> Part:
    times = [row for row in rows if row.decided is not None]
    ends = [row for row in rows if _some(row)]
    untold = [row for row in rows if row not in times and row not in ends]
    return Part(
        title,
        [_times(row) for row in times],
        [_outcomes(row, year) for row in ends],
        [unit_name(row) for row in untold if row.kind is not Kind.GROUP],
    )


def _times(row: Row) -> tuple[str, ...]:
    returned = row.outcomes.get(Outcome.RETURNED)
    share = _share(returned, row.decided)
    return (
        _named(row),
        number(row.decided),
        number(returned) if share == HIDDEN else f"{number(returned)} ({share})",
        number(row.half_within),
        number(row.most_within),
    )


def _outcomes(row: Row, year: Year) -> tuple[str, ...]:
    return (_named(row), *(number(row.outcomes.get(code)) for code in year.outcomes))


def _named(row: Row) -> str:
    return gettext("statistics.head.all") if row.kind is Kind.GROUP else unit_name(row)


def _some(row: Row) -> bool:
    return any(n is not None for n in row.outcomes.values())


def _of_group(year: Year, group: Group) -> list[Row]:
    """The line of a coarse area, and its areas; the line alone where it has one area."""
    whole = [row for row in year.of(Kind.GROUP) if row.code == group]
    areas = [row for row in year.of(Kind.AREA) if group_of(row.code) is group]
    return areas if len(areas) == 1 else whole + areas


def _by_letter(year: Year) -> Iterator[Part]:
    """The authorities by their first letter, as they are kept; those of the whole country last."""
    rows = year.of(Kind.AUTHORITY)
    local = [row for row in rows if row.code.casefold().endswith("kommune")]
    for letters in LETTERS:
        here = [row for row in local if _letter(row.code) in letters]
        yield _part(f"{letters[0]}–{letters[-1]}", here, year)
    elsewhere = [row for row in rows if row not in local]
    yield _part(gettext("statistics.elsewhere.title"), elsewhere, year)


def _letter(name: str) -> str:
    return "Å" if name.startswith("Aa") else name[0]
