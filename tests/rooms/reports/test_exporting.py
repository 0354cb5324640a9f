"""The rows of a quarter, and the files that they become."""

from __future__ import annotations

import csv
import io

import pyarrow.parquet as pq

from portal.figures.words import Figure, QuarterFigures, Turnout
from portal.organisation.words import AGENCY, Level, Unit
from portal.reports.rules.exporting import COLUMNS, as_csv, plain, rows_of, themes_plain
from portal.reports.rules.parquet import as_parquet
from portal.themes.words import Theme, ThemeFigure
from tests.rooms.reports.examples import FOURTH

ODD = Unit(Level.OFFICE, "@x", '=cmd|" /C calc"!A0', AGENCY.key)
FOUND = QuarterFigures(
    FOURTH,
    (AGENCY, ODD),
    (Turnout(AGENCY.key, 100, 90, 40), Turnout(ODD.key, None, None, None)),
    (
        Figure(AGENCY.key, "all", "all", "answered", 40, None),
        Figure(AGENCY.key, "all", "all", "trust", 40, 30),
        Figure(AGENCY.key, "all", "all", "heard", 0, 0),
        Figure(ODD.key, "all", "all", "trust", None, None),
    ),
)


def test_each_figure_is_a_row() -> None:
    rows = rows_of(FOUND)
    assert [(row.measure, row.n, row.of, row.share, row.reason) for row in rows] == [
        ("decided", 100, None, None, None),
        ("invited", 90, None, None, None),
        ("answered", 40, None, None, None),
        ("decided", None, None, None, "too_few"),
        ("invited", None, None, None, "too_few"),
        ("answered", None, None, None, "too_few"),
        ("answered", 40, None, None, None),
        ("trust", 40, 30, 0.75, None),
        ("heard", 0, 0, None, None),
        ("trust", None, None, None, "too_few"),
    ]
    low, high = rows[7].low, rows[7].high
    assert low is not None
    assert high is not None
    assert low < 0.75 < high
    assert {row.quarter for row in rows} == {"2026-3"}


def test_no_cell_is_a_formula_and_all_else_is_as_it_is() -> None:
    told = as_csv(rows_of(FOUND))
    assert told.startswith("\ufeffquarter,table,")
    rows = list(csv.reader(io.StringIO(told.removeprefix("\ufeff"))))
    assert tuple(rows[0]) == tuple(COLUMNS)
    assert rows[4][3:5] == ["'@x", "'" + ODD.name]
    assert rows[4][8:] == ["", "", "", "", "", "too_few"]


def test_parquet_holds_the_same_with_its_dictionary() -> None:
    rows = rows_of(FOUND)
    table = pq.read_table(io.BytesIO(as_parquet(rows, {name: name.upper() for name in COLUMNS})))
    assert table.to_pylist() == [plain(row) for row in rows]
    assert (table.schema.field("n").metadata or {})[b"description"] == b"N"
    assert not table.schema.field("quarter").nullable


def test_themes_are_told_by_the_same_rule() -> None:
    themes = [Theme("reasons", {"da": "Begrundelsen"}, {}), Theme("tone", {}, {}, "merged")]
    figures = [ThemeFigure(AGENCY.key, "reasons", "praise", 12, 60),
               ThemeFigure(AGENCY.key, "tone", "praise", None, None)]  # fmt: skip
    told = themes_plain(themes, figures, "da")
    assert [one["title"] for one in told["themes"]] == ["Begrundelsen", "tone"]
    assert [(one["n"], one["reason"]) for one in told["figures"]] == [(12, None), (None, "too_few")]
