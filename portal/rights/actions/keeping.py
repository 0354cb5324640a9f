"""Deleting what has been kept long enough. retention.toml says how long that is.

Each action deletes some and says how many: whoever asks commits, and asks again until there is
none. What was broken off is gone on with by asking anew.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, update

from portal.audit import actions as audit
from portal.cases.models import Case, CaseEvent, CaseParty
from portal.clock import day_of
from portal.estimates.models import Estimate
from portal.identity.models import Account, Person, StaffAccount
from portal.identity.queries import in_chunks
from portal.identity_log import actions as identity_log
from portal.kept_forms import actions as kept_forms
from portal.panels import actions as panels
from portal.participation.models import ParticipationToken
from portal.problems import actions as problems
from portal.quarantine import actions as quarantine
from portal.rights.models import RightsRequest
from portal.rights.queries.keeping import (
    accounts_unused,
    alone,
    closed_before,
    staff_unused,
    unneeded,
)
from portal.rights.rules import first_kept, kept_from
from portal.rights.words import Period
from portal.rows import among
from portal.sign_ins import actions as sign_ins

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from portal.rights.words import Kept

    Delete = Callable[[Session, datetime, Period], int]

BATCH = 200  # cases in one transaction
NEVER = datetime.min.replace(tzinfo=UTC)
NO_PERIOD = Period()


def expire(session: Session, kept: Kept, now: datetime) -> int:
    """Delete some of one kind that has been kept long enough; how many. 0: there is no more.

    Of a kind that a command of its own sees to nothing is deleted.
    """
    act = ACTS.get(kept.kind)
    return act(session, now, kept.period or NO_PERIOD) if act else 0


def closed_cases(session: Session, now: datetime, period: Period) -> int:
    """Delete cases that were closed long ago, with all that is about them alone."""
    cases = closed_before(session, first_kept(day_of(now), period), BATCH)
    for model in (Estimate, ParticipationToken, CaseParty, CaseEvent):
        session.execute(
            delete(model).where(among(session, model.case_id, cases)),
            execution_options={"synchronize_session": False},
        )
    session.execute(
        delete(Case).where(among(session, Case.id, cases)),
        execution_options={"synchronize_session": False},
    )
    return len(cases)


def answered_requests(session: Session, now: datetime, period: Period) -> int:
    """Delete requests that were answered long ago."""
    gone = delete(RightsRequest).where(RightsRequest.answered_at < kept_from(now, period))
    return len(session.scalars(gone.returning(RightsRequest.id)).all())


def unused_accounts(session: Session, now: datetime, period: Period) -> int:
    """Delete accounts of people without a case that nobody has used for long."""
    found = accounts_unused(first_kept(day_of(now), period))
    gone = delete(Account).where(Account.id.in_(found)).returning(Account.id)
    return len(session.scalars(gone, execution_options={"synchronize_session": False}).all())


def unused_staff(session: Session, now: datetime, period: Period) -> int:
    """Take name and roles from staff accounts that nobody has used for long."""
    found = staff_unused(first_kept(day_of(now), period))
    bare = update(StaffAccount).where(StaffAccount.id.in_(found))
    emptied = bare.values(name_sealed=None, roles=[]).returning(StaffAccount.id)
    return len(session.scalars(emptied, execution_options={"synchronize_session": False}).all())


def unneeded_persons(session: Session, now: datetime, period: Period) -> int:
    """Delete persons whom nothing here leads to any more."""
    found = unneeded(session, first_kept(day_of(now), period))
    for chunk in in_chunks(found):
        # Asked again in the statement: somebody may have signed in a moment ago.
        session.execute(
            delete(Person).where(Person.id.in_(chunk), *alone()),
            execution_options={"synchronize_session": False},
        )
    return len(found)


def _settled(session: Session, now: datetime, period: Period) -> int:
    return quarantine.expire(session, kept_from(now, period), NEVER).total()


def _open(session: Session, now: datetime, period: Period) -> int:
    return quarantine.expire(session, NEVER, kept_from(now, period)).total()


# The rooms know their own periods; a test holds them to what the file says.
ACTS: dict[str, Delete] = {
    "cases": closed_cases,
    "volunteers": lambda session, now, _: panels.expire(session, day_of(now)),
    "quarantine_settled": _settled,
    "quarantine_open": _open,
    "requests": answered_requests,
    "kept_forms": lambda session, now, _: kept_forms.expire(session, now),
    "problem_reports": lambda session, now, _: problems.expire(session, now),
    "sign_ins": lambda session, now, _: sign_ins.expire(session, now),
    "sign_in_attempts": lambda session, now, _: identity_log.expire(session, now),
    "audit": lambda session, now, _: audit.expire(session, now),
    "accounts": unused_accounts,
    "staff_accounts": unused_staff,
    "persons": unneeded_persons,
}
