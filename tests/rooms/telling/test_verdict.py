"""What a decision is told as: never a granted case as denied, nor the other way round."""

from __future__ import annotations

from datetime import date

import pytest

from portal.cases.words import (
    AuthorityDecidedAgain,
    Decided,
    DecisionWithdrawn,
    Favour,
    Outcome,
    Received,
)
from portal.explanations.words import Passage
from tests.rooms.cases.stories import (
    AUTHORITY,
    COMPLETED,
    NUMBER,
    RECEIVED,
    RETURNED,
    case,
    day,
    decided,
    issue,
)
from tests.rooms.telling.readers import codes, page

DUE = date(2026, 6, 1)

# outcome, favours → badge, meaning
TOLD = [
    ("upheld", None, "outcome.upheld.short", "outcome.upheld.meaning"),
    ("upheld", "complainant", "outcome.upheld.short", "outcome.upheld.meaning"),
    ("changed", "complainant", "outcome.changed.short", "outcome.changed.meaning.complainant"),
    ("changed", "authority", "outcome.changed.short", "outcome.changed.meaning.authority"),
    ("changed", "partly", "outcome.changed.short", "outcome.changed.meaning.partly"),
    ("changed", None, "outcome.changed.short", "outcome.changed.meaning.unknown"),
    ("changed", "zz_new", "outcome.changed.short", "outcome.changed.meaning.unknown"),
    ("annulled", None, "outcome.annulled.short", "outcome.annulled.meaning"),
    ("returned", None, "outcome.returned.short", "outcome.returned.meaning"),
    ("dismissed", None, "outcome.dismissed.short", "outcome.dismissed.meaning"),
    ("passed_on", None, "outcome.passed_on.short", "outcome.passed_on.meaning"),
    ("zz_new", "complainant", "outcome.unknown.short", "outcome.unknown.meaning"),
    ("", None, "outcome.unknown.short", "outcome.unknown.meaning"),
]
# outcome, favours of one issue → what it is told as
ANSWERS = [
    ("upheld", None, "outcome.upheld.short"),
    ("changed", "complainant", "outcome.changed.issue.complainant"),
    ("changed", "authority", "outcome.changed.issue.authority"),
    ("changed", "partly", "outcome.changed.issue.partly"),
    ("changed", None, "outcome.changed.issue.unknown"),
    ("annulled", None, "outcome.annulled.short"),
    ("returned", None, "outcome.returned.short"),
    ("dismissed", None, "outcome.dismissed.short"),
    ("zz_new", "complainant", "outcome.unknown.short"),
]
WAYS = {
    "upheld": ["after.reopening", "after.ombudsman", "after.courts", "after.no_higher"],
    "changed": ["after.reopening", "after.ombudsman", "after.courts", "after.no_higher"],
    "annulled": ["after.reopening", "after.ombudsman", "after.courts", "after.no_higher"],
    "returned": ["after.new_complaint", "after.reopening", "after.ombudsman", "after.courts"],
    "dismissed": ["after.reopening", "after.ombudsman", "after.courts", "after.no_higher"],
    "passed_on": ["after.right_authority", "after.ombudsman"],
    "zz_new": [],
}


@pytest.mark.parametrize(("outcome", "favours", "badge", "meaning"), TOLD)
def test_an_outcome_is_told_as_what_it_is(
    outcome: str, favours: str | None, badge: str, meaning: str
) -> None:
    verdict = page(decided(outcome, favours)).verdict
    assert verdict
    assert (verdict.badge.code, verdict.on) == (badge, day(4))
    assert codes(verdict.meaning) == [meaning, "outcome.letter"]


def test_the_table_of_outcomes_is_whole() -> None:
    assert set(Outcome) <= {outcome for outcome, *_ in TOLD}
    assert {favours for outcome, favours, *_ in TOLD if outcome == "changed"} >= set(Favour)
    assert set(Outcome) <= WAYS.keys()


def test_a_decision_for_one_side_is_nowhere_told_as_one_for_the_other() -> None:
    sides = ("complainant", "authority", "partly", "unknown")
    for side in sides:
        said = codes(page(decided("changed", side, issue("changed", side))))
        told = {
            code for code in said if code.startswith(("outcome.changed.m", "outcome.changed.i"))
        }
        assert told == {f"outcome.changed.meaning.{side}", f"outcome.changed.issue.{side}"}


