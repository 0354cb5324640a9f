"""Asking and answering."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from sqlalchemy import select, update

from portal.clock import day_of
from portal.rights.models import RightsRequest
from portal.rights.queries import of_protection, own_case
from portal.rights.rules import about_answer, about_text, due_of
from portal.rights.words import About, NothingAsked, RequestAnswered, RequestNotFound

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from portal.rights.words import Answer, Wish
    from portal.vault import Vault


def ask(session: Session, vault: Vault, person: UUID, wish: Wish, now: datetime) -> UUID:
    """Keep a request. Raises NothingAsked where it names a case that is not the person's own."""
    named = wish.case if wish.about is About.CASE else None
    if wish.about is About.CASE and (
        named is None or not own_case(session, person, named, day_of(now))
    ):
        raise NothingAsked
    request = uuid4()
    session.add(
        RightsRequest(
            id=request,
            person_id=person,
            kind=wish.right,
            about=wish.about,
            case_id=named,
            made_at=now,
            due=due_of(now),
            text_sealed=vault.seal(wish.text, about_text(request)),
        )
    )
    session.flush()
    return request


def answer(  # noqa: PLR0913, PLR0917 - who answers what, and when
    session: Session, vault: Vault, account: UUID, request: UUID, given: Answer, now: datetime
) -> None:
    """Answer a request, once. Raises RequestNotFound, or RequestAnswered."""
    sealed = vault.seal(given.text, about_answer(request))
    done = session.scalar(
        update(RightsRequest)
        .where(
            RightsRequest.id == request,
            RightsRequest.answered_at.is_(None),
            of_protection(account),
        )
        .values(answered_at=now, verdict=given.verdict, answer_sealed=sealed, answered_by=account)
        .returning(RightsRequest.id),
        execution_options={"synchronize_session": False},
    )
    if done is not None:
        return
    known = select(RightsRequest.id).where(RightsRequest.id == request, of_protection(account))
    raise RequestNotFound if session.scalar(known) is None else RequestAnswered
