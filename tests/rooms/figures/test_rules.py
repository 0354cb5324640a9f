"""What is counted, what is published, and how sure a share is."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from portal.figures.rules import can_be_closed, interval
from portal.figures.rules.counting import Answer, Group, counted, groups_of, measures_of
from portal.figures.rules.measurements import measurements
from portal.figures.rules.publishing import quarter_figures
from portal.figures.rules.tables import frame_of
from portal.figures.words import Asked, FaultyMeasurement, Measured, Outcome, QuarterFigures
from portal.organisation.rules import structure_of
from portal.participation.words import Quarter
from portal.questionnaire.queries import questionnaires
from tests.anonymity.quarters import SHORT
from tests.rooms.organisation.test_rules import DAY, WHOLE

LAST = date(2027, 7, 28)
MEASURES = measures_of([SHORT])
GROUPS = (
    Group("employment", ("employment",), ("2027-1-employment",), 300),
    Group("other", ("children", "other"), ("2027-1-other", "2027-1-other_2"), 200),
)
DECIDED = {"employment": 400, "children": 200, "other": 60, "boards": 90}
HEAD = "year;unit;dimension;n;share\n"


@pytest.mark.parametrize(
    ("of", "n", "low", "high"),
    [(0, 0, 0, 1), (5, 10, 0.2366, 0.7634), (0, 10, 0, 0.2775), (10, 10, 0.7225, 1)],
)
def test_wilson(of: int, n: int, low: float, high: float) -> None:
    assert interval(of, n) == pytest.approx((low, high), abs=1e-4)


def test_a_quarter_is_closed_when_no_answer_can_come() -> None:
    asked = [Asked("2027-1-all", ("children",), 9, LAST)]
    assert not can_be_closed(asked, date(2027, 8, 18))
    assert can_be_closed(asked, date(2027, 8, 19))
    assert not can_be_closed([], date(2030, 1, 1))


def test_what_the_questionnaire_asks() -> None:
    made = measures_of(questionnaires())
    assert made.outcome == "outcome"
    assert made.ratings["heard"] == made.ratings["trust"] == {"very_high", "high"}
    assert len(made.ratings) == 9
    assert ("went_well", "portal") in made.options
    assert made.width == 1 + 2 * 9 + 14


def test_cohorts_of_the_same_areas_are_one() -> None:
    asked = [
        Asked("2027-1-other", ("other", "children"), 10, LAST),
        Asked("2027-1-other_2", ("children", "other"), 5, LAST),
        Asked("2027-1-work_injury", ("work_injury",), None, LAST),
        Asked("2027-1-other_3", ("other",), 1, LAST),
    ]
    made = {one.code: one for one in groups_of(asked)}
    assert made["other"].cohorts == ("2027-1-other", "2027-1-other_2")
    assert made["other"].invited == 15
    assert made["work_injury"].invited is None
    assert made["other-3"].groups == ("other",)


def test_answers_are_counted() -> None:
    answers = [
        Answer("2027-1-other", "da-simple", {"outcome": "better", "heard": "high"}, {}),
        Answer("2027-1-other_2", "ar", {"trust": "some", "gone": "yes"},
               {"went_well": ["time", "gone"], "gone": []}),
    ]  # fmt: skip
    counts = counted(answers, GROUPS, MEASURES)
    assert counts.shape == (20, MEASURES.width)
    assert counts.sum(axis=0).tolist() == [2, 1, 0, 0, 1, 1, 0]
    assert counts[10].tolist() == [1, 1, 0, 0, 0, 0, 0]  # better, in Danish
    assert counts[19].tolist() == [1, 0, 0, 0, 1, 1, 0]  # unknown, another language


def table(*rows: tuple[int, list[int]]) -> np.ndarray[tuple[int, ...], np.dtype[np.int_]]:
    counts = np.zeros((20, MEASURES.width), dtype=int)
    for leaf, row in rows:
        counts[leaf] = row
    return counts


def figures(*rows: tuple[int, list[int]]) -> QuarterFigures:
    return quarter_figures(
        Quarter(2027, 1), structure_of(WHOLE, DAY), GROUPS, MEASURES, table(*rows), DECIDED
    )


def test_nine_answers_publish_nothing() -> None:
    made = figures((0, [9, 5, 4, 5, 4, 5, 4]))
    assert all(one.n is None and one.of is None for one in made.figures)
    assert all((one.decided, one.invited, one.answered) == (None,) * 3 for one in made.turnouts)
    assert [unit.key for unit in made.units][-2:] == ["group:employment", "group:other"]


def test_what_is_large_and_mixed_is_published() -> None:
    rows = [(leaf, [40, 22, 16, 18, 20, 15, 12]) for leaf in range(20)]
    rows[2] = rows[3] = (2, [40, 22, 16, 18, 20, 15, 1])
    rows[3] = (3, [40, 22, 16, 18, 20, 15, 0])
    made = figures(*rows)
    whole = made.by("agency:agency")
    assert whole["answered"].n == 800
    assert (whole["heard"].n, whole["heard"].of) == (760, 440)
    assert (whole["went_well.time"].n, whole["went_well.time"].of) == (800, 300)
    better = made.by("office:work", "better")
    assert (better["heard"].n, better["heard"].of) == (76, 44)
    same = made.by("office:work", "same")
    # One of 80 ticked it, and all others did not; told of all outcomes but one, it would be known.
    assert (same["went_well.portal"].n, same["went_well.portal"].of) == (80, None)
    parts = [made.by("office:work", one)["went_well.portal"].of for one in Outcome]
    assert parts.count(None) >= 2
    assert made.by("office:work", "better", "other") == {}
    shown = {one.unit: one for one in made.turnouts}
    assert (shown["agency:agency"].decided, shown["agency:agency"].invited) == (750, 500)
    assert shown["group:employment"].answered == 400
    assert shown["office:care"].answered is None
    assert made.unit("office:work") in made.units
    assert made.unit("office:gone") is None
    assert made.turnout("office:gone") is None


def test_a_question_that_few_answered_is_left_out() -> None:
    counts = table((0, [60, 40, 20, 3, 3, 30, 20]))
    frame, named = frame_of(counts, MEASURES)
    assert "trust" not in named
    assert len(frame.patterns[0].expressions) == 2
    made = figures((0, [60, 40, 20, 3, 3, 30, 20]))
    assert made.by("agency:agency")["trust"].n is None
    assert made.by("agency:agency")["heard"].n == 60


def test_invited_is_hidden_where_it_is_not_known() -> None:
    groups = (GROUPS[0], Group("other", ("children",), ("2027-1-other",), None))
    made = quarter_figures(
        Quarter(2027, 1), structure_of(WHOLE, DAY), groups, MEASURES,
        table((0, [60, 40, 20, 30, 30, 30, 20]), (10, [60, 40, 20, 30, 30, 30, 20])), DECIDED,
    )  # fmt: skip
    assert {one.invited for one in made.turnouts} == {None}
    assert made.turnouts[0].decided == 750


def test_measurements_are_read() -> None:
    told = HEAD + "2026;office:work;clarity;120;0,85\n\n2026;agency:agency;clarity; 900 ;0.8\n"
    assert measurements("\ufeff" + told) == [
        Measured(2026, "office:work", "clarity", 120, 0.85),
        Measured(2026, "agency:agency", "clarity", 900, 0.8),
    ]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("", "line 1: the head must be"),
        ("year,unit\n", "line 1: the head must be"),
        (HEAD + "2026;agency:agency;clarity;900", "line 2: 4 fields instead of 5"),
        (HEAD + "next;agency:agency;clarity;900;1", "line 2: year is 'next'"),
        (HEAD + "1;agency:agency;clarity;900;1", "line 2: 1 is no year"),
        (HEAD + "2026;work;clarity;900;1", "line 2: 'work' is no unit"),
        (HEAD + "2026;agency:agency;kindness;900;1", "line 2: 'kindness' is no dimension"),
        (HEAD + "2026;agency:agency;clarity;0;1", "line 2: n must be more"),
        (HEAD + "2026;agency:agency;clarity;-9;1", "line 2: n is '-9'"),
        (HEAD + "2026;agency:agency;clarity;9;85", "line 2: share must be"),
        (HEAD + "2026;agency:agency;clarity;9;nan", "line 2: share is 'nan'"),
        (HEAD + "2026;agency:agency;clarity;9;much", "line 2: share is 'much'"),
        (
            HEAD + "2026;agency:agency;clarity;9;1\n2026;agency:agency;clarity;8;1",
            "2026, agency:agency, clarity stands 2 times",
        ),
    ],
)
def test_a_wrong_file_names_its_lines(told: str, said: str) -> None:
    with pytest.raises(FaultyMeasurement, match=said):
        measurements(told)
