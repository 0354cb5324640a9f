"""The decision, and what ended the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.cases.rules import overall
from portal.cases.words import MIXED, Ending, Favour, Outcome, Stage
from portal.explanations.words import UNKNOWN, Passage
from portal.telling.rules.said import known, say
from portal.telling.words import IssueLine, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from portal.cases.words import Decision, State
    from portal.deadlines.words import Dates


WAYS: dict[str, tuple[str, ...]] = {
    Outcome.UPHELD: ("reopening", "ombudsman", "courts", "no_higher"),
    Outcome.CHANGED: ("reopening", "ombudsman", "courts", "no_higher"),
    Outcome.ANNULLED: ("reopening", "ombudsman", "courts", "no_higher"),
    Outcome.RETURNED: ("new_complaint", "reopening", "ombudsman", "courts"),
    Outcome.DISMISSED: ("reopening", "ombudsman", "courts", "no_higher"),
    Outcome.PASSED_ON: ("right_authority", "ombudsman"),
}


def outcome_of(decision: Decision) -> str:
    """The outcome as a whole: `mixed` where several questions were answered differently."""
    whole = overall(decision.outcome, decision.issues)
    return MIXED if whole == MIXED else known(whole, Outcome)


def verdict(state: State, dates: Dates, today: date) -> Verdict | None:
    decision = state.decision
    if decision is None:
        return None
    outcome = outcome_of(decision)
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
            IssueLine(issue.title, _issue_outcome(issue.outcome, issue.favours))
            for issue in decision.issues
        ),
        authority=tuple(_for_authority(state, decision, outcome, today)),
        ways=tuple(_ways(decision, dates, again=again)),
    )


def _meaning(decision: Decision, outcome: str) -> Passage:
    if outcome == Outcome.CHANGED:
        return Passage(f"outcome.changed.meaning.{known(decision.favours, Favour)}")
    if outcome == Outcome.PASSED_ON and decision.passed_to:
        return Passage("outcome.passed_on.meaning_to", {"authority": decision.passed_to})
    return Passage(f"outcome.{outcome}.meaning")


def _issue_outcome(outcome: str, favours: str | None) -> Passage:
    if outcome == Outcome.CHANGED:
        return Passage(f"outcome.changed.issue.{known(favours, Favour)}")
    return Passage(f"outcome.{known(outcome, Outcome)}.short")


def _for_authority(
    state: State, decision: Decision, outcome: str, today: date
) -> Iterator[Passage]:
    if state.authority is None or outcome == UNKNOWN or state.decided_again:
        return
    yield Passage(f"outcome.{outcome}.authority", {"authority": state.authority})
    due = decision.authority_due
    if due is not None and state.stage is not Stage.RETURNED:
        how = "authority_late" if today > due else "authority_due"
        yield Passage(f"outcome.{how}", {"authority": state.authority, "date": due})


def _ways(decision: Decision, dates: Dates, *, again: bool) -> Iterator[Passage]:
    """What the reader can do now. How to complain of a new decision is said with that decision."""
    if outcome_of(decision) == UNKNOWN:
        return
    ways = WAYS[decision.outcome]
    if any(issue.outcome == Outcome.RETURNED for issue in decision.issues):
        ways = tuple(dict.fromkeys(("new_complaint", *ways)))  # that part is decided again
    for way in ways:
        if again and way == "new_complaint":
            continue
        if way != "ombudsman":
            yield Passage(f"after.{way}")
        elif dates.ombudsman:
            passed = "_passed" if dates.ombudsman.passed else ""
            yield Passage(f"after.ombudsman{passed}", {"date": dates.ombudsman.on})


def ending(state: State) -> Passage | None:
    if state.stage is not Stage.CLOSED:
        return None
    return say(f"ending.{known(state.ending, Ending)}", date=state.closed)
