"""Rare corners of what is told: nested data, long tables, no period."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from portal.i18n import DEFAULT, VIEWS, catalogs
from portal.reports.words.pages import Prose, Table, Written
from portal.rights.rules import events, exporting, telling
from portal.rights.words import Happened, Period, Rows, Scalar

FOLDER = Path(__file__).parents[3] / "translations"
SPEECH: Any = SimpleNamespace(say=lambda key: key, name=lambda _name, _value: None, view=DEFAULT)


def english() -> telling.Speech:
    """How the English view says things, where no text names a code of a case."""
    said = catalogs(FOLDER)["en"]
    return telling.Speech(VIEWS["en"], said.gettext, said.counted, lambda _name, _code: None)


def test_nested_data_keeps_what_belongs_together() -> None:
    told = events._facts({"a": {"b": "c"}, "d": [{"e": "f", "g": None}], "h": ["i", 1]})
    assert list(told) == [("b", "c"), ("d", ({"e": "f"},)), ("h", ("i", "1"))]


def test_each_question_of_a_decision_is_told_in_words_and_its_title_as_danish() -> None:
    speech = english()
    issue: dict[str, Scalar] = {"title": "Kravet om erstatning", "outcome": "upheld"}
    assert list(telling._told([("issues", (issue,))], speech)) == [
        ("Questions", Written("Kravet om erstatning", "da")),
        ("Outcome", "Upheld"),
    ]


def test_a_chart_has_no_place_here() -> None:
    chart: Any = SimpleNamespace(code="x")
    with pytest.raises(AssertionError, match="x"):
        exporting._no_chart(chart)


def test_a_long_table_says_so_and_a_kind_may_have_no_period() -> None:
    parts = list(telling._table(Rows("t", ("n",), (("1",), ("2",))), "t", SPEECH, 1))
    assert len(parts) == 2
    assert telling.duration(None, SPEECH) == "rights.period.none"
    assert telling.duration(Period(0, 0), SPEECH) == "rights.period.at_once"


def test_of_many_events_the_last_are_shown_and_their_number_said() -> None:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    events = tuple(Happened(at, at, name, (), withheld=False) for name in ("one", "two"))
    case: Any = SimpleNamespace(events=events)
    section = telling._events(case, "c-", SPEECH, 1)
    more, table = section.parts
    assert more == Prose("rights.more")
    assert isinstance(table, Table)
    assert [row[1] for row in table.rows] == ["two"]


def test_codes_are_told_in_words_and_several_as_a_list() -> None:
    speech = english()
    assert telling.said("kinds", ("text_test", "panel"), speech) == "Reading test and Panel"
    assert telling.said("relation", "custody", speech) == "Parental custody"
    assert telling.said("kinds", (), speech) == "–"


def test_a_day_is_told_as_a_day_and_an_office_by_its_danish_name() -> None:
    speech = english()
    assert telling.said("complained_of", "2026-08-11", speech) == "11 August 2026"
    assert telling.said("office", "Kontor for børn", speech) == Written("Kontor for børn", "da")
