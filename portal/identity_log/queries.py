"""Reads of the identity log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from portal.identity_log.models import SignInAttempt
from portal.identity_log.words import Attempt

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def attempts_of(session: Session, issuer: str, subject: str) -> list[Attempt]:
    """What is kept about one account at a provider, newest first: for whoever asks for it."""
    rows = session.scalars(
        select(SignInAttempt)
        .where(SignInAttempt.issuer == issuer, SignInAttempt.subject == subject)
        .order_by(SignInAttempt.at.desc(), SignInAttempt.id.desc())
    )
    return [_attempt(row) for row in rows]


def _attempt(row: SignInAttempt) -> Attempt:
    return Attempt(
        row.at,
        row.audience,
        row.issuer,
        row.outcome,
        row.subject,
        row.level,
        row.provider_session,
        row.transaction,
    )
