"""Where a case is, who has it, what may come, and what has been."""

from __future__ import annotations

from datetime import date

import pytest

from portal.cases.words import (
    Area,
    AuthorityDecidedAgain,
    Closed,
    Decided,
    DecisionWithdrawn,
    Ending,
    Filed,
    MeetingScheduled,
    Received,
    Reopened,
    ReopeningRefused,
    ReopeningRequested,
    Role,
    Stage,
    State,
    Suspended,
    UrgencySet,
)
from portal.explanations.words import Audience, Passage
from portal.telling.rules import audience_of
from portal.telling.words import Reader
from tests.rooms.cases.stories import (
    ASSIGNED,
    AUTHORITY,
    BENT,
    COMPLETED,
    FILED,
    KAREN,
    LISE,
    NUMBER,
    RECEIVED,
    RETURNED,
    UPHELD,
    case,
    day,
    entered,
)
from tests.rooms.telling.readers import ACTING, COMPLAINANT, PARTY, TODAY, card, codes, page

RESTS = Suspended(reason="leading_case")
WORK = ("queued", "clarification", "hearing", "assessment", "meeting")
UNCLEAR = case(RECEIVED, ASSIGNED, entered("zz_new"))


@pytest.mark.parametrize("stage", WORK)
def test_a_case_at_work_says_where_it_is_and_what_comes(stage: str) -> None:
    told = page(case(RECEIVED, entered(stage)))
    assert codes(told.now) == [f"stage.{stage}.now"]
    assert told.badge == Passage(f"stage.{stage}.name")
    assert told.coming == (Passage(f"stage.{stage}.next"),)


@pytest.mark.parametrize(
    ("state", "branches"),
    [
        (case(FILED), ["authority_changes", "authority_partly_changes", "authority_forwards"]),
        (case(RECEIVED), ["work_starts", "more_information"]),
        (case(RECEIVED, ASSIGNED), ["more_information", "hearing", "assessment"]),
        (case(RECEIVED, entered("hearing")), ["more_information", "assessment"]),
        (case(RECEIVED, entered("assessment")), ["decision", "meeting", "more_information"]),
        (case(RECEIVED, entered("meeting")), ["decision", "more_information"]),
        (case(RECEIVED, RETURNED), ["new_decision_better", "new_decision_same"]),
        (case(RECEIVED, RETURNED, AuthorityDecidedAgain(result="same")), []),
        (case(RECEIVED, UPHELD), []),
        (case(RECEIVED, COMPLETED), []),
        (case(RECEIVED, RESTS), ["resumed"]),
        (case(RECEIVED, UPHELD, ReopeningRequested()), ["reopening_granted", "reopening_refused"]),
        (case(RECEIVED, UPHELD, RESTS), []),
        (UNCLEAR, []),
        (case(), []),
    ],
)
def test_the_ways_that_a_case_may_go_are_those_of_its_place(
    state: State, branches: list[str]
) -> None:
    assert codes(page(state).branches) == [f"branch.{code}" for code in branches]


def test_an_unclear_case_claims_nothing() -> None:
    told = page(UNCLEAR)
    assert codes(told.now) == ["now.unclear"]
    assert (told.badge.code, told.holder.code) == ("badge.unclear", "holder.unclear")
    assert (told.coming, told.branches, told.dates, told.nothing) == ((), (), (), None)
    assert {line.kind for line in told.timeline} == {"done"}
    assert card(UNCLEAR).now.code == "now.unclear"


def test_a_case_of_which_nothing_is_told_claims_nothing() -> None:
    told = page(State())
    assert codes(told.now) == ["now.unclear"]
    assert (told.badge.code, told.holder.code) == ("badge.unclear", "holder.unclear")
    assert (told.coming, told.timeline, told.heading.code) == ((), (), "area.unknown.heading")
    assert told.how.code == "act.how_unnumbered"


