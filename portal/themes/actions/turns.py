"""Whose turn it is: the first statement of everything that changes something here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from portal.feedback.models import FeedbackText
from portal.feedback.words import TextState
from portal.themes.models import StoredTheme, ThemeLog
from portal.themes.queries.codebook import theme_of, version
from portal.themes.words import CodebookMoved, TextGone

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
    from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
    from sqlalchemy.orm import Session

    from portal.db import Base
    from portal.themes.words import Decision, Happening, Theme

PLAINLY = {"synchronize_session": False}


def insert(session: Session, model: type[Base]) -> PostgresInsert | SqliteInsert:
    """An insert that knows what to do where the row is there already."""
    postgres = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(model) if postgres else sqlite.insert(model)


def text_turn(session: Session, key: str) -> str:
    """The words of a released text, which cannot be taken out until the end. Raises TextGone."""
    found: str | None = session.scalar(
        update(FeedbackText)
        .where(FeedbackText.key == key, FeedbackText.state == TextState.RELEASED)
        .values(state=FeedbackText.state)  # changes nothing, but is a write
        .returning(FeedbackText.text),
        execution_options=PLAINLY,
    )
    if found is None:
        raise TextGone
    return found


def as_it_is(session: Session) -> dict[str, Theme]:
    """Every theme, none of which changes until the end."""
    rows = session.scalars(
        select(StoredTheme).order_by(StoredTheme.code).with_for_update(read=True)
    )
    return {row.code: theme_of(row) for row in rows}


def codebook_turn(session: Session, seen: int | None) -> dict[str, StoredTheme]:
    """The codebook, which is nobody else's until the end. Raises CodebookMoved.

    `seen`: the version that the decision was made on; None where it does not matter.
    """
    session.execute(  # changes nothing, but is a write
        update(StoredTheme).where(StoredTheme.code == "").values(place=StoredTheme.place),
        execution_options=PLAINLY,
    )
    rows = session.scalars(
        select(StoredTheme)
        .order_by(StoredTheme.code)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if seen is not None and seen != version(session):
        raise CodebookMoved
    return {row.code: row for row in rows}


def write_down(
    session: Session,
    decision: Decision,
    happening: Happening,
    theme: str | None,
    into: tuple[str, ...] = (),
) -> None:
    """Add a line to the codebook's history, which is a version of its own."""
    session.add(
        ThemeLog(
            number=version(session) + 1,
            at=decision.now,
            account_id=decision.owner,
            happening=happening,
            theme=theme,
            into=list(into),
            why=decision.why,
        )
    )
    session.flush()
