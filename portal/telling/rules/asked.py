"""What is asked of the reader, and of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.cases.rules import WORKING
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
    """What is still owed. A decision or a closing ends what was asked before it, in the fold."""
    return [request for request in state.requests if request.answered is None]


def is_asked(state: State, request: Request, reader: Reader) -> bool:
    """Whether it is this reader who must answer."""
    if request.addressee == Addressee.COMPLAINANT:
        # Whoever acts for another party is not shown what the complainant is asked for.
        complainants = {p.person for p in state.parties if p.role == Role.COMPLAINANT}
        return reader.role is Role.COMPLAINANT or bool(reader.acts_for & complainants)
    if request.addressee == Addressee.PARTY and request.person is not None:
        return request.person == reader.person or request.person in reader.acts_for
    return False


def _may_be_asked(request: Request, reader: Reader) -> bool:
    """Whether it may be this reader who must answer, without our being able to tell."""
    if reader.role in ACTING and not reader.acts_for:
        return True  # for whom is not told
    opposing = reader.role is Role.PARTY or reader.role in ACTING
    unsure = request.addressee not in set(Addressee) or (
        request.addressee == Addressee.PARTY and request.person is None
    )
    return unsure or (opposing and request.addressee == Addressee.OTHER_PARTY)


def tasks(state: State, reader: Reader, today: date) -> Iterator[Task]:
    mine = [request for request in open_requests(state) if is_asked(state, request, reader)]
    for request in sorted(mine, key=lambda r: (r.due is None, r.due, r.request)):
        kind = known(request.kind, RequestKind)
        late = request.due is not None and today > request.due
        how = "undated" if request.due is None else "late" if late else "due"
        values = {} if request.due is None else {"due": request.due}
        moved = None
        if request.moved_from:
            moved = _moved(request.moved_from[-1], request.due)
        yield Task(
            Passage(f"act.{kind}.{how}", values),
            Passage(f"act.{kind}.otherwise"),
            request.due,
            late,
            moved,
            request.request,
        )


def _moved(old: date, due: date | None) -> Passage:
    earlier = due is not None and due < old
    return say("act.moved_earlier" if earlier else "act.moved", old=old, due=due)


def nothing(state: State, reader: Reader, today: date) -> Passage | None:
    """That nothing is asked: not said where the status is unclear or a code is without words."""
    at_work = state.stage is Stage.REASSESSMENT or state.stage in WORKING
    unsure = state.stage_unclear or state.unknown or state.suspended
    if not at_work or unsure or any(tasks(state, reader, today)):
        return None
    if any(_may_be_asked(request, reader) for request in open_requests(state)):
        return None
    return Passage("act.nothing")


def waiting(request: Request, today: date) -> Passage:
    who = known(request.addressee, Addressee)
    if request.due is None:
        return Passage(f"waiting.{who}.undated")
    how = "late" if today > request.due else "due"
    return Passage(f"waiting.{who}.{how}", {"due": request.due})