def test_a_resting_case_says_why_and_foretells_nothing() -> None:
    told = page(case(RECEIVED, ASSIGNED, RESTS))
    assert codes(told.now) == ["now.suspended.leading_case"]
    assert (told.badge.code, told.coming) == ("badge.suspended", ())
    assert [line.kind for line in told.timeline] == ["done", "done", "done", "now"]
    assert codes(page(case(RECEIVED, Suspended(reason="zz_new"))).now) == ["now.suspended.unknown"]


@pytest.mark.parametrize(
    ("state", "holder"),
    [
        (case(RECEIVED), Passage("holder.queue", {"since": day(1)})),
        (case(RECEIVED, ASSIGNED, entered("meeting")),
         Passage("holder.office", {"office": "Kontor for arbejde", "since": day(2)})),
        (case(RECEIVED, entered("meeting")), Passage("holder.board", {"since": day(1)})),
        (case(entered("meeting")), Passage("holder.unclear")),
        (case(FILED), Passage("holder.authority_until",
                              {"authority": AUTHORITY, "since": day(1), "until": day(29)})),
        (case(Filed(authority=AUTHORITY, area="work_injury")),
         Passage("holder.authority", {"authority": AUTHORITY, "since": day(1)})),
        (case(RECEIVED, RETURNED), Passage("holder.authority_until",
         {"authority": AUTHORITY, "since": day(2), "until": date(2026, 6, 1)})),
        (case(RECEIVED, Decided(outcome="returned")),
         Passage("holder.authority", {"authority": AUTHORITY, "since": day(2)})),
        (case(RETURNED), Passage("holder.unclear")),
        (case(RECEIVED, UPHELD), Passage("holder.nobody", {"since": day(2)})),
        (case(RECEIVED, UPHELD, COMPLETED), Passage("holder.nobody", {"since": day(3)})),
        (case(RECEIVED, UPHELD, ReopeningRequested()), Passage("holder.board", {"since": day(3)})),
        (case(RECEIVED, UPHELD, Reopened()), Passage("holder.queue", {"since": day(3)})),
    ],
)  # fmt: skip
def test_somebody_has_the_case_since_a_day(state: State, holder: Passage) -> None:
    assert page(state).holder == holder


@pytest.mark.parametrize(
    ("today", "code"),
    [(date(2026, 6, 1), "holder.authority_until"), (date(2026, 6, 2), "holder.authority")],
)
def test_until_when_is_said_only_while_that_day_has_not_passed(today: date, code: str) -> None:
    assert page(case(RECEIVED, RETURNED), today).holder.code == code


def test_the_authority_that_looks_again_is_named_where_it_is_known() -> None:
    assert page(case(FILED)).now == (Passage("stage.reassessment.now", {"authority": AUTHORITY}),)
    unnamed = page(case(RETURNED))
    assert codes(unnamed.now) == ["now.unclear", "now.unclear"]


@pytest.mark.parametrize(
    ("today", "code"), [(date(2026, 2, 3), "now.meeting"), (date(2026, 2, 4), "now.meeting_held")]
)
def test_a_meeting_is_held_the_day_after_its_day(today: date, code: str) -> None:
    on = date(2026, 2, 3)
    told = page(case(RECEIVED, entered("meeting"), MeetingScheduled(on=on)), today)
    assert Passage(code, {"date": on}) in told.now


def test_urgency_and_reopening_are_said() -> None:
    told = page(case(RECEIVED, UPHELD, Reopened(), UrgencySet(urgent=True)))
    assert told.now[1:] == (Passage("now.reopened", {"date": day(3)}), Passage("now.urgent"))


