"""Writing the register of sessions.

Each of those that end sessions returns what the store calls them: whoever asked then deletes them
there, so that no page has to look here.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, update

from portal.sign_ins.models import TEXT_LENGTH, SignIn
from portal.sign_ins.words import Why

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from portal.sign_ins.words import Begun, Holder

KEPT = timedelta(days=1)  # longer than any session lasts


def opened(session: Session, begun: Begun, now: datetime) -> None:
    """Register a session that begins."""
    told = begun.provider_session
    row = {
        "kind": begun.holder.kind,
        "account_id": begun.holder.account,
        "store_key": begun.store_key,
        "issuer": begun.issuer,
        "subject": begun.subject,
        "provider_session": told[:TEXT_LENGTH] if told else None,
        "started_at": now,
        "device": begun.device,
    }
    session.execute(insert(SignIn), [row])


def end(session: Session, sign_in: UUID, holder: Holder, now: datetime) -> list[str]:
    """End one session of an account; nothing where it is not theirs, or has ended."""
    return _ended(session, now, Why.OWN, SignIn.id == sign_in, *_of(holder))


def end_all(
    session: Session, holder: Holder, now: datetime, *, but: str | None = None, why: Why = Why.OWN
) -> list[str]:
    """End all sessions of an account, but the one that the store calls so."""
    return _ended(session, now, why, SignIn.store_key != (but or ""), *_of(holder))


def end_at_provider(
    session: Session,
    issuer: str,
    subject: str | None,
    provider_session: str | None,
    now: datetime,
) -> list[str]:
    """End what a provider says has ended: a person's sessions, one of the provider's, or both.

    Where neither is named nothing is ended.
    """
    named: list[ColumnElement[bool]] = []
    if subject is not None:
        named.append(SignIn.subject == subject)
    if provider_session is not None:
        named.append(SignIn.provider_session == provider_session[:TEXT_LENGTH])
    if not named:
        return []
    return _ended(session, now, Why.PROVIDER, SignIn.issuer == issuer, *named)


def signed_out(session: Session, store_key: str, now: datetime, why: Why = Why.SIGNED_OUT) -> None:
    """Write down that a session has ended."""
    _ended(session, now, why, SignIn.store_key == store_key)


def expire(session: Session, now: datetime) -> int:
    """Delete what is about sessions that have ended long ago; how many."""
    gone = delete(SignIn).where(SignIn.started_at <= now - KEPT).returning(SignIn.id)
    return len(session.scalars(gone).all())


def _of(holder: Holder) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return SignIn.kind == holder.kind, SignIn.account_id == holder.account


def _ended(session: Session, now: datetime, why: Why, *which: ColumnElement[bool]) -> list[str]:
    told = (
        update(SignIn)
        .where(SignIn.ended_at.is_(None), *which)
        .values(ended_at=now, ended_why=why)
        .returning(SignIn.store_key)
        .execution_options(synchronize_session=False)
    )
    return list(session.scalars(told))
