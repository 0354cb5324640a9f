"""Reads of the register of sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from portal.sign_ins.models import SignIn
from portal.sign_ins.words import Listed

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from portal.sign_ins.words import Holder

MOST = 50  # on the page; nobody has so many, and who has may end all of them


def own(session: Session, holder: Holder) -> list[Listed]:
    """The sessions of an account that nobody has ended, newest first.

    Some of them may have run out: only the store knows.
    """
    rows = session.execute(
        select(SignIn.id, SignIn.store_key, SignIn.started_at, SignIn.device)
        .where(
            SignIn.kind == holder.kind,
            SignIn.account_id == holder.account,
            SignIn.ended_at.is_(None),
        )
        .order_by(SignIn.started_at.desc(), SignIn.id)
        .limit(MOST)
    )
    return [Listed(*row) for row in rows]
