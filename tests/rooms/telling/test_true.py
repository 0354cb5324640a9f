"""What a page may not say: each of these was once told otherwise than it was."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.cases.words import (
    Area,
    Assigned,
    AuthorityDecidedAgain,
    Closed,
    DateAnnounced,
    Decided,
    DecisionWithdrawn,
    Ending,
    Outcome,
    Received,
    Reopened,
    ReopeningRefused,
    ReopeningRequested,
    RequestMoved,
    State,
    Suspended,
)
from portal.explanations.words import BOARD_AREAS, Passage
from tests.rooms.cases.stories import (
    ASSIGNED,
    AUTHORITY,
    COMPLETED,
    FILED,
    INCOME,
    NUMBER,
    RECEIVED,
    RETURNED,
    UPHELD,
    case,
    day,
    decided,
    entered,
    issue,
)
from tests.rooms.telling.readers import card, codes, page

AGAIN = AuthorityDecidedAgain(result="same")


def of(area: str, authority: str = AUTHORITY) -> Received:
    return Received(number=NUMBER, area=area, authority=authority)


# --- Who closed.


@pytest.mark.parametrize("reason", [*Ending, "zz_new"])
def test_a_case_that_never_came_to_the_board_was_not_closed_by_it(reason: str) -> None:
    told = page(case(FILED, Closed(reason=reason)))
    known = reason if reason in set(Ending) else "unknown"
    assert told.ending == Passage(
        f"ending.{known}.before", {"authority": AUTHORITY, "date": day(2)}
    )
    assert told.holder == Passage("holder.never_here", {"authority": AUTHORITY})
    assert told.coming == (Passage("stage.closed.next_before", {"authority": AUTHORITY}),)


@pytest.mark.parametrize(
    "state",
    [
        case(RECEIVED, COMPLETED),
        case(FILED, RECEIVED, COMPLETED),
        case(FILED, ASSIGNED, COMPLETED),
        case(FILED, entered("assessment"), COMPLETED),
        case(FILED, UPHELD, COMPLETED),
        case(FILED, UPHELD, DecisionWithdrawn(), COMPLETED),
        case(FILED, UPHELD, Reopened(), COMPLETED),
        case(FILED, Reopened(), COMPLETED),
    ],
)
def test_a_case_that_the_board_has_worked_on_was_here(state: State) -> None:
    told = page(state)
    assert told.ending
    assert (told.ending.code, told.holder.code) == ("ending.completed", "holder.nobody")


@pytest.mark.parametrize("reason", ["withdrawn", "lapsed", "authority_changed"])
@pytest.mark.parametrize("before", [(RECEIVED, UPHELD), (RECEIVED, UPHELD, Reopened())])
def test_a_case_that_was_decided_is_not_told_as_ended_without_a_decision(
    before: tuple[Received, ...], reason: str
) -> None:
    told = page(case(*before, Closed(reason=reason)))
    assert told.ending
    assert told.ending.code == "ending.unknown"


# --- Called back, reopened, unknown.


@pytest.mark.parametrize(
    "after", [(), (Suspended(reason="court_case"),), (Closed(reason="lapsed"),), (entered("zz"),)]
)
def test_a_decision_that_was_called_back_is_told_whatever_came_after(
    after: tuple[Suspended, ...],
) -> None:
    told = page(case(RECEIVED, ASSIGNED, UPHELD, DecisionWithdrawn(), *after))
    assert Passage("now.decision_withdrawn", {"date": day(4)}) in told.now
    assert told.verdict is None


def test_a_new_decision_ends_what_was_called_back() -> None:
    told = page(case(RECEIVED, ASSIGNED, UPHELD, DecisionWithdrawn(), UPHELD))
    assert "now.decision_withdrawn" not in codes(told)


@pytest.mark.parametrize("outcome", [o for o in Outcome if o != "changed"])
def test_a_reopened_case_shows_what_was_decided_before_as_earlier(outcome: str) -> None:
    told = page(case(RECEIVED, Decided(outcome=outcome), Reopened()))
    assert told.earlier == (
        Passage(f"earlier.{outcome}", {"date": day(2)}),
        Passage("earlier.meanwhile"),
    )
    assert told.verdict is None


@pytest.mark.parametrize(
    ("favours", "side"),
    [("complainant", "complainant"), ("authority", "authority"), ("partly", "partly"),
     (None, "unknown"), ("zz", "unknown")],
)  # fmt: skip
def test_whom_an_earlier_decision_favoured_is_told(favours: str | None, side: str) -> None:
    made = Decided(outcome="changed", favours=favours)
    told = page(case(RECEIVED, made, Reopened()))
    assert codes(told.earlier)[0] == f"earlier.changed.{side}"


def test_earlier_decisions_stay_once_there_is_a_new_one() -> None:
    apart = Decided(outcome="changed", issues=(issue("upheld"), issue("changed")))
    told = page(case(RECEIVED, apart, Reopened(), Decided(outcome="zz"), Reopened(), UPHELD))
    assert codes(told.earlier) == ["earlier.mixed", "earlier.unknown"]
    assert page(case(RECEIVED, UPHELD)).earlier == ()


@pytest.mark.parametrize("outcome", ["zz_new", ""])
def test_a_decision_without_words_is_said_to_be_there_on_the_list_too(outcome: str) -> None:
    state = decided(outcome)
    listed = card(state)
    assert (listed.badge.code, listed.now.code) == ("outcome.unknown.short", "now.decision_unclear")
    assert page(state).holder.code == "holder.unclear"
    assert {line.kind for line in page(state).timeline} == {"done"}


def test_a_stage_without_words_says_nothing_of_a_decision() -> None:
    after = case(RECEIVED, UPHELD, entered("assessment"))
    assert (page(after).now[0].code, page(after).badge.code) == ("now.unclear", "badge.unclear")


# --- Last days that have passed, and dates that came earlier.


@pytest.mark.parametrize(
    ("today", "code"), [(date(2026, 2, 4), "until"), (date(2026, 2, 5), "passed")]
)
@pytest.mark.parametrize("end", [(), (COMPLETED,)])
def test_the_last_day_of_a_complaint_about_the_new_decision_passes(
    end: tuple[Closed, ...], today: date, code: str
) -> None:
    told = page(case(RECEIVED, RETURNED, AGAIN, *end), today)
    last = day(3) + timedelta(weeks=4)
    assert told.coming == (Passage(f"again.complain_{code}", {"date": last}),)
    assert ("complaint" in [one.kind for one in told.last_days]) is (code == "until")


@pytest.mark.parametrize("area", ["work_injury", "student_grant", "zz_new"])
def test_no_last_day_is_told_where_another_law_sets_it(area: str) -> None:
    assert page(case(of(area), RETURNED, AGAIN)).coming == (Passage("again.complain"),)


@pytest.mark.parametrize(
    ("then", "code"), [(date(2026, 5, 11), "_earlier"), (date(2026, 5, 13), ".busy")]
)
def test_a_date_that_came_earlier_is_not_told_as_a_delay(then: date, code: str) -> None:
    first = DateAnnounced(on=date(2026, 5, 12), reason="first")
    told = page(case(RECEIVED, first, DateAnnounced(on=then, reason="busy")))
    assert codes(told.date_history) == ["date.first", f"date.moved{code}"]


@pytest.mark.parametrize(
    ("then", "code"),
    [(date(2026, 2, 1), "act.moved_earlier"), (date(2026, 2, 3), "act.moved")],
)
def test_a_last_day_that_came_earlier_is_told_as_such(then: date, code: str) -> None:
    task = page(case(RECEIVED, INCOME, RequestMoved(request="r1", due=then))).tasks[0]
    assert task.moved == Passage(code, {"old": date(2026, 2, 2), "due": then})


# --- The boards.


@pytest.mark.parametrize("area", Area)
def test_who_decides_is_said_where_that_is_a_board(area: str) -> None:
    state = case(of(area))
    is_board = area in BOARD_AREAS
    assert page(state).board == (Passage(f"board.{area}.who") if is_board else None)
    assert card(state).board == (Passage(f"board.{area}.short") if is_board else None)


@pytest.mark.parametrize(
    ("area", "authority", "told"),
    [
        ("car", "Vejle Kommune", "Vejle Kommune"),
        ("adoption", "Familieretshuset", "Familieretshuset"),
        ("adoption", " Adoptionsnævnet ", None),
        ("car", "Ankestyrelsen", None),
        ("equal_treatment", "Eksempel ApS", None),
        ("psychologists", "Psykolognævnet", None),
    ],
)
def test_a_board_is_not_the_authority_complained_of(
    area: str, authority: str, told: str | None
) -> None:
    state = case(of(area, authority), Decided(outcome="changed", favours="complainant"))
    seen = page(state)
    assert seen.complained_of == told
    assert seen.verdict
    assert bool(seen.verdict.authority) is (told is not None)


@pytest.mark.parametrize("area", ["equal_treatment", "psychologists"])
@pytest.mark.parametrize("outcome", Outcome)
def test_where_the_board_decides_first_no_authoritys_decision_is_told_of(
    area: str, outcome: str
) -> None:
    both = Decided(outcome=outcome, issues=(issue(outcome), issue(outcome, "partly")))
    told = page(case(of(area), both))
    assert told.verdict
    assert told.verdict.badge.code == "outcome.unknown.short"
    assert codes(told.verdict.meaning)[0] == "outcome.unknown.meaning"
    assert {line.outcome.code for line in told.verdict.issues} == {"outcome.unknown.short"}
    assert "moment.decided.unknown" in codes(told.timeline)


def test_a_board_sends_nothing_back_in_what_may_come() -> None:
    at_work = (ASSIGNED, entered("assessment"))
    assert codes(page(case(of("adoption"), *at_work)).branches)[0] == "branch.decision_board"
    assert codes(page(case(of("car"), *at_work)).branches)[0] == "branch.decision"


def test_a_board_is_not_called_the_highest_authority() -> None:
    verdict = page(case(of("adoption"), UPHELD)).verdict
    assert verdict
    assert "after.no_higher_board" in codes(verdict.ways)
    assert "after.no_higher" not in codes(verdict.ways)


# --- Who has the case.


def test_a_second_caseworker_is_a_new_one() -> None:
    other = Assigned(office="Kontor for andet")
    told = page(case(RECEIVED, ASSIGNED, other, UPHELD, Reopened(), ASSIGNED))
    assert [code for code in codes(told.timeline) if "assigned" in code] == [
        "moment.assigned",
        "moment.assigned_again",
        "moment.assigned",
    ]


def test_a_refusal_to_reopen_speaks_of_a_decision_only_where_there_was_one() -> None:
    withdrawn = Closed(reason="withdrawn")
    for before, ending in ((UPHELD, ""), (withdrawn, "_undecided")):
        refused = page(case(RECEIVED, before, ReopeningRefused()))
        assert refused.now[-1].code == f"now.reopening_refused{ending}"
        asked = page(case(RECEIVED, before, ReopeningRequested()))
        assert asked.branches[-1].code == f"branch.reopening_refused{ending}"
