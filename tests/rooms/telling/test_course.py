"""The course of a case: what has been, what is, and what may come."""

from __future__ import annotations

from datetime import date

import pytest

from portal.cases.words import (
    AuthorityDecidedAgain,
    Closed,
    Decided,
    Linked,
    Received,
    RequestAnswered,
    RequestMade,
    State,
    Suspended,
)
from portal.explanations.words import Passage
from tests.rooms.cases.stories import (
    ASSIGNED,
    AUTHORITY,
    COMPLETED,
    FILED,
    NUMBER,
    RECEIVED,
    RETURNED,
    UPHELD,
    case,
    day,
    entered,
)
from tests.rooms.telling.readers import codes, page


def test_the_course_tells_what_has_been_what_is_and_what_may_come() -> None:
    told = page(case(RECEIVED, ASSIGNED, entered("hearing"), entered("clarification")))
    assert [(line.kind, line.on, line.text.code, line.back) for line in told.timeline] == [
        ("done", day(1), "moment.received", False),
        ("done", day(2), "moment.assigned", False),
        ("done", day(3), "moment.stage.hearing", False),
        ("done", day(4), "moment.stage.clarification", True),
        ("now", None, "stage.clarification.name", False),
        ("maybe", None, "stage.hearing.maybe", False),
        ("maybe", None, "stage.assessment.maybe", False),
        ("maybe", None, "stage.meeting.maybe", False),
        ("maybe", None, "stage.decided.maybe", False),
    ]


@pytest.mark.parametrize("state", [case(RECEIVED, UPHELD), case(RECEIVED, RETURNED),
                                   case(RECEIVED, COMPLETED)])  # fmt: skip
def test_the_course_of_an_ended_case_holds_only_what_has_been(state: State) -> None:
    assert {line.kind for line in page(state).timeline} == {"done"}


def test_the_course_while_the_authority_looks_again_foretells_nothing() -> None:
    assert [line.kind for line in page(case(FILED)).timeline] == ["done", "now"]


def test_what_happened_earlier_stands_earlier_though_it_was_told_later() -> None:
    received = Received(number=NUMBER, area="car", authority=AUTHORITY, on=date(2026, 1, 20))
    told = page(case(received, ASSIGNED))
    assert codes(told.timeline[:2]) == ["moment.assigned", "moment.received"]


@pytest.mark.parametrize(
    ("data", "passage"),
    [
        (RequestMade(request="r", addressee="doctor", kind="medical"), "moment.request.doctor"),
        (RequestMade(request="r", addressee="zz", kind="medical"), "moment.request.unknown"),
        (Suspended(reason="zz"), "moment.suspended.unknown"),
        (Closed(reason="withdrawn"), "moment.closed.withdrawn"),
        (Decided(outcome="zz"), "moment.decided.unknown"),
        (Decided(outcome="dismissed"), "moment.decided.dismissed"),
        (AuthorityDecidedAgain(result="zz"), "moment.again.unknown"),
        (Linked(case="x", kind="continues"), "moment.continues"),
    ],
)
def test_a_line_of_the_course_has_words_for_its_code(data: object, passage: str) -> None:
    told = page(case(RECEIVED, data))  # type: ignore[arg-type]  # one of the happenings
    assert Passage(passage) in [line.text for line in told.timeline]


def test_an_answer_and_a_last_day_stand_in_the_course() -> None:
    due = date(2026, 2, 2)
    made = RequestMade(request="r", addressee="doctor", kind="medical", due=due)
    told = page(case(RECEIVED, made, RequestAnswered(request="r")))
    assert [line.text for line in told.timeline[1:3]] == [
        Passage("moment.request_due.doctor", {"due": due}),
        Passage("moment.answered.doctor"),
    ]
