"""Taking in what the answer door releases, and the release of each text by a person.

Each decision begins with a write, which gives SQLite's only writer its turn at once and locks
PostgreSQL's row; and asks in its WHERE for the state that it was made on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from portal.feedback.models import FeedbackGone, FeedbackRatings, FeedbackRefusals, FeedbackText
from portal.feedback.queries import released_by
from portal.feedback.rules import fingerprint, without
from portal.feedback.words import Refusal, TextNotFound, TextState, TextTaken

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from sqlalchemy import Row
    from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
    from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
    from sqlalchemy.orm import Session

    from portal.db import Base
    from portal.feedback.words import Choice, ReleasedRatings, ReleasedText


def take_in(
    session: Session, ratings: Iterable[ReleasedRatings], texts: Iterable[ReleasedText]
) -> None:
    """Keep what the answer door releases; the same key a second time changes nothing.

    Nothing of the order in which it is told is kept. Texts wait for a person; one that a person
    has taken out does not come back.
    """
    _add(session, FeedbackRatings, [_ratings(one) for one in ratings])
    _add(session, FeedbackText, [_text(one) for one in texts])
    # Not before: somebody may just have been taking one out.
    session.execute(
        delete(FeedbackText).where(FeedbackText.key.in_(select(FeedbackGone.key))),
        execution_options={"synchronize_session": False},
    )


def _ratings(one: ReleasedRatings) -> dict[str, object]:
    return {
        "key": one.key,
        "cohort": one.cohort,
        "version": one.version,
        "lang": one.lang,
        "ratings": dict(sorted(one.ratings.items())),
        "choices": {question: sorted(options) for question, options in sorted(one.choices.items())},
    }


def _text(one: ReleasedText) -> dict[str, object]:
    return {
        "key": one.key,
        "cohort": one.cohort,
        "version": one.version,
        "lang": one.lang,
        "question": one.question,
        "text": one.text,
        "state": TextState.WAITING,
    }


def _insert(session: Session, model: type[Base]) -> PostgresInsert | SqliteInsert:
    postgres = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(model) if postgres else sqlite.insert(model)


def _add(session: Session, model: type[Base], rows: Sequence[dict[str, object]]) -> None:
    """Add those rows that are new, in the order of their keys: it tells nothing."""
    ordered = sorted(rows, key=lambda row: str(row["key"]))
    if ordered:
        session.execute(_insert(session, model).on_conflict_do_nothing(), ordered)


def accept(session: Session, account: UUID, key: str, seen: str) -> None:
    """Release a text to those who work with the quality.

    Raises TextNotFound, and TextTaken where it is not waiting as it was seen.
    """
    _turn(session, account, key, seen)
    _change(session, key, {"state": TextState.RELEASED})


def hide_more(session: Session, account: UUID, key: str, seen: str, choice: Choice) -> None:
    """Hide more of a text that waits. It goes on waiting, to be read again.

    Raises TextNotFound, TextTaken, and NothingToHide naming what does not stand in it.
    """
    found = _turn(session, account, key, seen)
    _change(session, key, {"text": without(found.text, choice)})


def withhold(session: Session, account: UUID, key: str, seen: str, reason: Refusal) -> TextState:
    """Take a text out for good; in which state it was.

    One that identifies somebody goes whatever has become of it, released or changed. Raises
    TextNotFound, and TextTaken where it is not waiting as it was seen.
    """
    found = _turn(session, account, key, None if reason is Refusal.IDENTIFIES else seen)
    session.execute(
        delete(FeedbackText).where(FeedbackText.key == key),
        execution_options={"synchronize_session": False},
    )
    session.execute(_insert(session, FeedbackGone).on_conflict_do_nothing(), {"key": key})
    _count(session, found.cohort, reason)
    return TextState(found.state)


def _turn(session: Session, account: UUID, key: str, seen: str | None) -> Row[str, str, str]:
    """The text, which is nobody else's until the end: waiting as it was seen, where that matters.

    Raises TextNotFound, TextTaken.
    """
    found = session.execute(
        update(FeedbackText)
        .where(FeedbackText.key == key, released_by(account))
        .values(state=FeedbackText.state)  # changes nothing, but is a write
        .returning(FeedbackText.text, FeedbackText.state, FeedbackText.cohort),
        execution_options={"synchronize_session": False},
    ).one_or_none()
    if found is None:
        raise TextNotFound
    as_seen = found.state == TextState.WAITING and fingerprint(found.text) == seen
    if seen is not None and not as_seen:
        raise TextTaken
    return found


def _change(session: Session, key: str, values: dict[str, str]) -> None:
    session.execute(
        update(FeedbackText)
        .where(FeedbackText.key == key, FeedbackText.state == TextState.WAITING)
        .values(values),
        execution_options={"synchronize_session": False},
    )


def _count(session: Session, cohort: str, reason: Refusal) -> None:
    first = _insert(session, FeedbackRefusals).values(cohort=cohort, reason=reason, count=1)
    session.execute(
        first.on_conflict_do_update(
            index_elements=["cohort", "reason"], set_={"count": FeedbackRefusals.count + 1}
        )
    )
