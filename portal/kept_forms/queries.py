"""Reads of kept forms. Whose they are is in the WHERE, and in the seal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from portal.kept_forms.models import KeptForm
from portal.kept_forms.rules import KEPT, about_form, read
from portal.kept_forms.words import Kept

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from portal.vault import Vault


def newest_of(session: Session, vault: Vault, account: str, now: datetime) -> Kept | None:
    """The form that an account sent last and that was not taken. Raises SealError."""
    return _one(session, vault, account, now, None)


def kept_form(
    session: Session, vault: Vault, account: str, kept: UUID, now: datetime
) -> Kept | None:
    """One kept form of an account. Raises SealError."""
    return _one(session, vault, account, now, kept)


def _one(
    session: Session, vault: Vault, account: str, now: datetime, kept: UUID | None
) -> Kept | None:
    wanted = (
        select(KeptForm.id, KeptForm.kept_at, KeptForm.sealed)
        .where(KeptForm.account == account, KeptForm.kept_at > now - KEPT)
        .order_by(KeptForm.kept_at.desc(), KeptForm.id)
        .limit(1)
    )
    if kept is not None:
        wanted = wanted.where(KeptForm.id == kept)
    row = session.execute(wanted).one_or_none()
    if row is None:
        return None
    return Kept(row.id, row.kept_at, read(vault.open(row.sealed, about_form(row.id, account))))
