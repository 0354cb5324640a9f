"""Reads of the codebook and its history."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from portal.themes.models import StoredTheme, ThemeLog
from portal.themes.words import Happening, Logged, Theme, ThemeState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST = 200  # lines of the history on a page


def themes(session: Session) -> list[Theme]:
    """Every theme that there has been: the active ones first, in the order of the codebook."""
    rows = session.scalars(
        select(StoredTheme).order_by(
            StoredTheme.state != ThemeState.ACTIVE, StoredTheme.place, StoredTheme.code
        )
    )
    return [theme_of(row) for row in rows]


def theme_of(row: StoredTheme) -> Theme:
    """A theme as it is stored."""
    examples = {view: tuple(told) for view, told in row.examples.items()}
    return Theme(row.code, row.titles, row.descriptions, row.state, tuple(row.into), examples)


def version(session: Session) -> int:
    """The codebook's version: the number of its last change."""
    return session.scalar(select(func.max(ThemeLog.number))) or 0


def log(session: Session, limit: int = MOST) -> list[Logged]:
    """What was done to the codebook, newest first."""
    rows = session.scalars(select(ThemeLog).order_by(ThemeLog.number.desc()).limit(limit))
    return [
        Logged(
            row.number,
            row.at,
            row.account_id,
            Happening(row.happening),
            row.theme,
            tuple(row.into),
            row.why,
        )
        for row in rows
    ]


def first_codebook() -> str:
    """The file that an authority may begin with."""
    return files("portal.themes").joinpath("codebook.toml").read_text("utf-8")
