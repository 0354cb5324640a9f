"""What each kind of event makes of a case, in the order in which a case usually runs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from portal.cases.words import (
    Assigned,
    DateAnnounced,
    DecisionWithdrawn,
    Filed,
    Linked,
    MeetingScheduled,
    Received,
    Released,
    RequestAnswered,
    RequestMade,
    RequestMoved,
    RequestWithdrawn,
    Resumed,
    Suspended,
    SuspensionReason,
    UrgencySet,
    Withheld,
)
from tests.rooms.cases.stories import (
    ASSIGNED,
    AUTHORITY,
    BENT,
    FILED,
    INCOME,
    NUMBER,
    RECEIVED,
    case,
    day,
    entered,
)

if TYPE_CHECKING:
    from portal.cases.words import Happening, State

MAY = date(2026, 5, 12)
WAITING = Suspended(reason=SuspensionReason.LEADING_CASE)


def whats(state: State) -> list[str]:
    return [moment.what for moment in state.moments]


def test_a_complaint_begins_with_the_authority() -> None:
    state = case(
        Filed(number="s-1", area="car", authority=AUTHORITY, complained_of=MAY, on=date(2026, 1, 2))
    )
    assert (state.stage, state.stage_since) == ("reassessment", date(2026, 1, 2))
    assert (state.number, state.area, state.authority) == ("s-1", "car", AUTHORITY)
    assert (state.complained_of, state.filed) == (MAY, date(2026, 1, 2))
    assert (state.received, state.clock_from) == (None, None)
    assert [(m.what, m.on) for m in state.moments] == [("filed", date(2026, 1, 2))]


def test_a_complaint_without_a_day_was_filed_on_the_day_of_the_event() -> None:
    assert case(FILED).filed == day(1)


def test_the_board_receives_a_case_and_the_clock_starts() -> None:
    state = case(FILED, RECEIVED)
    assert (state.stage, state.stage_since, state.number) == ("queued", day(2), NUMBER)
    assert (state.filed, state.received, state.clock_from) == (day(1), day(2), day(2))
    assert whats(state) == ["filed", "received"]


def test_the_day_of_receipt_may_lie_before_the_day_it_was_told() -> None:
    on = date(2026, 1, 2)
    state = case(Received(number=NUMBER, area="car", authority=AUTHORITY, on=on))
    assert (state.received, state.clock_from, state.stage_since) == (on, on, on)
    assert state.moments[0].on == on


def test_the_date_complained_of_is_not_lost_when_the_board_leaves_it_out() -> None:
    filed = Filed(number="s-1", area="car", authority="Første Kommune", complained_of=MAY)
    state = case(filed, RECEIVED)
    assert state.complained_of == MAY
    assert (state.number, state.area, state.authority) == (NUMBER, "sickness_benefit", AUTHORITY)


def test_a_complaint_told_late_moves_no_case_back_and_takes_nothing_away() -> None:
    state = case(
        Received(number=NUMBER, area="car", authority=AUTHORITY, complained_of=MAY),
        Filed(authority=AUTHORITY),
    )
    assert (state.stage, state.number, state.area) == ("queued", NUMBER, "car")
    assert (state.complained_of, state.filed) == (MAY, day(2))


def test_a_caseworker_takes_the_case_out_of_the_queue() -> None:
    state = case(RECEIVED, ASSIGNED)
    assert (state.stage, state.stage_since) == ("clarification", day(2))
    assert (state.office, state.office_since) == ("Kontor for arbejde", day(2))
    assert whats(state)[-1] == "assigned"


def test_another_caseworker_moves_nothing() -> None:
    state = case(RECEIVED, entered("assessment"), Assigned(office="Kontor for børn"))
    assert (state.stage, state.stage_since, state.office) == (
        "assessment",
        day(2),
        "Kontor for børn",
    )


def test_going_forward_is_told_as_a_step() -> None:
    state = case(RECEIVED, entered("hearing"), entered("assessment"))
    assert (state.stage, state.stage_since) == ("assessment", day(3))
    assert whats(state) == ["received", "stage.hearing", "stage.assessment"]
    assert not any(moment.back for moment in state.moments)


def test_going_back_is_said() -> None:
    state = case(RECEIVED, entered("assessment"), entered("clarification"))
    assert state.stage == "clarification"
    assert (state.moments[-1].what, state.moments[-1].back) == ("stage.clarification", True)


def test_the_first_step_after_the_authority_is_no_step_back() -> None:
    assert not case(FILED, entered("queued")).moments[-1].back


def test_the_same_step_told_twice_is_one_step() -> None:
    state = case(RECEIVED, entered("hearing"), entered("hearing"))
    assert (state.stage_since, whats(state)) == (day(2), ["received", "stage.hearing"])


def test_somebody_is_asked() -> None:
    state = case(RECEIVED, INCOME)
    (request,) = state.requests
    assert (request.request, request.addressee, request.kind) == ("r1", "complainant", "income")
    assert (request.made, request.due, request.answered) == (day(2), date(2026, 2, 2), None)
    told = state.moments[-1]
    assert (told.what, told.code, told.due) == ("request_due", "complainant", date(2026, 2, 2))


def test_somebody_is_asked_without_a_last_day() -> None:
    asked = RequestMade(request="r1", addressee="party", kind="remarks", person=BENT)
    state = case(RECEIVED, asked)
    assert (state.requests[0].due, state.requests[0].person) == (None, BENT)
    assert (state.moments[-1].what, state.moments[-1].due) == ("request", None)


def test_a_request_told_anew_replaces_the_old_one_of_that_name_alone() -> None:
    doctor = RequestMade(request="r2", addressee="doctor", kind="medical")
    again = RequestMade(request="r1", addressee="authority", kind="documents")
    state = case(RECEIVED, INCOME, doctor, again)
    assert [(r.request, r.addressee) for r in state.requests] == [
        ("r2", "doctor"),
        ("r1", "authority"),
    ]


def test_a_last_day_that_moves_keeps_its_history() -> None:
    state = case(
        RECEIVED,
        INCOME,
        RequestMoved(request="r1", due=date(2026, 2, 9)),
        RequestMoved(request="r1", due=date(2026, 2, 16)),
    )
    (request,) = state.requests
    assert request.due == date(2026, 2, 16)
    assert request.moved_from == (date(2026, 2, 2), date(2026, 2, 9))
    assert [(m.what, m.due) for m in state.moments[-2:]] == [
        ("request_moved", date(2026, 2, 9)),
        ("request_moved", date(2026, 2, 16)),
    ]
    assert state.moments[-1].code is None


def test_a_first_last_day_given_later_has_no_history() -> None:
    asked = RequestMade(request="r1", addressee="doctor", kind="medical")
    state = case(RECEIVED, asked, RequestMoved(request="r1", due=MAY))
    assert (state.requests[0].due, state.requests[0].moved_from) == (MAY, ())


@pytest.mark.parametrize(
    "ignored",
    [
        RequestMoved(request="r1", due=date(2026, 2, 2)),  # the day it has already
        RequestMoved(request="other", due=MAY),
        RequestAnswered(request="other"),
        RequestWithdrawn(request="other"),
        Resumed(),
        UrgencySet(urgent=False),
        DecisionWithdrawn(),
    ],
)
def test_what_changes_nothing_is_not_told_as_news(ignored: Happening) -> None:
    before, after = case(RECEIVED, INCOME), case(RECEIVED, INCOME, ignored)
    assert (after.moments, after.requests) == (before.moments, before.requests)
    assert (after.stage, after.stage_since) == (before.stage, before.stage_since)


def test_an_answer_closes_its_request_alone() -> None:
    doctor = RequestMade(request="r2", addressee="doctor", kind="medical")
    state = case(RECEIVED, INCOME, doctor, RequestAnswered(request="r1"))
    assert {r.request: r.answered for r in state.requests} == {"r1": day(4), "r2": None}
    assert (state.moments[-1].what, state.moments[-1].code) == ("answered", "complainant")


def test_an_answered_request_can_neither_move_nor_be_answered_again() -> None:
    answered = case(RECEIVED, INCOME, RequestAnswered(request="r1"))
    again = case(
        RECEIVED,
        INCOME,
        RequestAnswered(request="r1"),
        RequestMoved(request="r1", due=MAY),
        RequestAnswered(request="r1"),
        RequestWithdrawn(request="r1"),
    )
    assert (again.requests, again.moments) == (answered.requests, answered.moments)


def test_a_request_that_is_withdrawn_is_gone() -> None:
    state = case(RECEIVED, INCOME, RequestWithdrawn(request="r1"))
    assert state.requests == ()
    assert (state.moments[-1].what, state.moments[-1].on) == ("request_withdrawn", day(3))


def test_a_meeting_has_its_day() -> None:
    state = case(RECEIVED, MeetingScheduled(on=MAY))
    assert state.meeting == MAY
    assert (state.moments[-1].what, state.moments[-1].due) == ("meeting", MAY)
    assert (state.moments[-1].on, state.moments[-1].code) == (day(2), None)


def test_a_case_rests_and_goes_on() -> None:
    resting = case(RECEIVED, WAITING)
    assert (resting.suspended, resting.suspended_since) == ("leading_case", day(2))
    assert (resting.moments[-1].what, resting.moments[-1].code) == ("suspended", "leading_case")
    going_on = case(RECEIVED, WAITING, Resumed())
    assert (going_on.suspended, going_on.suspended_since) == (None, None)
    assert whats(going_on)[-1] == "resumed"


def test_every_date_that_was_announced_is_kept() -> None:
    state = case(
        RECEIVED,
        DateAnnounced(on=MAY, reason="first"),
        DateAnnounced(on=date(2026, 6, 9), reason="medical"),
    )
    assert [(a.on, a.reason, a.said) for a in state.announced] == [
        (MAY, "first", day(2)),
        (date(2026, 6, 9), "medical", day(3)),
    ]
    assert (state.moments[-1].what, state.moments[-1].due) == ("announced", date(2026, 6, 9))
    assert state.moments[-1].code is None


def test_the_same_date_announced_again_is_no_move() -> None:
    once = case(RECEIVED, DateAnnounced(on=MAY, reason="first"))
    again = DateAnnounced(on=MAY, reason="busy")
    told = case(RECEIVED, DateAnnounced(on=MAY, reason="first"), again)
    assert (told.announced, told.moments) == (once.announced, once.moments)


def test_a_case_becomes_urgent_and_is_so_no_longer() -> None:
    urgent = case(RECEIVED, UrgencySet(urgent=True))
    assert (urgent.urgent, whats(urgent)[-1]) == (True, "urgent")
    calm = case(RECEIVED, UrgencySet(urgent=True), UrgencySet(urgent=False))
    assert (calm.urgent, whats(calm)[-1]) == (False, "not_urgent")


def test_cases_are_linked() -> None:
    after, beside = Linked(case="a", kind="continues"), Linked(case="b", kind="same_matter")
    state = case(RECEIVED, after, beside)
    assert state.links == (after, beside)
    assert whats(state) == ["received", "continues"]


def test_a_case_is_withheld_without_a_trace_in_its_course() -> None:
    withheld = case(RECEIVED, Withheld(reason="protected_address"))
    assert (withheld.withheld, whats(withheld)) == ("protected_address", ["received"])
    released = case(RECEIVED, Withheld(reason="protected_address"), Released())
    assert (released.withheld, whats(released)) == (None, ["received"])