def test_a_reopening_that_is_asked_for_or_refused_is_said() -> None:
    asked = page(case(RECEIVED, UPHELD, ReopeningRequested()))
    assert asked.now[0] == Passage("now.reopening_requested", {"date": day(3)})
    assert asked.holder == Passage("holder.board", {"since": day(3)})
    refused = page(case(RECEIVED, UPHELD, ReopeningRefused()))
    assert refused.now[-1] == Passage("now.reopening_refused", {"date": day(3)})
    assert refused.holder == Passage("holder.nobody", {"since": day(3)})
    closed = page(case(RECEIVED, UPHELD, Closed(reason="completed"), ReopeningRequested()))
    assert codes(closed.now) == ["now.reopening_requested"]
    assert closed.coming == ()
    assert not card(case(RECEIVED, UPHELD, ReopeningRequested())).ended


@pytest.mark.parametrize("reason", [*Ending, "zz_new"])
def test_a_closed_case_says_why(reason: str) -> None:
    told = page(case(RECEIVED, Closed(reason=reason)))
    known = reason if reason in set(Ending) else "unknown"
    assert told.ending == Passage(f"ending.{known}", {"date": day(2)})
    assert codes(told.now) == ["stage.closed.now"]
    assert page(case(RECEIVED)).ending is None


@pytest.mark.parametrize("area", [*Area, "zz_new"])
def test_a_case_is_headed_by_its_area(area: str) -> None:
    state = case(Received(number=NUMBER, area=area, authority=AUTHORITY))
    known = area if area in set(Area) else "unknown"
    assert page(state).heading == card(state).heading == Passage(f"area.{known}.heading")
    assert page(state).about == Passage(f"area.{known}.about")


@pytest.mark.parametrize(
    ("reader", "audience", "banner"),
    [
        (COMPLAINANT, Audience.CITIZEN, None),
        (PARTY, Audience.PARTY, Passage("role.party.banner")),
        (ACTING, Audience.REPRESENTATIVE,
         Passage("role.representative.banner", {"name": "Karen Eksempel"})),
        (Reader(LISE, Role.GUARDIAN, frozenset({KAREN})), Audience.REPRESENTATIVE,
         Passage("role.guardian.banner_unnamed")),
        (Reader(LISE, Role.PARENT, frozenset({BENT}), "Bent Eksempel"), Audience.REPRESENTATIVE,
         Passage("role.parent.banner", {"name": "Bent Eksempel"})),
    ],
)  # fmt: skip
def test_a_reader_is_told_as_whom_the_case_is_read(
    reader: Reader, audience: Audience, banner: Passage | None
) -> None:
    told, listed = page(case(RECEIVED), reader=reader), card(case(RECEIVED), reader=reader)
    assert audience_of(reader) == told.audience == listed.audience == audience
    assert told.banner == listed.banner == banner


@pytest.mark.parametrize(
    ("state", "ended"),
    [
        (case(RECEIVED), False),
        (case(RECEIVED, UPHELD), True),
        (case(RECEIVED, COMPLETED), True),
        (case(RECEIVED, RETURNED), False),
        (case(RECEIVED, UPHELD, DecisionWithdrawn()), False),
        (UNCLEAR, False),
    ],
)
def test_what_is_over_is_listed_apart(state: State, *, ended: bool) -> None:
    assert card(state, TODAY).ended is ended


@pytest.mark.parametrize("stage", Stage)
def test_no_stage_is_without_a_name(stage: Stage) -> None:
    assert page(State(stage=stage)).badge.code == f"stage.{stage}.name"


@pytest.mark.parametrize(
    "state",
    [
        case(FILED),
        case(RECEIVED, ASSIGNED, MeetingScheduled(on=date(2026, 1, 20))),
        case(RECEIVED, RETURNED),
        case(RECEIVED, UPHELD),
        UNCLEAR,
    ],
)
@pytest.mark.parametrize("today", [TODAY, date(2027, 1, 1)])
def test_the_card_says_first_what_the_page_says(state: State, today: date) -> None:
    told, listed = page(state, today), card(state, today)
    assert (listed.heading, listed.badge, listed.now) == (told.heading, told.badge, told.now[0])
    assert listed.expected == (told.dates[0] if told.dates else None)