@pytest.mark.parametrize("outcome", [*Outcome, "zz_new"])
def test_no_page_names_an_outcome_other_than_its_own(outcome: str) -> None:
    others = {f"outcome.{other}" for other in Outcome if other != outcome}
    said = codes(page(decided(outcome, "complainant")))
    assert not [code for code in said if code.rsplit(".", 1)[0] in others]


@pytest.mark.parametrize(("outcome", "favours", "told"), ANSWERS)
def test_each_question_is_answered_for_itself(outcome: str, favours: str | None, told: str) -> None:
    mixed = decided("changed", None, issue(outcome, favours, "Bil"), issue("passed_on"))
    verdict = page(mixed).verdict
    assert verdict
    assert [(line.title, line.outcome) for line in verdict.issues] == [
        ("Bil", Passage(told)),
        ("Sygedagpenge", Passage("outcome.passed_on.short")),
    ]


@pytest.mark.parametrize("whole", ["upheld", "changed", "returned"])
def test_different_answers_are_never_told_as_one_outcome(whole: str) -> None:
    state = decided(whole, "complainant", issue("changed", "complainant"), issue("upheld"))
    told = page(state)
    assert told.verdict
    assert told.verdict.badge.code == "outcome.mixed.short"
    assert codes(told.verdict.meaning)[0] == "outcome.mixed.meaning"
    assert "outcome.mixed.authority" in codes(told.verdict.authority)
    assert "moment.decided.mixed" in codes(told.timeline)


def test_an_outcome_without_words_stays_so_whatever_its_questions_say() -> None:
    told = page(decided("zz_new", None, issue("upheld"), issue("changed", "partly")))
    assert told.verdict
    assert told.verdict.badge.code == "outcome.unknown.short"
    assert codes(told.verdict.authority) == []


@pytest.mark.parametrize(
    ("whole", "part"),
    [("upheld", issue("changed", "complainant")), ("changed", issue("upheld"))],
)
def test_a_whole_that_none_of_its_questions_bears_out_is_not_told(whole: str, part: object) -> None:
    told = page(decided(whole, "complainant", part))  # type: ignore[arg-type]
    assert told.verdict
    assert told.verdict.badge.code == "outcome.unknown.short"
    assert codes(told.verdict.meaning) == ["outcome.unknown.meaning", "outcome.letter"]
    assert codes(told.verdict.authority) == codes(told.verdict.ways) == []
    assert told.badge.code == "outcome.unknown.short"
    assert codes(told.now) == ["now.decision_unclear"]
    assert f"moment.decided.{whole}" not in codes(told.timeline)


def test_alike_answers_are_told_as_the_outcome() -> None:
    told = page(decided("upheld", None, issue("upheld"), issue("upheld", "authority")))
    assert told.verdict
    assert told.verdict.badge.code == "outcome.upheld.short"


def test_the_right_authority_is_named_where_it_is_told() -> None:
    verdict = page(decided("passed_on", passed_to="Rette Nævn")).verdict
    assert verdict
    assert verdict.meaning[0] == Passage(
        "outcome.passed_on.meaning_to", {"authority": "Rette Nævn"}
    )
    upheld = page(decided("upheld", passed_to="Rette Nævn")).verdict
    assert upheld
    assert upheld.meaning[0] == Passage("outcome.upheld.meaning")


@pytest.mark.parametrize(("outcome", "ways"), WAYS.items())
def test_what_the_reader_can_do_differs_by_outcome(outcome: str, ways: list[str]) -> None:
    verdict = page(decided(outcome)).verdict
    assert verdict
    assert codes(verdict.ways) == ways


def test_the_ombudsmans_last_day_is_told_until_it_has_passed() -> None:
    state = decided("upheld", on=date(2026, 3, 3))
    for today, code in (("2027-03-03", "ombudsman"), ("2027-03-04", "ombudsman_passed")):
        verdict = page(state, date.fromisoformat(today)).verdict
        assert verdict
        assert Passage(f"after.{code}", {"date": date(2027, 3, 3)}) in verdict.ways


