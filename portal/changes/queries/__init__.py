"""Reads of changes and ideas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from portal.changes.models import ChangeLine, ChangeRow, ChangeWords, IdeaRow
from portal.changes.rules import PUBLIC
from portal.changes.words import (
    Change,
    ChangeNotFound,
    Idea,
    IdeaState,
    Indicator,
    Line,
    Plan,
    Proposal,
    Published,
    Status,
    Step,
    TextState,
    Told,
)
from portal.participation.words import Quarter

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

ORIGINAL = "da"  # the view that everything is told in


def changes_of(session: Session, unit: str | None = None) -> list[Change]:
    """The changes of a unit, "<level>:<code>"; of all units where none is named. By due date."""
    wanted = select(ChangeRow).order_by(ChangeRow.due, ChangeRow.title, ChangeRow.id)
    if unit is not None:
        wanted = wanted.where(ChangeRow.unit == unit)
    return [change_in(row) for row in session.scalars(wanted)]


def change_of(session: Session, change_id: UUID) -> Change:
    """One change. Raises ChangeNotFound."""
    row = session.get(ChangeRow, change_id, populate_existing=True)
    if row is None:
        raise ChangeNotFound
    return change_in(row)


def change_in(row: ChangeRow) -> Change:
    """The change that a row stores."""
    after = _quarter(row.after) if row.after else None
    indicator = Indicator(row.measure, row.measured_unit, row.outcome, _quarter(row.before), after)
    plan = Plan(row.theme, row.unit, row.title, row.owner, row.due, row.effect, indicator)
    return Change(row.id, plan, Status(row.status), TextState(row.text_state), row.version)


def _quarter(name: str) -> Quarter:
    year, number = name.split("-")
    return Quarter(int(year), int(number))


def words_of(session: Session, change_id: UUID) -> dict[str, Told]:
    """What citizens read of it, or are to read, by view."""
    rows = session.scalars(select(ChangeWords).where(ChangeWords.change_id == change_id))
    return {row.view: Told(row.title, row.said, row.did) for row in rows}


def history_of(session: Session, change_id: UUID) -> list[Line]:
    """What has happened to it, the newest first."""
    rows = session.scalars(
        select(ChangeLine).where(ChangeLine.change_id == change_id).order_by(ChangeLine.id.desc())
    )
    return [Line(row.on, Step(row.step), row.now, row.reason) for row in rows]


def published(session: Session, view: str, groups: set[str] | None = None) -> list[Published]:
    """What citizens read in this view, the newest first: for these coarse areas, or for all.

    One read. What nobody has told whole in this view is told in Danish, and says so. What is only
    planned, or dropped, is told to nobody, whatever was published once.
    """
    rows = session.execute(
        select(
            ChangeRow.id,
            ChangeWords.title,
            ChangeWords.said,
            ChangeWords.did,
            ChangeRow.status,
            ChangeRow.since,
            ChangeRow.groups,
            ChangeWords.view,
        )
        .join(ChangeWords, ChangeWords.change_id == ChangeRow.id)
        .where(
            ChangeWords.view.in_({view, ORIGINAL}),
            ChangeRow.text_state == TextState.PUBLISHED,
            ChangeRow.status.in_(PUBLIC),
        )
        .order_by(ChangeRow.since.desc(), ChangeWords.title, ChangeRow.id)
    )
    told = {(row.id, row.view): row for row in rows if row.since is not None and _is_told(row)}
    found = [
        Published(
            row.id, row.title, row.said, row.did, Status(row.status), row.since, tuple(row.groups),
            row.view,
        )
        for row in told.values()
        if row.view == view or (row.id, view) not in told
    ]  # fmt: skip
    return [one for one in found if groups is None or not groups.isdisjoint(one.groups)]


def _is_told(row: Any) -> bool:  # noqa: ANN401 - a row of several columns
    return all(map(str.strip, (row.title, row.said, row.did)))


def ideas(session: Session) -> list[Idea]:
    """The register: what is open first, the newest first."""
    rows = session.scalars(select(IdeaRow).order_by(IdeaRow.made.desc(), IdeaRow.title, IdeaRow.id))
    order = list(IdeaState)
    return sorted(map(_idea, rows), key=lambda one: order.index(one.proposal.state))


def idea_of(session: Session, idea_id: UUID) -> Idea:
    """One idea. Raises ChangeNotFound."""
    row = session.get(IdeaRow, idea_id, populate_existing=True)
    if row is None:
        raise ChangeNotFound
    return _idea(row)


def _idea(row: IdeaRow) -> Idea:
    proposal = Proposal(
        row.title, row.text, tuple(row.units), IdeaState(row.state), row.reason, row.change_id
    )
    return Idea(row.id, proposal, row.made, row.version)
