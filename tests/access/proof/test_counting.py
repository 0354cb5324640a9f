"""The count is strict: a doubt is a fault, what nobody judges is a fault, the worst view counts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.access.proof.earl import earl
from tests.access.proof.html import html
from tests.access.proof.lists import criteria, speaks_of
from tests.access.proof.lists import reviews as lines_of_the_list
from tests.access.proof.reporting import Report
from tests.access.proof.words import How, Kind, Look, Place, Review, Seen, Shape, Verdict
from tests.access.words import PRACTICE, Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.servers.checkers import NuHtml

DAY = date(2026, 11, 22)
FAULT = Finding("1.4.3", "axe", "color-contrast", "p", "too pale", certain=True)
DOUBT = Finding("1.4.3", "axe", "color-contrast", "p", "on a picture", certain=False)


def look(key: str = "home", view: str = "da", width: int = 320) -> Look:
    return Look(key, view, width, f"http://127.0.0.1/{key}", key, "usual", "A page", "public")


def seen(one: Look, *findings: Finding, broken: str = "") -> Seen:
    return Seen(one, "x", 200, 1.0, findings, Shape(one.key, one.view), broken=broken)


def report(*ones: Seen, todo: Sequence[Look] = ()) -> Report:
    return Report(DAY, todo or [one.look for one in ones], ones, (), (), everything=True, seconds=1)


def counted(criterion: str) -> int:
    """How many verdicts count for a page that has nothing to find."""
    return sum(How.ABSENT not in rule.how for rule in criteria() if rule.number != criterion) + 1


@pytest.fixture(autouse=True)
def _nothing_was_reviewed(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("lists", "reporting"):
        monkeypatch.setattr(f"tests.access.proof.{place}.reviews", tuple)


def test_all_criteria_of_the_levels_are_on_the_list() -> None:
    numbers = [rule.number for rule in criteria()]
    assert len(numbers) == len(set(numbers)) == 55
    assert {rule.level for rule in criteria()} == {"A", "AA"}
    assert all(rule.how and rule.note.strip() for rule in criteria())


def test_a_page_without_faults_has_all_points() -> None:
    told = report(seen(look()), seen(look(width=1280)))
    assert (told.points, told.complete, told.passes) == (500, True, True)


@pytest.mark.parametrize("finding", [FAULT, DOUBT])
def test_a_fault_and_a_doubt_both_take_points(finding: Finding) -> None:
    told = report(seen(look(), finding), seen(look(width=1280)))
    rest = counted("1.4.3") - 1
    assert told.points == 500 * rest // (rest + 1)
    assert not told.passes
    verdict = Verdict.FAILED if finding.certain else Verdict.UNTOLD
    assert told.table[Place("home", "da")]["1.4.3"] is verdict


def test_what_was_not_looked_at_counts_as_failed() -> None:
    assert report(seen(look()), todo=[look(), look(width=1280)]).points == 0
    assert report(seen(look(), broken="it took too long")).points == 0
    assert not report(seen(look(), broken="it took too long")).passes


def test_the_worst_view_is_the_score() -> None:
    good = [seen(look(key, view)) for key in ("a", "b") for view in ("da", "en")]
    assert report(*good).points == 500
    told = report(*good, seen(look("c", "en"), FAULT))
    assert told.by_view["da"] == 500
    assert told.points == told.by_view["en"] < 500


def test_what_is_absent_fills_no_gaps() -> None:
    told = report(seen(look()))
    assert told.table[Place("home", "da")]["1.2.1"] is Verdict.INAPPLICABLE


def test_what_no_criterion_demands_takes_no_points_and_still_has_to_go() -> None:
    told = report(seen(look(), Finding(PRACTICE, "axe", "region", "p", "x", certain=True)))
    assert told.points == 500
    assert not told.passes


LINE = Review(kind=Kind.LOOKED_AT, tool="axe", rule="color-contrast", reason="x", on=DAY)


def test_a_doubt_that_somebody_has_looked_at_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("lists", "reporting"):
        monkeypatch.setattr(f"tests.access.proof.{place}.reviews", lambda: (LINE,))
    told = report(seen(look(), DOUBT))
    assert (told.points, told.passes, told.reviewed) == (500, True, [(LINE, 1)])
    assert not report(seen(look())).passes  # the line speaks of nothing


def test_what_is_certain_is_reviewed_only_where_it_is_a_mistake() -> None:
    assert speaks_of(LINE, DOUBT, look())
    assert not speaks_of(LINE, FAULT, look())
    mistaken = Review(kind=Kind.MISTAKEN, tool="axe", rule="color-contrast", reason="x", on=DAY)
    assert speaks_of(mistaken, FAULT, look())


def test_every_line_of_the_list_says_why_and_of_whom() -> None:
    for line in lines_of_the_list():
        assert len(line.reason) > 20, line
        assert line.on <= date.today()  # noqa: DTZ011 - a day is enough
        assert not (line.kind is Kind.MISTAKEN and line.tool == "probe"), "mend the probe"


def test_two_orders_of_help_are_found() -> None:
    one, other = look("a"), look("b")
    shapes = (Shape("A", "da", help=("/x", "/y", "/z")), Shape("B", "da", help=("/z", "/x")))
    pages = [Seen(at, "x", 200, 1.0, (), shape) for at, shape in zip((one, other), shapes,
                                                                     strict=True)]  # fmt: skip
    assert {fault.finding.rule for fault in report(*pages).faults} == {"order-of-help"}


def test_the_summary_says_how_many_pages_fail() -> None:
    told = report(seen(look("a"), FAULT), seen(look("b"))).summary()
    assert [(one.criterion, one.pages) for one in told.failed] == [("1.4.3", 1)]
    assert (told.pages, told.complete, told.looks) == (("a", "b"), True, 2)


def test_the_page_of_the_report_is_right_itself(nu_html: NuHtml) -> None:
    told = report(seen(look(), FAULT, DOUBT), seen(look(width=1280), broken="<b>no</b>"))
    page = html(told)
    assert nu_html(page) == []
    assert "too pale" in page
    assert "&lt;b&gt;no&lt;/b&gt;" in page


def test_earl_has_an_assertion_for_each_criterion_and_place() -> None:
    told = earl(report(seen(look(), FAULT), seen(look(view="en"))))
    asserted = [one for one in told["@graph"] if one["@type"] == "earl:Assertion"]
    assert len(asserted) == 55 * 2
    failed = [one for one in asserted if one["result"]["outcome"] == "earl:failed"]
    assert [one["test"] for one in failed] == ["WCAG22:contrast-minimum"]
    assert failed[0]["result"]["pointer"] == ["p"]
    subjects = {one.get("@id") for one in told["@graph"]}
    assert {one["subject"] for one in asserted} <= subjects


def test_the_folder_of_the_report_is_not_kept() -> None:
    assert "build/" in (Path(__file__).parents[3] / ".gitignore").read_text()
