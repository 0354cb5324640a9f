"""Keeping forms, and letting go of them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select

from portal.kept_forms.models import KeptForm
from portal.kept_forms.rules import KEPT, MOST, about_form, written

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from portal.kept_forms.words import Typed
    from portal.vault import Vault


def keep(session: Session, vault: Vault, account: str, typed: Typed, now: datetime) -> UUID:
    """Keep a form for an account, and the newest few of its others. Raises TooMuch."""
    kept = uuid4()
    sealed = vault.seal(written(typed), about_form(kept, account))
    row = {"id": kept, "account": account, "sealed": sealed, "kept_at": now}
    session.execute(insert(KeptForm), [row])
    newest = (
        select(KeptForm.id)
        .where(KeptForm.account == account)
        .order_by(KeptForm.kept_at.desc(), KeptForm.id)
        .limit(MOST)
    )
    session.execute(
        delete(KeptForm)
        .where(KeptForm.account == account, KeptForm.id.not_in(newest))
        .execution_options(synchronize_session=False)
    )
    return kept


def let_go(session: Session, account: str, kept: UUID) -> bool:
    """Delete a kept form of an account; whether there was one."""
    gone = delete(KeptForm).where(KeptForm.id == kept, KeptForm.account == account)
    return session.scalar(gone.returning(KeptForm.id)) is not None


def expire(session: Session, now: datetime) -> int:
    """Delete the forms that were kept long enough; how many."""
    gone = delete(KeptForm).where(KeptForm.kept_at <= now - KEPT).returning(KeptForm.id)
    return len(session.scalars(gone).all())
