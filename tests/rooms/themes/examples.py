"""An invented codebook, and texts to code."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from portal.feedback.models import FeedbackText
from portal.feedback.words import TextState
from portal.themes import actions
from portal.themes.words import Decision, Wording

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

NOW = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
COHORT = "2026-3-disability"
VIEWS = ("da", "da-simple", "en")
CODES = ("waiting_time", "clarity", "tone")
ONCE, TWICE = "ff", "00"  # last digits of a key: coded by one person, or by two


def key(number: int, last: str = ONCE) -> str:
    return f"{number:030x}{last}"


def wording(title: str) -> Wording:
    return Wording(
        {view: f"{title} {view}" for view in VIEWS},
        {view: f"What {title} means, {view}" for view in VIEWS},
        {"da": (f"Et eksempel på {title}",)},
    )


def decision(owner: UUID | None = None, seen: int | None = None, why: str = "why") -> Decision:
    return Decision(owner, NOW, why, seen)


def codebook(session: Session, *codes: str) -> None:
    actions.take_in(session, [(code, wording(code)) for code in codes or CODES], NOW)
    session.commit()


def text(
    number: int,
    last: str = ONCE,
    *,
    said: str = "Det tog for lang tid.",
    cohort: str = COHORT,
    state: TextState = TextState.RELEASED,
    question: str = "could_be_better_text",
) -> FeedbackText:
    return FeedbackText(
        key=key(number, last), cohort=cohort, version="2026-1", lang="da", question=question,
        text=said, state=state,
    )  # fmt: skip


def put(session: Session, *texts: FeedbackText) -> None:
    session.add_all(texts)
    session.commit()
