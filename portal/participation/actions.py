"""Making keys, issuing tokens, and forgetting both when their time is over."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from portal.blind.rules import blind_sign, private_key, private_text, public_der
from portal.participation.models import ParticipationCohort, ParticipationToken
from portal.participation.queries import invitation_for
from portal.participation.rules import about_key
from portal.participation.words import AlreadyIssued, NotInvited, Signed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from portal.blind.words import PrivateKey
    from portal.db import Base
    from portal.participation.words import Decided, Plan
    from portal.vault import Vault


def prepare_cohorts(session: Session, vault: Vault, keys: Mapping[Plan, PrivateKey]) -> list[str]:
    """Keep a key for each of these cohorts; the names of those that had none until now."""
    return [plan.name for plan, key in keys.items() if _kept(session, vault, plan, key)]


def _kept(session: Session, vault: Vault, plan: Plan, key: PrivateKey) -> bool:
    return _insert(
        session,
        ParticipationCohort,
        {
            "name": plan.name,
            "groups": list(plan.groups),
            "public": public_der(key.public),
            "private_sealed": vault.seal(private_text(key), about_key(plan.name)),
            "issue_from": plan.issue_from,
            "issue_until": plan.issue_until,
            "redeem_until": plan.redeem_until,
            "invited": None,
        },
    )


def _insert(session: Session, model: type[Base], row: dict[str, object]) -> bool:
    """Insert the row; whether it was new. Of two that try at once one is told no."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    first = next(iter(model.__table__.primary_key))
    statement = dialect.insert(model).values(row).on_conflict_do_nothing().returning(first)
    return session.execute(statement).first() is not None


def issue(session: Session, vault: Vault, decided: Decided, blinded: bytes, today: date) -> Signed:
    """The signature of a blinded message: one message for each person and decision.

    The same message again is signed again, and alike: an answer may have been lost on its way.
    The session must be one that writes. Raises NotInvited, AlreadyIssued, WrongMessage.
    """
    invited = invitation_for(session, decided, today)
    if invited is None:
        raise NotInvited
    hashed = hashlib.sha256(blinded).digest()
    row: dict[str, object] = {
        "case_id": decided.case,
        "decision": decided.number,
        "person_id": decided.person,
        "cohort": invited.cohort,
        "blinded": hashed,
    }
    if not _insert(session, ParticipationToken, row):
        _same_or_refused(session, row, hashed)
    sealed = session.scalar(
        select(ParticipationCohort.private_sealed).where(ParticipationCohort.name == invited.cohort)
    )
    if sealed is None:  # its time was over between the two reads
        raise NotInvited
    key = private_key(vault.open(sealed, about_key(invited.cohort)))
    return Signed(invited.cohort, blind_sign(key, blinded))


def _same_or_refused(session: Session, row: Mapping[str, object], hashed: bytes) -> None:
    issued = session.scalar(
        select(ParticipationToken.blinded).where(
            ParticipationToken.case_id == row["case_id"],
            ParticipationToken.decision == row["decision"],
            ParticipationToken.person_id == row["person_id"],
        )
    )
    if issued is None or not hmac.compare_digest(issued, hashed):
        raise AlreadyIssued


def forget_expired(session: Session, today: date) -> list[str]:
    """Delete the private keys whose issuing has ended, and who was given a token by them.

    How many there were stays with the cohort. The names of those cohorts.
    """
    ended = list(
        session.scalars(
            select(ParticipationCohort.name)
            .where(
                ParticipationCohort.issue_until < today,
                ParticipationCohort.private_sealed.is_not(None),
            )
            .order_by(ParticipationCohort.name)
            .with_for_update()
        )
    )
    for name in ended:
        issued = select(func.count()).where(ParticipationToken.cohort == name).scalar_subquery()
        session.execute(
            update(ParticipationCohort)
            .where(ParticipationCohort.name == name)
            .values(private_sealed=None, invited=issued)
        )
        session.execute(delete(ParticipationToken).where(ParticipationToken.cohort == name))
    return ended
