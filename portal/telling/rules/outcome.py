"""The decision, and what ended the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.cases.rules import WORKING, overall
from portal.cases.words import MIXED, Ending, Favour, Outcome, Stage
from portal.explanations.words import UNKNOWN, Passage
from portal.telling.rules.boards import complained_of, decides, decides_first
from portal.telling.rules.place import never_here
from portal.telling.rules.said import known, say
from portal.telling.words import IssueLine, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from portal.cases.words import Decision, Issue, State
    from portal.deadlines.words import Dates


WAYS: dict[str, tuple[str, ...]] = {
    Outcome.UPHELD: ("reopening", "ombudsman", "courts", "no_higher"),
    Outcome.CHANGED: ("reopening", "ombudsman", "courts", "no_higher"),
    Outcome.ANNULLED: ("reopening", "ombudsman", "courts", "no_higher"),
    Outcome.RETURNED: ("new_complaint", "reopening", "ombudsman", "courts"),
    Outcome.DISMISSED: ("reopening", "ombudsman", "courts", "no_higher"),
    Outcome.PASSED_ON: ("right_authority", "ombudsman"),
}


def outcome_of(state: State, decision: Decision) -> str:
    """The outcome as a whole: `mixed` where several questions were answered differently.

    The words for outcomes are about an authority's decision, so there are none without one.
    """
    if decides_first(state):
        return UNKNOWN
    return _whole(decision)


def _whole(decision: Decision) -> str:
    whole = overall(decision.outcome, decision.issues)
    return MIXED if whole == MIXED else known(whole, Outcome)


def verdict(state: State, dates: Dates, today: date) -> Verdict | None:
    decision = state.decision
    if decision is None:
        return None
    outcome = outcome_of(state, decision)
    again = state.decided_again is not None and decision.outcome == Outcome.RETURNED
    return Verdict(
        on=decision.on,
        badge=Passage("stage.returned.name" if again else f"outcome.{outcome}.short"),
        meaning=(
            (Passage("outcome.returned.meaning_again"),)
            if again
            else (_meaning(decision, outcome), Passage("outcome.letter"))
        ),
        issues=tuple(
            IssueLine(issue.title, _issue_outcome(state, issue)) for issue in decision.issues
        ),
        authority=tuple(_for_authority(state, decision, outcome, today)),
        ways=tuple(_ways(state, decision, dates, again=again)),
    )


def _meaning(decision: Decision, outcome: str) -> Passage:
    if outcome == Outcome.CHANGED:
        return Passage(f"outcome.changed.meaning.{known(decision.favours, Favour)}")
    if outcome == Outcome.PASSED_ON and decision.passed_to:
        return Passage("outcome.passed_on.meaning_to", {"authority": decision.passed_to})
    return Passage(f"outcome.{outcome}.meaning")


def _issue_outcome(state: State, issue: Issue) -> Passage:
    if decides_first(state):
        return Passage("outcome.unknown.short")
    if issue.outcome == Outcome.CHANGED:
        return Passage(f"outcome.changed.issue.{known(issue.favours, Favour)}")
    return Passage(f"outcome.{known(issue.outcome, Outcome)}.short")


def _for_authority(
    state: State, decision: Decision, outcome: str, today: date
) -> Iterator[Passage]:
    authority = complained_of(state)
    if authority is None or outcome == UNKNOWN or state.decided_again:
        return
    yield Passage(f"outcome.{outcome}.authority", {"authority": authority})
    due = decision.authority_due
    if due is not None and state.stage is not Stage.RETURNED:
        how = "authority_late" if today > due else "authority_due"
        yield Passage(f"outcome.{how}", {"authority": authority, "date": due})


def _ways(state: State, decision: Decision, dates: Dates, *, again: bool) -> Iterator[Passage]:
    """What the reader can do now. How to complain of a new decision is said with that decision."""
    if _whole(decision) == UNKNOWN:
        return
    ways = WAYS[decision.outcome]
    if any(issue.outcome == Outcome.RETURNED for issue in decision.issues):
        ways = tuple(dict.fromkeys(("new_complaint", *ways)))  # that part is decided again
    for way in ways:
        if again and way == "new_complaint":
            continue
        if way == "no_higher" and decides(state):
            yield Passage("after.no_higher_board")
        elif way != "ombudsman":
            yield Passage(f"after.{way}")
        elif dates.ombudsman:
            passed = "_passed" if dates.ombudsman.passed else ""
            yield Passage(f"after.ombudsman{passed}", {"date": dates.ombudsman.on})


def ending(state: State) -> Passage | None:
    if state.stage is not Stage.CLOSED:
        return None
    reason = known(state.ending, Ending)
    if never_here(state):
        return say(f"ending.{reason}.before", authority=state.authority, date=state.closed)
    if reason != Ending.COMPLETED and (state.decision or state.earlier_decisions):
        reason = UNKNOWN  # the other texts say that nothing was decided
    return say(f"ending.{reason}", date=state.closed)


def earlier(state: State) -> Iterator[Passage]:
    """What was decided before the case was reopened, the oldest first."""
    for decision in state.earlier_decisions:
        outcome = outcome_of(state, decision)
        if outcome == Outcome.CHANGED:
            outcome = f"changed.{known(decision.favours, Favour)}"
        yield Passage(f"earlier.{outcome}", {"date": decision.on})
    if state.earlier_decisions and state.stage in WORKING:
        yield Passage("earlier.meanwhile")
