"""A correction counts from the moment of the event that it corrects, and only at its own source."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from portal.cases.words import Corrected, Decided, Event, Unknown, Unrecognised
from tests.rooms.cases.stories import (
    INCOME,
    RECEIVED,
    SOURCE,
    UPHELD,
    case,
    day,
    entered,
    fold,
    noon,
    told,
)
from tests.rooms.cases.strategies import histories

if TYPE_CHECKING:
    from portal.cases.words import Happening

OTHER = "https://other.example/"
COURSE = told(RECEIVED, entered("hearing"), INCOME)  # e1, e2, e3


def correction(name: str, of: str, /, on: int = 9, **replacement: Any) -> Event:  # noqa: ANN401 - a field may hold anything
    data = Corrected(event=of, replaced_by=replacement or None)
    return Event(SOURCE, name, noon(day(on)), data)


def test_a_wrong_event_is_replaced_on_its_own_day() -> None:
    state = fold([*COURSE, correction("c", "e2", stage="assessment")])
    assert (state.stage, state.stage_since) == ("assessment", day(2))
    assert [moment.what for moment in state.moments] == [
        "received",
        "stage.assessment",
        "request_due",
    ]


def test_an_event_that_never_happened_is_withdrawn() -> None:
    assert fold([*COURSE, correction("c", "e2")]) == fold([COURSE[0], COURSE[2]])


def test_nothing_of_a_correction_is_told_as_news() -> None:
    state = fold([*COURSE, correction("c", "e2")])
    assert state.unknown == ()
    assert state.last_event == COURSE[2].at


def test_of_two_corrections_the_later_counts() -> None:
    first = correction("c2", "e2", on=9, stage="assessment")
    second = correction("c1", "e2", on=10, stage="meeting")
    assert fold([*COURSE, first, second]).stage == "meeting"
    assert fold([*COURSE, second, first]).stage == "meeting"


def test_a_correction_is_corrected() -> None:
    first = correction("c1", "e2", on=9, stage="assessment")
    second = correction("c2", "c1", on=10, event="e2", replaced_by={"stage": "meeting"})
    assert fold([*COURSE, first, second]).stage == "meeting"


def test_a_correction_may_turn_out_to_be_of_another_event() -> None:
    first = correction("c1", "e2", on=9)
    second = correction("c2", "c1", on=10, event="e3")
    assert fold([*COURSE, first, second]) == fold(COURSE[:2])


def test_a_correction_that_is_withdrawn_leaves_the_event_as_it_was() -> None:
    first = correction("c1", "e2", on=9, stage="assessment")
    assert fold([*COURSE, first, correction("c2", "c1", on=10)]) == fold(COURSE)


def test_a_withdrawal_that_is_withdrawn_counts_again() -> None:
    chain = [
        correction("c1", "e2", on=9, stage="assessment"),
        correction("c2", "c1", on=10),
        correction("c3", "c2", on=11),
    ]
    assert fold([*COURSE, *chain]).stage == "assessment"


@pytest.mark.parametrize("names", list(permutations(("a", "b", "c"))))
def test_a_chain_of_corrections_told_at_one_moment_counts_whatever_its_names(
    names: tuple[str, str, str],
) -> None:
    one, two, three = names
    chain = [
        correction(one, "e2", stage="assessment"),
        correction(two, one),
        correction(three, two),
    ]
    assert fold([*COURSE, *chain]).stage == "assessment"
    assert fold([*COURSE, *chain[:2]]).stage == "hearing"


def test_a_correction_may_come_before_its_event() -> None:
    early = correction("c", "e2", on=1, stage="assessment")
    assert fold([early, *COURSE]).stage == "assessment"


def test_corrections_that_point_at_each_other_do_no_harm() -> None:
    ring = [correction("c1", "c2"), correction("c2", "c1"), correction("c3", "c3")]
    assert fold([*COURSE, *ring]) == fold(COURSE)


def test_a_correction_of_what_was_never_told_changes_nothing() -> None:
    assert fold([*COURSE, correction("c", "e99")]) == fold(COURSE)


def test_a_source_corrects_only_its_own_events() -> None:
    foreign = replace(correction("c", "e2", stage="assessment"), source=OTHER)
    assert fold([*COURSE, foreign]) == fold(COURSE)


def test_an_event_of_the_same_id_at_another_source_stays() -> None:
    theirs = replace(COURSE[2], source=OTHER)
    state = fold([*COURSE, theirs, correction("c", "e3")])
    assert [request.request for request in state.requests] == ["r1"]


@pytest.mark.parametrize("wrong", [{"stage": 7}, {"stage": None}, {"step": "meeting"}])
def test_a_replacement_that_does_not_fit_leaves_the_event_and_is_noted(
    wrong: dict[str, Any],
) -> None:
    state = fold([*COURSE, correction("c", "e2", **wrong)])
    assert (state.stage, state.moments) == ("hearing", fold(COURSE).moments)
    assert state.unknown == (Unknown("event", "corrected", "c"),)


def test_a_correction_of_a_correction_that_does_not_fit_leaves_the_first() -> None:
    first = correction("c1", "e2", on=9, stage="assessment")
    state = fold([*COURSE, first, correction("c2", "c1", on=10, event=5)])
    assert state.stage == "assessment"
    assert state.unknown == (Unknown("event", "corrected", "c2"),)


def test_an_unknown_event_that_was_withdrawn_is_noted_no_more() -> None:
    strange = told(Unrecognised(type="fee-charged"), first=4)
    assert fold([*COURSE, *strange]).unknown
    assert fold([*COURSE, *strange, correction("c", "e4")]) == fold(COURSE)


def test_a_decision_told_with_a_wrong_outcome_is_mended_for_good() -> None:
    wrong: list[Happening] = [RECEIVED, UPHELD]
    state = fold([*told(*wrong), correction("c", "e2", outcome="changed", favours="complainant")])
    assert state.decision
    assert (state.decision.outcome, state.decision.on) == ("changed", day(2))
    assert state == case(RECEIVED, Decided(outcome="changed", favours="complainant"))


@pytest.mark.properties
@settings(max_examples=150, deadline=None)
@given(histories(corrected=False))
def test_withdrawing_everything_leaves_no_case(events: list[Event]) -> None:
    last = max(event.at for event in events)
    withdrawals = [
        Event(event.source, f"w{number}", last + timedelta(days=1), Corrected(event=event.id))
        for number, event in enumerate(events)
    ]
    assert fold([*events, *withdrawals]) == fold([])
