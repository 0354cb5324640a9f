"""Making and moving changes, publishing what citizens read of them, and keeping the ideas.

Each begins with a write, which gives SQLite's only writer its turn at once and locks PostgreSQL's
row; and goes on only where the row is as it was seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, update

from portal.changes.models import ChangeLine, ChangeRow, ChangeWords, IdeaRow
from portal.changes.queries import words_of
from portal.changes.rules import MOVES, PUBLIC, name_of, unfilled
from portal.changes.words import (
    CannotMove,
    ChangedMeanwhile,
    ChangeNotFound,
    Line,
    NotReady,
    Status,
    Step,
    TextState,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from sqlalchemy.orm import Session

    from portal.changes.words import By, Plan, Proposal, Seen, Told


def make(session: Session, by: By, plan: Plan) -> UUID:
    """Keep a new change, planned. What is said of it must have been checked."""
    row = ChangeRow(
        **_columns(plan), status=Status.PLANNED, text_state=TextState.DRAFT, groups=[], version=1
    )
    session.add(row)
    session.flush()
    _tell(session, row.id, by, Line(by.on, Step.MADE, Status.PLANNED, ""))
    return row.id


def edit(session: Session, seen: Seen, plan: Plan) -> None:
    """Say something else of a change. Raises ChangeNotFound, ChangedMeanwhile."""
    row = _turn(session, seen)
    for name, value in _columns(plan).items():
        setattr(row, name, value)
    _changed(session, row)


def _columns(plan: Plan) -> dict[str, object]:
    what = plan.indicator
    return {
        "theme": plan.theme,
        "unit": plan.unit,
        "title": plan.title,
        "owner": plan.owner,
        "due": plan.due,
        "effect": plan.effect,
        "measure": what.measure,
        "measured_unit": what.unit,
        "outcome": what.outcome,
        "before": name_of(what.before),
        "after": name_of(what.after) if what.after else None,
    }


def move(session: Session, by: By, seen: Seen, to: Status, reason: str) -> None:
    """Move a change. What citizens read of it was true of where it stood: it is a draft again.

    Raises ChangeNotFound, ChangedMeanwhile, CannotMove.
    """
    row = _turn(session, seen)
    if to not in MOVES[Status(row.status)]:
        raise CannotMove
    was, row.status = row.text_state, to
    _tell(session, seen.id, by, Line(by.on, Step.STATUS, to, reason))
    if was == TextState.PUBLISHED:
        row.text_state, row.since = TextState.DRAFT, None
        _tell(session, seen.id, by, Line(by.on, Step.TEXT, TextState.DRAFT, reason))
    _changed(session, row)


def write_words(session: Session, seen: Seen, told: Mapping[str, Told]) -> None:
    """Keep what citizens are to read, by view. What is published is taken back first.

    Raises ChangeNotFound, ChangedMeanwhile, CannotMove.
    """
    row = _turn(session, seen)
    if row.text_state == TextState.PUBLISHED:
        raise CannotMove
    session.execute(delete(ChangeWords).where(ChangeWords.change_id == seen.id))
    session.add_all(
        ChangeWords(change_id=seen.id, view=view, title=one.title, said=one.said, did=one.did)
        for view, one in told.items()
    )
    row.text_state = TextState.DRAFT
    _changed(session, row)


def publish(
    session: Session, by: By, seen: Seen, views: Iterable[str], groups: Iterable[str]
) -> None:
    """Let citizens read of a change that is under way or done, once every view has its words.

    Raises ChangeNotFound, ChangedMeanwhile, CannotMove, NotReady.
    """
    row = _turn(session, seen)
    if row.text_state == TextState.PUBLISHED:
        raise CannotMove
    if Status(row.status) not in PUBLIC:
        raise NotReady
    missing = unfilled(words_of(session, seen.id), views)
    if missing:
        raise NotReady(missing)
    row.text_state, row.groups, row.since = TextState.PUBLISHED, sorted(groups), by.on
    _tell(session, seen.id, by, Line(by.on, Step.TEXT, TextState.PUBLISHED, ""))
    _changed(session, row)


def withdraw(session: Session, by: By, seen: Seen, reason: str) -> None:
    """Take back what citizens read. Raises ChangeNotFound, ChangedMeanwhile, CannotMove."""
    row = _turn(session, seen)
    if row.text_state != TextState.PUBLISHED:
        raise CannotMove
    row.text_state, row.since = TextState.WITHDRAWN, None
    _tell(session, seen.id, by, Line(by.on, Step.TEXT, TextState.WITHDRAWN, reason))
    _changed(session, row)


def _turn(session: Session, seen: Seen) -> ChangeRow:
    """The row, which is nobody else's until the end, as it was seen."""
    session.execute(
        update(ChangeRow)
        .where(ChangeRow.id == seen.id)
        .values(version=ChangeRow.version),  # changes nothing, but is a write
        execution_options={"synchronize_session": False},
    )
    row = session.get(ChangeRow, seen.id, populate_existing=True)
    if row is None:
        raise ChangeNotFound
    if row.version != seen.version:
        raise ChangedMeanwhile
    return row


def _changed(session: Session, row: ChangeRow) -> None:
    row.version += 1
    session.flush()


def _tell(session: Session, change_id: UUID, by: By, line: Line) -> None:
    session.add(
        ChangeLine(
            change_id=change_id,
            on=line.on,
            account=by.account,
            step=line.step,
            now=line.now,
            reason=line.reason,
        )
    )


def add_idea(session: Session, by: By, proposal: Proposal) -> UUID:
    """Put an idea into the register. What is said of it must have been checked."""
    row = IdeaRow(**_of(proposal), made=by.on, version=1)
    session.add(row)
    session.flush()
    return row.id


def edit_idea(session: Session, seen: Seen, proposal: Proposal) -> None:
    """Say what has become of an idea. Raises ChangeNotFound, ChangedMeanwhile."""
    done = session.scalar(
        update(IdeaRow)
        .where(IdeaRow.id == seen.id, IdeaRow.version == seen.version)
        .values(**_of(proposal), version=seen.version + 1)
        .returning(IdeaRow.id),
        execution_options={"synchronize_session": False},
    )
    if done is None:
        raise ChangeNotFound if session.get(IdeaRow, seen.id) is None else ChangedMeanwhile


def _of(proposal: Proposal) -> dict[str, object]:
    return {
        "title": proposal.title,
        "text": proposal.text,
        "units": sorted(proposal.units),
        "state": proposal.state,
        "reason": proposal.reason,
        "change_id": proposal.change,
    }
