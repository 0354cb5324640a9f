"""What the portal has no words for moves nothing, is noted for the owner of the texts, and is kept.

To the citizen a silent page is a small harm; a wrong one is a great one.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.cases.rules import kept, named, revived
from portal.cases.words import (
    AuthorityDecidedAgain,
    Closed,
    DateAnnounced,
    Decided,
    Event,
    Filed,
    Happening,
    Linked,
    PartyAdded,
    Received,
    RequestMade,
    Stage,
    StageEntered,
    Suspended,
    Unrecognised,
)
from tests.rooms.cases.stories import (
    AUTHORITY,
    COMPLETED,
    FILED,
    KAREN,
    RECEIVED,
    RETURNED,
    SOURCE,
    UPHELD,
    case,
    entered,
    fold,
    issue,
    told,
)
from tests.rooms.cases.strategies import histories

NEW = "zz_new"
BEFORE = (RECEIVED, entered("hearing"))

UNKNOWN = [
    (Filed(authority=AUTHORITY, area=NEW), "area"),
    (RequestMade(request="r1", addressee=NEW, kind="income"), "addressee"),
    (RequestMade(request="r1", addressee="doctor", kind=NEW), "request"),
    (Suspended(reason=NEW), "suspension"),
    (DateAnnounced(on=date(2026, 5, 5), reason=NEW), "move"),
    (Decided(outcome=NEW), "outcome"),
    (Linked(case="26-9", kind=NEW), "link"),
    (PartyAdded(person=KAREN, role=NEW), "role"),
    (StageEntered(stage=NEW), "stage"),
    (Unrecognised(type=NEW), "event"),
    (AuthorityDecidedAgain(result=NEW), "again"),
]


@pytest.mark.parametrize(("data", "kind"), UNKNOWN)
def test_a_code_without_words_moves_no_case_and_is_noted(data: Happening, kind: str) -> None:
    before, after = case(*BEFORE), case(*BEFORE, data)
    assert (after.stage, after.stage_since) == (before.stage, before.stage_since)
    assert [(u.kind, u.code, u.event) for u in after.unknown] == [(kind, NEW, "e3")]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (Received(number="26-1", area=NEW, authority=AUTHORITY), "area"),
        (Decided(outcome="changed", favours=NEW), "favours"),
        (Decided(outcome="changed", issues=(issue(NEW),)), "outcome"),
        (Decided(outcome="changed", issues=(issue("changed", NEW),)), "favours"),
        (Closed(reason=NEW), "ending"),
    ],
)
def test_a_detail_without_words_is_noted_and_the_rest_counts(data: Happening, kind: str) -> None:
    state = case(*BEFORE, data)
    assert [(u.kind, u.code, u.event) for u in state.unknown] == [(kind, NEW, "e3")]
    assert state.stage != "hearing"


def test_every_code_without_words_is_noted_with_its_event() -> None:
    state = case(*BEFORE, Unrecognised(type="a"), Closed(reason="b"), Unrecognised(type="a"))
    assert [(u.kind, u.code, u.event) for u in state.unknown] == [
        ("event", "a", "e3"),
        ("ending", "b", "e4"),
        ("event", "a", "e5"),
    ]


def test_known_and_absent_codes_are_not_noted() -> None:
    known = Decided(outcome="changed", issues=(issue("upheld"), issue("changed")))
    assert case(FILED, RECEIVED, known).unknown == ()


def test_an_event_without_words_tells_only_that_something_happened() -> None:
    before, after = case(*BEFORE), case(*BEFORE, Unrecognised(type=NEW))
    assert after.moments[:-1] == before.moments
    assert after.moments[-1].what == "unclear"
    assert (after.stage, after.stage_unclear) == (before.stage, False)


def test_a_step_without_words_makes_the_status_unclear_until_the_next_that_has_some() -> None:
    unclear = case(*BEFORE, entered(NEW))
    assert unclear.stage_unclear
    assert unclear.moments[-1].what == "unclear"
    assert not case(*BEFORE, entered(NEW), entered("assessment")).stage_unclear
    assert not case(*BEFORE, entered(NEW), entered("hearing")).stage_unclear
    assert not case(*BEFORE, entered(NEW), RECEIVED).stage_unclear
    assert not case(*BEFORE, entered(NEW), UPHELD).stage_unclear


@pytest.mark.parametrize("stage", ["reassessment", "decided", "returned", "closed"])
def test_a_step_told_by_an_event_of_its_own_is_not_believed_without_it(stage: str) -> None:
    state = case(*BEFORE, entered(stage))
    assert (state.stage, state.stage_unclear) == ("hearing", True)


@pytest.mark.parametrize("ended", [UPHELD, RETURNED, COMPLETED])
@pytest.mark.parametrize("stage", ["queued", "hearing", "meeting"])
def test_an_ended_case_is_not_worked_on_before_it_was_reopened(
    ended: Happening, stage: str
) -> None:
    state = case(RECEIVED, ended, entered(stage))
    assert (state.stage, state.stage_unclear) == (case(RECEIVED, ended).stage, True)
    assert [(u.kind, u.code) for u in state.unknown] == [("stage", stage)]


def test_an_outcome_without_words_is_kept_as_it_was_told() -> None:
    state = case(*BEFORE, Decided(outcome=NEW, passed_to="Nævnet", authority_due=date(2026, 9, 1)))
    assert state.decision
    assert (state.decision.outcome, state.decision.passed_to) == (NEW, "Nævnet")
    assert state.stage_unclear


def test_an_outcome_that_none_of_its_questions_has_is_not_believed() -> None:
    state = case(*BEFORE, Decided(outcome="returned", issues=(issue("upheld"), issue("upheld"))))
    assert (state.stage, state.stage_unclear) == ("hearing", True)
    assert state.moments[-1].code == "contradictory"
    assert [(u.kind, u.code) for u in state.unknown] == [("outcome", "contradictory")]


def test_an_event_of_an_unknown_type_is_kept_under_its_own_name() -> None:
    data = revived("fee-charged", {"amount": 3})
    assert data == Unrecognised(type="fee-charged")
    assert (named(data), kept(data)) == ("fee-charged", {"type": "fee-charged"})


@pytest.mark.properties
@settings(max_examples=150, deadline=None)
@given(histories(corrected=False), st.integers(0, 20))
def test_an_event_without_words_never_moves_any_case(events: list[Event], place: int) -> None:
    at = sorted(event.at for event in events)[place % len(events)]
    strange = Event(SOURCE, "strange", at, Unrecognised(type=NEW), sequence=99)
    before, after = fold(events), fold([*events, strange])
    assert (after.stage, after.requests) == (before.stage, before.requests)
    others = [[m for m in state.moments if m.what != "unclear"] for state in (before, after)]
    assert others[0] == others[1]  # that something happened is all that is told of it
    assert len(after.unknown) == len(before.unknown) + 1


@pytest.mark.properties
@settings(max_examples=150, deadline=None)
@given(histories(corrected=False), st.sampled_from((entered(NEW), Decided(outcome=NEW))))
def test_a_stage_or_outcome_without_words_leaves_any_case_in_its_stage(
    events: list[Event], data: Happening
) -> None:
    last = max(event.at for event in events)
    before = fold(events)
    after = fold([*events, Event(SOURCE, "strange", last, data, sequence=99)])
    assert (after.stage, after.stage_since) == (before.stage, before.stage_since)
    assert after.stage_unclear
    assert after.stage is None or after.stage in set(Stage)


def test_a_case_may_begin_with_what_is_not_known() -> None:
    state = fold(told(entered(NEW)))
    assert (state.stage, state.stage_unclear) == (None, True)
