"""What each event does that decides a case, closes it, or opens it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.cases import words
from portal.cases.rules.drafts import codes_of
from portal.cases.rules.stages import WORKING
from portal.cases.words import Stage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from portal.cases.rules.drafts import Draft, Step


CONTRADICTORY = "contradictory"  # an outcome that none of the questions of a decision has


def differing(issues: tuple[words.Issue, ...]) -> bool:
    """Whether the questions of one decision were answered differently."""
    return len({_answer(issue) for issue in issues}) > 1


def overall(outcome: str, issues: tuple[words.Issue, ...]) -> str:
    """What a decision is as a whole, where its questions bear out what the source calls it.

    `MIXED` where they were answered differently, `CONTRADICTORY` where each was answered in
    words, and none as the source calls the whole.
    """
    if outcome not in codes_of(words.Outcome):
        return outcome
    if differing(issues):
        return words.MIXED
    told = {issue.outcome for issue in issues}
    return CONTRADICTORY if told and told <= codes_of(words.Outcome) - {outcome} else outcome


def _answer(issue: words.Issue) -> tuple[str, str | None]:
    """Whom it favours tells two answers apart only where something was changed."""
    return (issue.outcome, issue.favours if issue.outcome == words.Outcome.CHANGED else None)


def _note_decision(data: words.Decided, case: Draft, event: str) -> None:
    case.note("outcome", data.outcome, words.Outcome, event)
    if overall(data.outcome, data.issues) == CONTRADICTORY:
        case.note("outcome", CONTRADICTORY, words.Outcome, event)
    case.note("favours", data.favours, words.Favour, event)
    for issue in data.issues:
        case.note("outcome", issue.outcome, words.Outcome, event)
        case.note("favours", issue.favours, words.Favour, event)


def _decided(data: words.Decided, case: Draft, day: date, event: str) -> None:
    _note_decision(data, case, event)
    on = data.on or day
    whole = overall(data.outcome, data.issues)
    case.tell("decided", on, whole)
    case.decision_withdrawn = case.decided_again = None
    case.decision = words.Decision(
        on, data.outcome, data.favours, data.issues, data.authority_due, data.passed_to
    )
    if whole not in codes_of(words.Outcome) | {words.MIXED}:
        case.stage_unclear = True  # what it means for the course is not known
        return
    if case.stage in WORKING:
        case.stage_before = case.stage
    _end(case, Stage.RETURNED if data.outcome == words.Outcome.RETURNED else Stage.DECIDED, on)


def _end(case: Draft, stage: Stage, on: date) -> None:
    """Nothing is under way any longer, and nobody owes an answer."""
    case.stage, case.stage_since, case.stage_unclear = stage, on, False
    case.suspended = case.suspended_since = None
    case.requests = {name: asked for name, asked in case.requests.items() if asked.answered}


def _decision_withdrawn(data: words.DecisionWithdrawn, case: Draft, day: date, event: str) -> None:
    del data, event
    if case.decision is None:
        return
    case.tell("decision_withdrawn", day)
    case.decision = case.decided_again = None
    case.decision_withdrawn = day
    case.ending = case.closed = None
    before = case.stage if case.stage in WORKING else case.stage_before
    if before is not case.stage:
        case.stage_since = day
    case.stage, case.stage_unclear = before or Stage.ASSESSMENT, before is None


def closed(data: words.Closed, case: Draft, day: date, event: str) -> None:
    case.note("ending", data.reason, words.Ending, event)
    _end(case, Stage.CLOSED, day)
    case.ending, case.closed = data.reason, day
    case.tell("closed", day, data.reason)


def _reopening_requested(
    data: words.ReopeningRequested, case: Draft, day: date, event: str
) -> None:
    del data, event
    case.reopening_requested, case.reopening_refused = day, None
    case.tell("reopening_requested", day)


def _reopening_refused(data: words.ReopeningRefused, case: Draft, day: date, event: str) -> None:
    del data, event
    case.reopening_requested, case.reopening_refused = None, day
    case.tell("reopening_refused", day)


def _reopened(data: words.Reopened, case: Draft, day: date, event: str) -> None:
    del data, event
    if case.decision is not None:
        case.earlier_decisions.append(case.decision)
    case.decision = case.decided_again = None
    case.stage, case.stage_since, case.stage_unclear = Stage.QUEUED, day, False
    case.stage_before = None
    case.clock_from = case.reopened = day
    case.reopening_requested = case.reopening_refused = None
    case.suspended = case.suspended_since = None
    case.announced = []
    case.office = case.office_since = None
    case.meeting, case.urgent = None, False
    case.ending = case.closed = None
    case.tell("reopened", day)


def _again(data: words.AuthorityDecidedAgain, case: Draft, day: date, event: str) -> None:
    case.note("again", data.result, words.AgainResult, event)
    on = data.on or day
    case.decided_again = words.DecidedAgain(on, data.result)
    case.tell("again", on, data.result)


# A table, and no decorators: `make mutate` plants no faults in decorated functions.
STEPS: Mapping[type[words.Happening], Step] = {
    words.Decided: _decided,
    words.DecisionWithdrawn: _decision_withdrawn,
    words.Closed: closed,
    words.ReopeningRequested: _reopening_requested,
    words.ReopeningRefused: _reopening_refused,
    words.Reopened: _reopened,
    words.AuthorityDecidedAgain: _again,
}
