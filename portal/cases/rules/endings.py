"""What each event does that decides a case, closes it, or opens it again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal.cases import words
from portal.cases.rules.notes import WORKING, noted, told_of
from portal.cases.words import Stage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from portal.cases.rules.notes import Step
    from portal.cases.words import State


CONTRADICTORY = "contradictory"  # an outcome that none of the questions of a decision has


def differing(issues: tuple[words.Issue, ...]) -> bool:
    """Whether the questions of one decision were answered differently."""
    return len({_answer(issue) for issue in issues}) > 1


def overall(outcome: str, issues: tuple[words.Issue, ...]) -> str:
    """What a decision is as a whole, where its questions bear out what the source calls it.

    `MIXED` where they were answered differently, `CONTRADICTORY` where each was answered in
    words, and none as the source calls the whole.
    """
    if outcome not in set(words.Outcome):
        return outcome
    if differing(issues):
        return words.MIXED
    told = {issue.outcome for issue in issues}
    return CONTRADICTORY if told and told <= set(words.Outcome) - {outcome} else outcome


def _answer(issue: words.Issue) -> tuple[str, str | None]:
    """Whom it favours tells two answers apart only where something was changed."""
    return (issue.outcome, issue.favours if issue.outcome == words.Outcome.CHANGED else None)


def _decision_notes(data: words.Decided, state: State, event: str) -> State:
    state = noted(state, "outcome", data.outcome, words.Outcome, event)
    if overall(data.outcome, data.issues) == CONTRADICTORY:
        state = noted(state, "outcome", CONTRADICTORY, words.Outcome, event)
    state = noted(state, "favours", data.favours, words.Favour, event)
    for issue in data.issues:
        state = noted(state, "outcome", issue.outcome, words.Outcome, event)
        state = noted(state, "favours", issue.favours, words.Favour, event)
    return state


def _decided(data: words.Decided, state: State, day: date, event: str) -> State:
    state = _decision_notes(data, state, event)
    on = data.on or day
    whole = overall(data.outcome, data.issues)
    state = told_of(state, "decided", on, whole)
    state = replace(state, decision_withdrawn=None, decided_again=None)
    made = words.Decision(
        on, data.outcome, data.favours, data.issues, data.authority_due, data.passed_to
    )
    if whole not in {*words.Outcome, words.MIXED}:  # what it means for the course is not known
        return replace(state, decision=made, stage_unclear=True)
    stage = Stage.RETURNED if data.outcome == words.Outcome.RETURNED else Stage.DECIDED
    return replace(
        state,
        decision=made,
        stage_before=state.stage if state.stage in WORKING else state.stage_before,
        stage=stage,
        stage_since=on,
        stage_unclear=False,
        suspended=None,
        suspended_since=None,
        requests=tuple(r for r in state.requests if r.answered),
    )


def _decision_withdrawn(
    data: words.DecisionWithdrawn, state: State, day: date, event: str
) -> State:
    del data, event
    if state.decision is None:
        return state
    state = told_of(state, "decision_withdrawn", day)
    before = state.stage if state.stage in WORKING else state.stage_before
    return replace(
        state,
        decision=None,
        decided_again=None,
        decision_withdrawn=day,
        stage=before or Stage.ASSESSMENT,
        stage_since=state.stage_since if before is state.stage else day,
        stage_unclear=before is None,
        ending=None,
        closed=None,
    )


def _closed(data: words.Closed, state: State, day: date, event: str) -> State:
    state = noted(state, "ending", data.reason, words.Ending, event)
    state = replace(
        state,
        stage=Stage.CLOSED,
        stage_since=day,
        stage_unclear=False,
        ending=data.reason,
        closed=day,
        suspended=None,
        suspended_since=None,
        requests=tuple(r for r in state.requests if r.answered),
    )
    return told_of(state, "closed", day, data.reason)


def _reopening_requested(
    data: words.ReopeningRequested, state: State, day: date, event: str
) -> State:
    del data, event
    state = replace(state, reopening_requested=day, reopening_refused=None)
    return told_of(state, "reopening_requested", day)


def _reopening_refused(data: words.ReopeningRefused, state: State, day: date, event: str) -> State:
    del data, event
    state = replace(state, reopening_requested=None, reopening_refused=day)
    return told_of(state, "reopening_refused", day)


def _reopened(data: words.Reopened, state: State, day: date, event: str) -> State:
    del data, event
    made = () if state.decision is None else (state.decision,)
    state = replace(
        state,
        stage=Stage.QUEUED,
        stage_since=day,
        stage_before=None,
        stage_unclear=False,
        clock_from=day,
        suspended=None,
        suspended_since=None,
        reopened=day,
        reopening_requested=None,
        reopening_refused=None,
        decision=None,
        earlier_decisions=(*state.earlier_decisions, *made),
        decided_again=None,
        announced=(),
        office=None,
        office_since=None,
        meeting=None,
        urgent=False,
        ending=None,
        closed=None,
    )
    return told_of(state, "reopened", day)


def _again(data: words.AuthorityDecidedAgain, state: State, day: date, event: str) -> State:
    state = noted(state, "again", data.result, words.AgainResult, event)
    on = data.on or day
    state = replace(state, decided_again=words.DecidedAgain(on, data.result))
    return told_of(state, "again", on, data.result)


# A table, and no decorators: `make mutate` plants no faults in decorated functions.
STEPS: Mapping[type[words.Happening], Step] = {
    words.Decided: _decided,
    words.DecisionWithdrawn: _decision_withdrawn,
    words.Closed: _closed,
    words.ReopeningRequested: _reopening_requested,
    words.ReopeningRefused: _reopening_refused,
    words.Reopened: _reopened,
    words.AuthorityDecidedAgain: _again,
}
