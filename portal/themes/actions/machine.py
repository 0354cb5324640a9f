"""What the machine hands over, and what an owner decides on each pattern that it proposes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import delete, select, update

from portal.feedback.models import FeedbackText
from portal.themes.actions.codebook import add
from portal.themes.actions.turns import PLAINLY, codebook_turn, insert, write_down
from portal.themes.models import (
    StoredTheme,
    ThemeModel,
    ThemeProposal,
    ThemeProposalText,
    ThemeSuggestion,
)
from portal.themes.queries.codebook import version
from portal.themes.queries.coding import RELEASED
from portal.themes.words import Happening, NoSuchTheme, ProposalGone, ThemeState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from portal.recognition.words import Suggestion
    from portal.themes.words import Decision, Found, Wording

CHUNK = 500


def keep_model(session: Session, name: str, made: bytes) -> None:
    """Keep the model that was trained last on this kind of vectors."""
    told = {"version": version(session), "made": made}
    session.execute(
        insert(session, ThemeModel)
        .values(name=name, **told)
        .on_conflict_do_update(index_elements=["name"], set_=told)
    )


def suggest(
    session: Session, told: Mapping[str, Sequence[Suggestion]], automatic: Mapping[str, float]
) -> None:
    """Keep what the machine takes texts to be about, in place of what it said before.

    `automatic`: from which confidence a theme counts where nobody has coded the text.
    """
    _ours(session)
    active = set(
        session.scalars(select(StoredTheme.code).where(StoredTheme.state == ThemeState.ACTIVE))
    )
    for chunk in _chunks(sorted(told)):
        there = session.scalars(
            select(FeedbackText.key).where(FeedbackText.key.in_(chunk), RELEASED)
        ).all()
        session.execute(
            delete(ThemeSuggestion).where(ThemeSuggestion.key.in_(chunk)),
            execution_options=PLAINLY,
        )
        rows = [
            {
                "key": key,
                "theme": one.theme,
                "confidence": float(one.confidence),
                "automatic": one.confidence >= automatic.get(one.theme, 2.0),
            }
            for key in sorted(there)
            for one in told[key]
            if one.theme in active
        ]
        if rows:
            session.execute(insert(session, ThemeSuggestion), rows)


def _ours(session: Session) -> None:
    """The writer's turn: else SQLite would turn away who reads first and writes later."""
    session.execute(
        update(ThemeProposal).where(ThemeProposal.id.is_(None)).values(words=ThemeProposal.words),
        execution_options=PLAINLY,
    )


def _chunks(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))


def propose(session: Session, found: Iterable[Found]) -> None:
    """Keep the patterns that the machine found, in place of those that nobody decided on."""
    _ours(session)
    session.execute(delete(ThemeProposal), execution_options=PLAINLY)
    for one in found:
        _keep(session, one.words, one.members, one.typical)


def _keep(
    session: Session, words: Sequence[str], members: Collection[str], typical: Sequence[str]
) -> None:
    proposal = ThemeProposal(id=uuid4(), words=list(words))
    session.add(proposal)
    session.flush()
    ranks = {key: rank for rank, key in enumerate(typical, 1)}
    for chunk in _chunks(sorted(members)):
        there = session.scalars(
            select(FeedbackText.key).where(FeedbackText.key.in_(chunk), RELEASED)
        ).all()
        rows = [{"proposal_id": proposal.id, "key": key, "rank": ranks.get(key)} for key in there]
        if rows:
            session.execute(insert(session, ThemeProposalText), rows)


def keep_proposal(
    session: Session, proposal: UUID, code: str, told: Wording, decision: Decision
) -> None:
    """Make a theme of it. Raises ProposalGone, CodebookMoved, FaultyCodebook."""
    said = _taken(session, proposal, decision)
    add(session, code, told, said, Happening.PROPOSAL_KEPT)


def merge_proposal(session: Session, proposal: UUID, into: str, decision: Decision) -> None:
    """Say that a theme has it already. Raises ProposalGone, NoSuchTheme, CodebookMoved."""
    said = _taken(session, proposal, decision)
    row = codebook_turn(session, decision.seen).get(into)
    if row is None or row.state != ThemeState.ACTIVE:
        raise NoSuchTheme(into)
    write_down(session, said, Happening.PROPOSAL_MERGED, None, (into,))


def drop_proposal(session: Session, proposal: UUID, decision: Decision) -> None:
    """Say that it is no theme. Raises ProposalGone, CodebookMoved."""
    said = _taken(session, proposal, decision)
    codebook_turn(session, decision.seen)
    write_down(session, said, Happening.PROPOSAL_DROPPED, None)


def split_proposal(
    session: Session, proposal: UUID, chosen: Collection[str], decision: Decision
) -> None:
    """Make two of it: one of the chosen texts, and one of the others.

    Raises ProposalGone, also where nothing is chosen that stands in it, or all of it; and
    CodebookMoved.
    """
    _ours(session)
    rows = session.execute(
        select(ThemeProposalText.key, ThemeProposalText.rank)
        .where(ThemeProposalText.proposal_id == proposal)
        .order_by(ThemeProposalText.rank, ThemeProposalText.key)
    ).all()
    words = _words(session, proposal)
    parts = [
        [row for row in rows if row.key in chosen],
        [row for row in rows if row.key not in chosen],
    ]
    if not all(parts):
        raise ProposalGone
    for part in parts:
        typical = [row.key for row in part if row.rank] or [row.key for row in part]
        _keep(session, words, [row.key for row in part], typical)
    codebook_turn(session, decision.seen)
    write_down(session, _with(words, decision), Happening.PROPOSAL_SPLIT, None)


def _taken(session: Session, proposal: UUID, decision: Decision) -> Decision:
    """The decision with the words of the proposal, which is gone."""
    return _with(_words(session, proposal), decision)


def _words(session: Session, proposal: UUID) -> list[str]:
    words: list[str] | None = session.scalar(
        delete(ThemeProposal).where(ThemeProposal.id == proposal).returning(ThemeProposal.words),
        execution_options=PLAINLY,
    )
    if words is None:
        raise ProposalGone
    return words


def _with(words: Sequence[str], decision: Decision) -> Decision:
    return replace(decision, why=f"{decision.why} ({', '.join(words)})")
