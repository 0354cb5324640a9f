"""What becomes of a case, from its decision on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from portal.cases.words import (
    AgainResult,
    AuthorityDecidedAgain,
    Closed,
    DateAnnounced,
    Decided,
    DecisionWithdrawn,
    Ending,
    MeetingScheduled,
    Outcome,
    Reopened,
    ReopeningRefused,
    ReopeningRequested,
    RequestAnswered,
    RequestMade,
    Suspended,
    SuspensionReason,
    UrgencySet,
)
from tests.rooms.cases.stories import (
    ASSIGNED,
    COMPLETED,
    FILED,
    INCOME,
    RECEIVED,
    RETURNED,
    UPHELD,
    case,
    day,
    entered,
    issue,
)

if TYPE_CHECKING:
    from portal.cases.words import Happening, State

MAY = date(2026, 5, 12)
WAITING = Suspended(reason=SuspensionReason.LEADING_CASE)


def whats(state: State) -> list[str]:
    return [moment.what for moment in state.moments]


@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.RETURNED])
def test_a_decision_ends_the_work(outcome: Outcome) -> None:
    on = date(2026, 3, 3)
    answered = RequestMade(request="r0", addressee="doctor", kind="medical")
    state = case(
        RECEIVED,
        entered("assessment"),
        answered,
        RequestAnswered(request="r0"),
        INCOME,
        WAITING,
        Decided(
            outcome=outcome, favours="partly", on=on, authority_due=MAY, passed_to="Rette Nævn"
        ),
    )
    assert (state.stage, state.stage_since, state.stage_before) == ("decided", on, "assessment")
    assert (state.suspended, state.suspended_since) == (None, None)
    assert [request.request for request in state.requests] == ["r0"]
    assert state.decision
    assert (state.decision.on, state.decision.outcome, state.decision.favours) == (
        on,
        outcome,
        "partly",
    )
    assert (state.decision.authority_due, state.decision.passed_to) == (MAY, "Rette Nævn")
    told = state.moments[-1]
    assert (told.what, told.on, told.code) == ("decided", on, outcome)


def test_a_case_sent_back_stays_with_the_authority() -> None:
    assert case(RECEIVED, RETURNED).stage == "returned"


def test_questions_answered_differently_are_told_as_such() -> None:
    apart = Decided(outcome="changed", issues=(issue("upheld"), issue("returned")))
    state = case(RECEIVED, apart)
    assert state.moments[-1].code == "mixed"
    assert state.decision
    assert len(state.decision.issues) == 2


def test_for_whom_a_question_was_changed_tells_two_answers_apart() -> None:
    for_both = (issue("changed", "complainant"), issue("changed", "authority"))
    assert case(RECEIVED, Decided(outcome="changed", issues=for_both)).moments[-1].code == "mixed"


def test_for_whom_an_unchanged_question_is_makes_no_difference() -> None:
    alike = (issue("upheld", "authority"), issue("upheld"))
    assert case(RECEIVED, Decided(outcome="upheld", issues=alike)).moments[-1].code == "upheld"


def test_a_decision_called_back_lets_the_case_go_on_where_it_was() -> None:
    state = case(RECEIVED, entered("meeting"), UPHELD, COMPLETED, DecisionWithdrawn())
    assert (state.stage, state.stage_since, state.stage_unclear) == ("meeting", day(5), False)
    assert (state.decision, state.decision_withdrawn) == (None, day(5))
    assert (state.ending, state.closed) == (None, None)
    assert whats(state)[-1] == "decision_withdrawn"


def test_a_second_decision_replaces_the_one_called_back() -> None:
    state = case(RECEIVED, UPHELD, DecisionWithdrawn(), Decided(outcome="changed"))
    assert state.decision
    assert (state.decision.outcome, state.decision_withdrawn) == ("changed", None)


def test_a_case_that_was_never_at_work_is_unclear_when_its_decision_is_called_back() -> None:
    state = case(FILED, UPHELD, DecisionWithdrawn())
    assert (state.stage, state.stage_unclear, state.stage_since) == ("assessment", True, day(3))


def test_a_decision_mended_twice_is_called_back_to_the_same_step() -> None:
    state = case(RECEIVED, entered("meeting"), UPHELD, UPHELD, DecisionWithdrawn())
    assert (state.stage, state.stage_unclear) == ("meeting", False)


def test_a_call_back_does_not_lead_to_a_step_from_before_the_reopening() -> None:
    state = case(
        FILED, entered("meeting"), UPHELD, Reopened(), COMPLETED, UPHELD, DecisionWithdrawn()
    )
    assert state.stage_unclear


def test_a_decision_without_words_called_back_leaves_the_case_where_it_is() -> None:
    strange = Decided(outcome="zz_new")
    state = case(RECEIVED, entered("hearing"), strange, DecisionWithdrawn())
    assert (state.stage, state.stage_since, state.stage_unclear) == ("hearing", day(2), False)


@pytest.mark.parametrize("reason", Ending)
def test_a_case_is_closed_for_a_reason(reason: Ending) -> None:
    answered = RequestMade(request="r0", addressee="doctor", kind="medical")
    state = case(
        RECEIVED,
        answered,
        RequestAnswered(request="r0"),
        INCOME,
        entered("zz_new"),
        WAITING,
        Closed(reason=reason),
    )
    assert (state.stage, state.stage_since, state.stage_unclear) == ("closed", day(7), False)
    assert (state.ending, state.closed) == (reason, day(7))
    assert (state.suspended, state.suspended_since) == (None, None)
    assert [request.request for request in state.requests] == ["r0"]
    assert (state.moments[-1].what, state.moments[-1].code) == ("closed", reason)


def test_a_reopening_is_asked_for_and_refused() -> None:
    asked = case(RECEIVED, UPHELD, ReopeningRefused(), ReopeningRequested())
    assert (asked.reopening_requested, asked.reopening_refused) == (day(4), None)
    refused = case(RECEIVED, UPHELD, ReopeningRequested(), ReopeningRefused())
    assert (refused.reopening_requested, refused.reopening_refused) == (None, day(4))
    assert whats(refused)[-2:] == ["reopening_requested", "reopening_refused"]
    assert refused.stage == "decided"


def test_a_reopened_case_starts_again() -> None:
    state = case(
        RECEIVED,
        DateAnnounced(on=MAY, reason="first"),
        MeetingScheduled(on=MAY),
        RETURNED,
        AuthorityDecidedAgain(result="same"),
        COMPLETED,
        WAITING,
        ReopeningRefused(),
        ReopeningRequested(),
        Reopened(),
    )
    assert (state.stage, state.stage_since, state.stage_unclear) == ("queued", day(10), False)
    assert (state.clock_from, state.reopened, state.received) == (day(10), day(10), day(1))
    assert (state.reopening_requested, state.reopening_refused) == (None, None)
    assert (state.decision, state.decided_again, state.announced) == (None, None, ())
    assert (state.ending, state.closed, state.meeting) == (None, None, None)
    assert (state.suspended, state.suspended_since, state.stage_before) == (None, None, None)
    assert [decision.outcome for decision in state.earlier_decisions] == ["returned"]
    assert whats(state)[-1] == "reopened"


def test_a_reopened_case_waits_for_a_caseworker_and_is_urgent_no_more() -> None:
    state = case(RECEIVED, ASSIGNED, UrgencySet(urgent=True), UPHELD, Reopened())
    assert (state.office, state.office_since) == (None, None)
    assert state.urgent is False


def test_a_reopening_that_was_refused_before_is_refused_no_more() -> None:
    assert case(RECEIVED, UPHELD, ReopeningRefused(), Reopened()).reopening_refused is None


def test_every_earlier_decision_is_kept() -> None:
    state = case(RECEIVED, UPHELD, Reopened(), Decided(outcome="changed"), Reopened(), Reopened())
    assert [decision.outcome for decision in state.earlier_decisions] == ["upheld", "changed"]


def test_an_unclear_case_that_is_reopened_is_clear() -> None:
    assert not case(RECEIVED, UPHELD, entered("hearing"), Reopened()).stage_unclear


@pytest.mark.parametrize("result", AgainResult)
def test_the_authority_decides_again(result: AgainResult) -> None:
    state = case(RECEIVED, RETURNED, AuthorityDecidedAgain(result=result))
    assert state.decided_again
    assert (state.decided_again.on, state.decided_again.result) == (day(3), result)
    assert (state.moments[-1].what, state.moments[-1].code) == ("again", result)
    assert state.stage == "returned"


def test_the_day_of_the_authoritys_new_decision_is_the_one_it_says() -> None:
    state = case(RECEIVED, RETURNED, AuthorityDecidedAgain(result="same", on=MAY))
    assert state.decided_again
    assert (state.decided_again.on, state.moments[-1].on) == (MAY, MAY)


@pytest.mark.parametrize("newer", [RETURNED, DecisionWithdrawn()])
def test_an_answer_to_an_older_decision_is_none_to_a_newer_one(newer: Happening) -> None:
    assert (
        case(RECEIVED, RETURNED, AuthorityDecidedAgain(result="same"), newer).decided_again is None
    )
