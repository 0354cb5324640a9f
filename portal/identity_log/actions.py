"""Writing the identity log, and forgetting what has been kept long enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert
from sqlalchemy.dialects import postgresql, sqlite

from portal.identity_log.models import SignInAttempt, SpentToken
from portal.identity_log.words import KEPT, LONGEST, TokenReplayed

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from portal.identity_log.words import Attempt

INSERT = insert(SignInAttempt).inline()


def noted(connection: Connection, attempt: Attempt) -> None:
    """Write down one attempt."""
    row = {
        "at": attempt.at,
        "audience": attempt.audience,
        "issuer": attempt.issuer,
        "outcome": attempt.outcome,
        "subject": _cut(attempt.subject),
        "level": attempt.level,
        "provider_session": _cut(attempt.provider_session),
        "transaction": _cut(attempt.transaction),
    }
    connection.execute(INSERT, row)


def _cut(said: str | None) -> str | None:
    return None if said is None else said[:LONGEST]


def expire(session: Session, now: datetime) -> int:
    """Delete the attempts that are 180 days old to the second; how many there were.

    Logout tokens that could not be shown again in any case go with them, uncounted.
    """
    session.execute(delete(SpentToken).where(SpentToken.until < now))
    gone = session.execute(delete(SignInAttempt).where(SignInAttempt.at <= now - KEPT))
    return int(getattr(gone, "rowcount", 0))


def spend(session: Session, issuer: str, jti: str, until: datetime) -> None:
    """Use a logout token up. Raises TokenReplayed where it has been, also at the same moment.

    It counts as used only where the work that it asked for is committed with it.
    """
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(SpentToken).values(issuer=issuer, jti=jti, until=until)
    used = session.execute(statement.on_conflict_do_nothing().returning(SpentToken.jti))
    if used.one_or_none() is None:
        raise TokenReplayed
