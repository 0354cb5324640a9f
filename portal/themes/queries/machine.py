"""Reads of what the machine has made: its model, and the patterns that it proposes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from portal.feedback.models import FeedbackText
from portal.themes.models import ThemeModel, ThemeProposal, ThemeProposalText
from portal.themes.queries.coding import RELEASED, TEXT
from portal.themes.words import CodingText, ProposalGone, Proposed

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

TYPICAL = 5  # texts shown of a proposal


def model(session: Session, name: str) -> bytes | None:
    """The model that was trained last on this kind of vectors."""
    return session.scalar(select(ThemeModel.made).where(ThemeModel.name == name))


def proposals(session: Session) -> list[Proposed]:
    """What the machine proposes and nobody has decided on, the largest first."""
    counted = session.execute(
        select(ThemeProposalText.proposal_id, func.count())
        .join(FeedbackText, FeedbackText.key == ThemeProposalText.key)
        .where(RELEASED)
        .group_by(ThemeProposalText.proposal_id)
    )
    counts = {row.proposal_id: row[1] for row in counted}
    rows = session.execute(
        select(ThemeProposalText.proposal_id, *TEXT)
        .join(FeedbackText, FeedbackText.key == ThemeProposalText.key)
        .where(RELEASED, ThemeProposalText.rank <= TYPICAL)
        .order_by(ThemeProposalText.proposal_id, ThemeProposalText.rank)
    )
    typical: dict[UUID, list[CodingText]] = {}
    for proposal, *text in rows:
        typical.setdefault(proposal, []).append(CodingText(*text))
    found = [
        Proposed(row.id, tuple(row.words), counts[row.id], tuple(typical.get(row.id, ())))
        for row in session.scalars(select(ThemeProposal))
        if counts.get(row.id)  # else each of its texts has been taken out
    ]
    return sorted(found, key=lambda one: (-one.members, one.words, one.id))


def proposal_of(session: Session, told: UUID) -> Proposed:
    """One of them. Raises ProposalGone."""
    found = next((one for one in proposals(session) if one.id == told), None)
    if found is None:
        raise ProposalGone
    return found
