"""What is asked of the reader, and of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.cases.rules import ENDED, WORKING
from portal.cases.words import Addressee, RequestKind, Role, Stage
from portal.explanations.words import Passage
from portal.telling.rules.said import known, say
from portal.telling.words import Task

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from portal.cases.words import Request, State
    from portal.telling.words import Reader


ACTING = frozenset({Role.REPRESENTATIVE, Role.GUARDIAN, Role.PARENT})


def open_requests(state: State) -> list[Request]:
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


def tasks(state: State, reader: Reader, today: date) -> Iterator[Task]:
    mine = [request for request in open_requests(state) if is_asked(state, request, reader)]
    for request in sorted(mine, key=lambda r: (r.due is None, r.due, r.request)):
        kind = known(request.kind, RequestKind)
        late = request.due is not None and today > request.due
        how = "undated" if request.due is None else "late" if late else "due"
        values = {} if request.due is None else {"due": request.due}
        moved = None
        if request.moved_from:
            moved = say("act.moved", old=request.moved_from[-1], due=request.due)
        yield Task(
            Passage(f"act.{kind}.{how}", values),
            Passage(f"act.{kind}.otherwise"),
            request.due,
            late,
            moved,
            request.request,
        )


def nothing(state: State, reader: Reader, today: date) -> Passage | None:
    """That nothing is asked: not said where the status is unclear or a code is without words."""
    at_work = state.stage is Stage.REASSESSMENT or state.stage in WORKING
    unsure = state.stage_unclear or state.unknown or state.suspended
    if not at_work or unsure or any(tasks(state, reader, today)):
        return None
    return Passage("act.nothing")


def waiting(request: Request, today: date) -> Passage:
    who = known(request.addressee, Addressee)
    if request.due is None:
        return Passage(f"waiting.{who}.undated")
    how = "late" if today > request.due else "due"
    return Passage(f"waiting.{who}.{how}", {"due": request.due})
