"""From a case and its dates to what is told: which passages, with which values, in which order.

A passage whose value is not known is not said: the page says instead that it cannot tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.cases.rules import ENDED, WORKING, overall
from portal.cases.words import (
    MIXED,
    Addressee,
    AgainResult,
    Area,
    Ending,
    Favour,
    MoveReason,
    Outcome,
    RequestKind,
    Role,
    Stage,
    SuspensionReason,
)
from portal.explanations.words import UNKNOWN, Audience, Passage
from portal.telling.words import Card, CasePage, IssueLine, Line, Task, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from enum import StrEnum

    from portal.cases.words import Decision, Moment, Request, State
    from portal.deadlines.words import Dates
    from portal.telling.words import Reader

STAGES = tuple(Stage)
ACTING = frozenset({Role.REPRESENTATIVE, Role.GUARDIAN, Role.PARENT})
UNCLEAR = Passage("now.unclear")

BRANCHES: dict[Stage, tuple[str, ...]] = {
    Stage.REASSESSMENT: ("authority_changes", "authority_partly_changes", "authority_forwards"),
    Stage.QUEUED: ("work_starts", "more_information"),
    Stage.CLARIFICATION: ("more_information", "hearing", "assessment"),
    Stage.HEARING: ("more_information", "assessment"),
    Stage.ASSESSMENT: ("decision", "meeting", "more_information"),
    Stage.MEETING: ("decision", "more_information"),
    Stage.RETURNED: ("new_decision_better", "new_decision_same"),
}
# What may come, in the usual order. The rest of the course is not foretold.
AHEAD = (Stage.CLARIFICATION, Stage.HEARING, Stage.ASSESSMENT, Stage.MEETING, Stage.DECIDED)

WAYS: dict[str, tuple[str, ...]] = {
    Outcome.UPHELD: ("reopening", "ombudsman", "courts", "no_higher"),
    Outcome.CHANGED: ("reopening", "ombudsman", "courts", "no_higher"),
    Outcome.ANNULLED: ("reopening", "ombudsman", "courts", "no_higher"),
    Outcome.RETURNED: ("new_complaint", "reopening", "ombudsman", "courts"),
    Outcome.DISMISSED: ("reopening", "ombudsman", "courts", "no_higher"),
    Outcome.PASSED_ON: ("right_authority", "ombudsman"),
}


def _known(code: str | None, codes: type[StrEnum]) -> str:
    """The code, or the code of the text for those that have no words of their own."""
    return code if code is not None and code in set(codes) else UNKNOWN


def _say(code: str, **values: object) -> Passage:
    """The passage; or that the status cannot be shown, where one of its values is missing."""
    return UNCLEAR if any(value is None for value in values.values()) else Passage(code, values)


def audience_of(reader: Reader) -> Audience:
    """Whom the texts speak to."""
    if reader.role is Role.COMPLAINANT:
        return Audience.CITIZEN
    return Audience.PARTY if reader.role is Role.PARTY else Audience.REPRESENTATIVE


def page_of(state: State, dates: Dates, reader: Reader, today: date) -> CasePage:
    """The whole page of a case."""
    area = _known(state.area, Area)
    return CasePage(
        audience=audience_of(reader),
        heading=Passage(f"area.{area}.heading"),
        about=Passage(f"area.{area}.about"),
        badge=badge_of(state),
        banner=_banner(reader),
        tasks=tuple(_tasks(state, reader, today)),
        now=tuple(_now(state, reader, today)),
        holder=_holder(state, dates, today),
        verdict=_verdict(state, dates, today),
        ending=_ending(state),
        dates=tuple(_dates(state, dates)),
        date_history=tuple(_date_history(state)),
        coming=tuple(_coming(state)),
        branches=tuple(_branches(state)),
        timeline=tuple(_timeline(state)),
        how=_say("act.how", number=state.number),
        nothing=_nothing(state, reader, today),
    )


def card_of(state: State, dates: Dates, reader: Reader, today: date) -> Card:
    """A case in the list."""
    return Card(
        audience=audience_of(reader),
        heading=Passage(f"area.{_known(state.area, Area)}.heading"),
        badge=badge_of(state),
        banner=_banner(reader),
        now=next(_now(state, reader, today)),
        expected=next(_dates(state, dates), None),
        task=next(_tasks(state, reader, today), None),
        ended=state.stage in {Stage.DECIDED, Stage.CLOSED},
    )


def badge_of(state: State) -> Passage:
    """Where the case is, in a few words: the outcome once there is one."""
    if state.stage_unclear or state.stage is None:
        return Passage("badge.unclear")
    if state.stage is Stage.DECIDED and state.decision:
        return Passage(f"outcome.{_outcome(state.decision)}.short")
    if state.suspended and state.stage in WORKING:
        return Passage("badge.suspended")
    if state.decided_again and state.stage in ENDED:
        return Passage("badge.decided_again")
    return Passage(f"stage.{state.stage}.name")


def _banner(reader: Reader) -> Passage | None:
    if reader.role is Role.COMPLAINANT:
        return None
    if reader.role is Role.PARTY:
        return Passage("role.party.banner")
    if reader.acts_for_name is None:
        return Passage(f"role.{reader.role}.banner_unnamed")
    return Passage(f"role.{reader.role}.banner", {"name": reader.acts_for_name})


# --- What is asked of the reader, and of others.


def _open_requests(state: State) -> list[Request]:
    if state.stage in ENDED or state.suspended:
        return []
    return [request for request in state.requests if request.answered is None]


def is_asked(state: State, request: Request, reader: Reader) -> bool:
    """Whether it is this reader who must answer."""
    if request.addressee == Addressee.COMPLAINANT:
        return reader.role is Role.COMPLAINANT or _acts_for_complainant(state, reader)
    if request.addressee == Addressee.PARTY and request.person is not None:
        return request.person in {reader.person, reader.acts_for}
    return False


def _acts_for_complainant(state: State, reader: Reader) -> bool:
    """Whoever acts for another party is not shown what the complainant is asked for."""
    if reader.role not in ACTING:
        return False
    complainants = {p.person for p in state.parties if p.role == Role.COMPLAINANT}
    return reader.acts_for is None or reader.acts_for in complainants


def _tasks(state: State, reader: Reader, today: date) -> Iterator[Task]:
    mine = [request for request in _open_requests(state) if is_asked(state, request, reader)]
    for request in sorted(mine, key=lambda r: (r.due is None, r.due, r.request)):
        kind = _known(request.kind, RequestKind)
        late = request.due is not None and today > request.due
        how = "undated" if request.due is None else "late" if late else "due"
        values = {} if request.due is None else {"due": request.due}
        moved = None
        if request.moved_from:
            moved = _say("act.moved", old=request.moved_from[-1], due=request.due)
        yield Task(
            Passage(f"act.{kind}.{how}", values),
            Passage(f"act.{kind}.otherwise"),
            request.due,
            late,
            moved,
            request.request,
        )


def _nothing(state: State, reader: Reader, today: date) -> Passage | None:
    """That nothing is asked: not said where the status is unclear or a code is without words."""
    at_work = state.stage is Stage.REASSESSMENT or state.stage in WORKING
    unsure = state.stage_unclear or state.unknown or state.suspended
    if not at_work or unsure or any(_tasks(state, reader, today)):
        return None
    return Passage("act.nothing")


def _waiting(request: Request, today: date) -> Passage:
    who = _known(request.addressee, Addressee)
    if request.due is None:
        return Passage(f"waiting.{who}.undated")
    how = "late" if today > request.due else "due"
    return Passage(f"waiting.{who}.{how}", {"due": request.due})


# --- Where the case is now.


def _now(state: State, reader: Reader, today: date) -> Iterator[Passage]:
    """At least one passage."""
    if state.stage_unclear or state.stage is None:
        yield UNCLEAR
    elif state.suspended and state.stage in WORKING:
        yield Passage(f"now.suspended.{_known(state.suspended, SuspensionReason)}")
    else:
        yield from _now_by_stage(state, reader, today)
    if state.reopening_requested:
        yield Passage("now.reopening_requested", {"date": state.reopening_requested})
    if state.reopening_refused:
        yield Passage("now.reopening_refused", {"date": state.reopening_refused})


def _now_by_stage(state: State, reader: Reader, today: date) -> Iterator[Passage]:
    if state.stage is Stage.RETURNED:
        if not state.decided_again:
            yield _say("stage.returned.now", authority=state.authority)
        yield _returned(state, today)
    elif state.stage is Stage.REASSESSMENT:
        yield _say("stage.reassessment.now", authority=state.authority)
    else:
        yield Passage(f"stage.{state.stage}.now")
    if state.stage in WORKING:
        yield from _now_at_work(state, reader, today)


def _now_at_work(state: State, reader: Reader, today: date) -> Iterator[Passage]:
    if state.decision_withdrawn:
        yield Passage("now.decision_withdrawn", {"date": state.decision_withdrawn})
    for request in _open_requests(state):
        if not is_asked(state, request, reader):
            yield _waiting(request, today)
    if state.meeting:
        held = "meeting_held" if today > state.meeting else "meeting"
        yield Passage(f"now.{held}", {"date": state.meeting})
    if state.reopened:
        yield Passage("now.reopened", {"date": state.reopened})
    if state.urgent:
        yield Passage("now.urgent")


def _returned(state: State, today: date) -> Passage:
    """How it stands with the authority that must decide again."""
    again = state.decided_again
    if again:
        result = _known(again.result, AgainResult)
        return _say(f"again.{result}", authority=state.authority, date=again.on)
    due = state.decision.authority_due if state.decision else None
    if due is None:
        return _say("returned.undated", authority=state.authority)
    how = "late" if today > due else "due"
    return _say(f"returned.{how}", authority=state.authority, date=due)


def _holder(state: State, dates: Dates, today: date) -> Passage:
    """Who has the case, since when and, where it is known, until when."""
    if state.stage_unclear or state.stage is None:
        return Passage("holder.unclear")
    if state.reopening_requested:
        return _holds("holder.board", since=state.reopening_requested)
    if state.stage is Stage.REASSESSMENT:
        return _at_authority(state, dates.reassessment.on if dates.reassessment else None, today)
    if state.stage is Stage.RETURNED and not state.decided_again:
        due = state.decision.authority_due if state.decision else None
        return _at_authority(state, due, today)
    if state.stage in WORKING:
        return _at_board(state)
    ended = state.decided_again.on if state.decided_again else state.stage_since
    return _holds("holder.nobody", since=ended)


def _at_board(state: State) -> Passage:
    if state.stage is Stage.QUEUED:
        return _holds("holder.queue", since=state.stage_since)
    if state.office:
        return _holds("holder.office", office=state.office, since=state.office_since)
    return _holds("holder.board", since=state.clock_from)


def _holds(code: str, **values: object) -> Passage:
    """Who has the case; or that it cannot be told, where one of the values is missing."""
    if any(value is None for value in values.values()):
        return Passage("holder.unclear")
    return Passage(code, values)


def _at_authority(state: State, until: date | None, today: date) -> Passage:
    """The authority has it; until when is said only while that day has not passed."""
    values = {"authority": state.authority, "since": state.stage_since}
    if until is None or until < today:
        return _holds("holder.authority", **values)
    return _holds("holder.authority_until", **values, until=until)


# --- When a decision is to be expected.


def _dates(state: State, dates: Dates) -> Iterator[Passage]:
    if state.stage_unclear:
        return
    if dates.reassessment:
        late = "_late" if dates.reassessment.passed else ""
        yield Passage(f"date.reassessment{late}", {"date": dates.reassessment.on})
    if state.stage not in WORKING:
        return
    if state.suspended:
        yield _say("date.suspended", date=state.suspended_since)
        return
    if dates.announced:
        passed = "_passed" if dates.announced.passed else ""
        yield Passage(f"date.announced{passed}", {"date": dates.announced.on})
    else:
        yield Passage("date.none")
    yield from _limits(dates)
    if state.reopened:
        yield Passage("date.restarted", {"date": state.reopened})
    if state.urgent:
        yield Passage("date.urgent")


def _limits(dates: Dates) -> Iterator[Passage]:
    if dates.statutory and dates.statutory.on:
        passed = "_passed" if dates.statutory.passed else ""
        values = {"date": dates.statutory.on, "weeks": dates.statutory.limit.weeks}
        yield Passage(f"date.limit{passed}", values)
    target = dates.target
    if target is None:
        yield Passage("date.no_target")
    elif target.on is None:
        yield Passage("date.target_average", {"weeks": target.limit.weeks})
    else:
        passed = "_passed" if target.passed else ""
        values = {"date": target.on, "weeks": target.limit.weeks}
        yield Passage(f"date.target{passed}", values)


def _date_history(state: State) -> Iterator[Passage]:
    """The first date that was announced and each move, with its reason."""
    if state.stage not in WORKING:
        return
    for place, said in enumerate(state.announced):
        if place == 0:
            yield Passage("date.first", {"date": said.on, "said": said.said})
        else:
            values = {"old": state.announced[place - 1].on, "date": said.on, "said": said.said}
            yield Passage(f"date.moved.{_known(said.reason, MoveReason)}", values)


# --- The decision, and what ended the case.


def _outcome(decision: Decision) -> str:
    """The outcome as a whole: `mixed` where several questions were answered differently."""
    whole = overall(decision.outcome, decision.issues)
    return MIXED if whole == MIXED else _known(whole, Outcome)


def _verdict(state: State, dates: Dates, today: date) -> Verdict | None:
    decision = state.decision
    if decision is None:
        return None
    outcome = _outcome(decision)
    again = state.decided_again is not None and decision.outcome == Outcome.RETURNED
    return Verdict(
        on=decision.on,
        badge=Passage("stage.returned.name" if again else f"outcome.{outcome}.short"),
        meaning=(
            Passage("outcome.returned.meaning_again") if again else _meaning(decision, outcome),
            Passage("outcome.letter"),
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
        return Passage(f"outcome.changed.meaning.{_known(decision.favours, Favour)}")
    if outcome == Outcome.PASSED_ON and decision.passed_to:
        return Passage("outcome.passed_on.meaning_to", {"authority": decision.passed_to})
    return Passage(f"outcome.{outcome}.meaning")


def _issue_outcome(outcome: str, favours: str | None) -> Passage:
    if outcome == Outcome.CHANGED:
        return Passage(f"outcome.changed.issue.{_known(favours, Favour)}")
    return Passage(f"outcome.{_known(outcome, Outcome)}.short")


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
    for way in () if _outcome(decision) == UNKNOWN else WAYS[decision.outcome]:
        if again and way == "new_complaint":
            continue
        if way != "ombudsman":
            yield Passage(f"after.{way}")
        elif dates.ombudsman:
            passed = "_passed" if dates.ombudsman.passed else ""
            yield Passage(f"after.ombudsman{passed}", {"date": dates.ombudsman.on})


def _ending(state: State) -> Passage | None:
    if state.stage is not Stage.CLOSED:
        return None
    return _say(f"ending.{_known(state.ending, Ending)}", date=state.closed)


# --- What comes, and what has been.


def _coming(state: State) -> Iterator[Passage]:
    if state.stage is not None and not state.stage_unclear and not state.suspended:
        if state.stage is Stage.RETURNED and state.decided_again:
            yield Passage("again.complain")
        else:
            yield Passage(f"stage.{state.stage}.next")


def _branches(state: State) -> Iterator[Passage]:
    codes: tuple[str, ...] = ()
    if state.reopening_requested:
        codes = ("reopening_granted", "reopening_refused")
    elif state.stage_unclear or state.stage is None or state.decided_again:
        codes = ()
    elif state.suspended and state.stage in WORKING:
        codes = ("resumed",)
    else:
        codes = BRANCHES.get(state.stage, ())
    for code in codes:
        yield Passage(f"branch.{code}")


CODED: dict[str, type[StrEnum]] = {
    "request": Addressee,
    "request_due": Addressee,
    "answered": Addressee,
    "suspended": SuspensionReason,
    "decided": Outcome,
    "closed": Ending,
    "again": AgainResult,
}


def _happened(moment: Moment) -> Passage:
    code = f"moment.{moment.what}"
    if moment.code == MIXED:
        code = f"{code}.{MIXED}"
    elif moment.what in CODED:
        code = f"{code}.{_known(moment.code, CODED[moment.what])}"
    return Passage(code, {} if moment.due is None else {"due": moment.due})


def _timeline(state: State) -> Iterator[Line]:
    """What has happened, where the case is, and what may come. Only the first is dated."""
    for moment in sorted(state.moments, key=lambda m: m.on):
        yield Line("done", moment.on, _happened(moment), moment.back)
    if state.stage is None or state.stage_unclear:
        return
    if state.stage in WORKING or state.stage is Stage.REASSESSMENT:
        yield Line("now", None, Passage(f"stage.{state.stage}.name"))
    if state.stage in WORKING and not state.suspended:
        place = STAGES.index(state.stage)
        for stage in AHEAD:
            if STAGES.index(stage) > place:
                yield Line("maybe", None, Passage(f"stage.{stage}.maybe"))