def test_the_ombudsman_is_not_offered_where_he_has_no_say() -> None:
    private = Received(number=NUMBER, area="equal_treatment", authority=AUTHORITY)
    verdict = page(case(private, Decided(outcome="upheld"))).verdict
    assert verdict
    assert codes(verdict.ways) == [
        "after.reopening",
        "after.courts",
        "after.no_higher_board",
    ]


def test_what_the_authority_must_do_has_its_last_day() -> None:
    state = decided("changed", "complainant", authority_due=DUE)
    for today, how in ((DUE, "due"), (date(2026, 6, 2), "late")):
        verdict = page(state, today).verdict
        assert verdict
        assert verdict.authority == (
            Passage("outcome.changed.authority", {"authority": AUTHORITY}),
            Passage(f"outcome.authority_{how}", {"authority": AUTHORITY, "date": DUE}),
        )


def test_a_returned_case_tells_its_last_day_once() -> None:
    told = page(case(RECEIVED, RETURNED), DUE)
    assert told.verdict
    assert codes(told.verdict.authority) == ["outcome.returned.authority"]
    assert codes(told.now) == ["stage.returned.now", "returned.due"]


def test_an_unnamed_authority_is_told_nothing_about() -> None:
    told = page(case(Decided(outcome="changed", authority_due=DUE)))
    assert told.verdict
    assert told.verdict.authority == ()


@pytest.mark.parametrize(
    ("today", "how"),
    [(DUE, "returned.due"), (date(2026, 6, 2), "returned.late")],
)
def test_a_returned_case_is_late_the_day_after(today: date, how: str) -> None:
    now = page(case(RECEIVED, RETURNED), today).now
    assert now == (
        Passage("stage.returned.now", {"authority": AUTHORITY}),
        Passage(how, {"authority": AUTHORITY, "date": DUE}),
    )


def test_a_returned_case_without_a_last_day_says_so() -> None:
    now = page(decided("returned")).now
    assert now[1] == Passage("returned.undated", {"authority": AUTHORITY})


@pytest.mark.parametrize("result", ["in_favour", "partly", "same"])
def test_the_new_decision_is_told_and_what_then(result: str) -> None:
    told = page(case(RECEIVED, RETURNED, AuthorityDecidedAgain(result=result)))
    again = Passage(f"again.{result}", {"authority": AUTHORITY, "date": day(3)})
    assert told.now == (again,)
    assert told.coming == (Passage("again.complain_until", {"date": date(2026, 2, 4)}),)
    assert told.holder == Passage("holder.nobody", {"since": day(2)})  # when we sent it back
    assert (told.badge.code, told.branches) == ("badge.decided_again", ())


def test_how_to_complain_of_the_new_decision_is_said_once() -> None:
    verdict = page(case(RECEIVED, RETURNED, AuthorityDecidedAgain(result="same"))).verdict
    assert verdict
    assert codes(verdict.ways) == ["after.reopening", "after.ombudsman", "after.courts"]


def test_a_case_that_was_closed_afterwards_still_tells_the_new_decision() -> None:
    again = AuthorityDecidedAgain(result="in_favour")
    told = page(case(RECEIVED, RETURNED, again, COMPLETED))
    assert codes(told.now) == ["stage.closed.now", "again.in_favour"]


def test_a_new_decision_without_words_is_neutral() -> None:
    told = page(case(RECEIVED, RETURNED, AuthorityDecidedAgain(result="zz_new")))
    assert codes(told.now) == ["again.unknown"]


def test_a_closed_case_shows_its_decision_and_its_end() -> None:
    told = page(case(RECEIVED, RETURNED, COMPLETED))
    assert told.verdict
    assert told.ending == Passage("ending.completed", {"date": day(3)})


def test_a_decision_called_back_is_no_decision() -> None:
    told = page(case(RECEIVED, RETURNED, DecisionWithdrawn()))
    assert told.verdict is None
    assert Passage("now.decision_withdrawn", {"date": day(3)}) in told.now
    assert not any(code.startswith(("outcome.", "returned.")) for code in codes(told))
