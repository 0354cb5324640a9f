"""Reads of released answers.

A text that waits is seen by those alone whose account holds the role of releasing: that stands in
the WHERE of each read, beside the guard of the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import String, cast, select

from portal.feedback.models import FeedbackText
from portal.feedback.words import ShownText, TextNotFound, TextState
from portal.identity.models import StaffAccount
from portal.identity.words import StaffRole

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

COLUMNS = (
    FeedbackText.key,
    FeedbackText.version,
    FeedbackText.lang,
    FeedbackText.question,
    FeedbackText.text,
    FeedbackText.state,
)


def released_by(account: UUID) -> ColumnElement[bool]:
    """Whether this account may release texts: its roles are read in the same statement."""
    held = cast(StaffAccount.roles, String)  # a list of our own codes, which hold no quotes
    named = held.contains(f'"{StaffRole.RELEASE}"', autoescape=True)
    return select(StaffAccount.id).where(StaffAccount.id == account, named).exists()


def texts_in(
    session: Session, account: UUID, state: TextState, after: str = "", limit: int = 1
) -> list[ShownText]:
    """The texts in this state whose random key is beyond `after`, in the order of these keys."""
    rows = session.execute(
        select(*COLUMNS)
        .where(FeedbackText.state == state, FeedbackText.key > after, released_by(account))
        .order_by(FeedbackText.key)
        .limit(limit)
    )
    return [ShownText(*row[:-1], TextState(row.state)) for row in rows]


def text_of(session: Session, account: UUID, key: str) -> ShownText:
    """One text, waiting or released. Raises TextNotFound."""
    found = session.execute(
        select(*COLUMNS).where(FeedbackText.key == key, released_by(account))
    ).one_or_none()
    if found is None:
        raise TextNotFound
    return ShownText(*found[:-1], TextState(found.state))
