"""The person's own cases. Those of somebody for whom the person acts are never among them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import String, Uuid, and_, bindparam, case, cast, or_, select

from portal.audit.models import AuditEntry
from portal.audit.words import TOLD_OF_CASES
from portal.cases.models import Case, CaseEvent, CaseParty
from portal.cases.queries import cases_of
from portal.cases.rules import readable
from portal.cases.words import Event
from portal.estimates.models import Estimate
from portal.identity.models import Account
from portal.quarantine.models import Quarantined
from portal.rights.queries import OWN, OWN_ROLES
from portal.rights.rules.events import happenings
from portal.rights.words import HeldCase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import Any
    from uuid import UUID

    from portal.cases.words import SeenCase
    from portal.rights.queries.mine import Mine
    from portal.rights.words import Rows, Value

    Told = tuple[Event, datetime, dict[str, Any]]

PERSON = bindparam("person", type_=Uuid())
ACCOUNTS = select(Account.id).where(Account.person_id == PERSON)


def cases_held(mine: Mine) -> tuple[HeldCase, ...]:
    """Each of them with its events, the looks at it, and what was said of its end."""
    seen = [
        found
        for found in cases_of(mine.session, mine.person, mine.today)
        if found.role in OWN_ROLES
    ]
    if not seen:
        return ()
    events, parts, looks = _events(mine), _parts(mine), _looks(mine)
    estimates, rejected = _estimates(mine), _rejected(mine)
    return tuple(
        HeldCase(
            one.id,
            tuple(_facts(one)),
            parts[one.id],
            happenings(events[one.id], mine.person, one.role),
            looks[one.id],
            estimates[one.id],
            rejected[one.id],
        )
        for one in seen
    )


def _facts(seen: SeenCase) -> Iterator[tuple[str, Value]]:
    """Where the case stands, as it was folded from the events."""
    state = seen.state
    for name in ("number", "area", "authority", "complained_of", "filed", "received", "office",
                 "stage", "stage_since", "suspended", "meeting", "urgent", "ending", "closed",
                 "reopened", "last_event"):  # fmt: skip
        if value := getattr(state, name):
            yield name, value
    if state.decision is not None:
        yield "decided", state.decision.on
        yield "outcome", state.decision.outcome
    yield "source", seen.source
    yield "subject", seen.subject


def _events(mine: Mine) -> dict[UUID, list[Told]]:
    row = CaseEvent
    asked = select(
        row.case_id, row.source, row.event, row.at, row.type, row.data, row.sequence,
        row.recorded_at,
    )  # fmt: skip
    told: dict[UUID, list[Told]] = defaultdict(list)
    wanted = asked.where(row.case_id.in_(OWN)).order_by(row.at, row.sequence, row.id)
    for found in mine.all(wanted):
        data = readable(found.type, found.data)
        event = Event(found.source, found.event, found.at, data, found.sequence)
        told[found.case_id].append((event, found.recorded_at, found.data))
    return told


def _parts(mine: Mine) -> dict[UUID, Rows]:
    """The person's parts, and those of whoever acts for the person: of these no name."""
    row = CaseParty
    whose = case((row.person_id == PERSON, "you"), else_="for_you").label("person_id")
    asked = select(row.case_id, whose, row.role, row.relation, row.since, row.until)
    about = or_(row.person_id == PERSON, row.acts_for == PERSON)
    return mine.by_case("case_parties", asked.where(row.case_id.in_(OWN), about).order_by(row.id))


def _looks(mine: Mine) -> dict[UUID, Rows]:
    """Who has looked, by role and never by name; one's own looks are marked."""
    row = AuditEntry
    whose = case((row.account_id.in_(ACCOUNTS), "you"), else_=cast(row.actor, String))
    asked = select(row.case_id, row.at, whose.label("actor"), row.role, row.act)
    wanted = asked.where(row.case_id.in_(OWN), row.act.in_(TOLD_OF_CASES))
    return mine.by_case("audit_entries", wanted.order_by(row.at.desc(), row.id.desc()))


def _estimates(mine: Mine) -> dict[UUID, Rows]:
    row = Estimate
    columns = [
        row.night, row.superseded_on, row.spell, row.stage, row.area, row.unit, row.age, row.first,
        row.middle, row.last, row.reason, row.move, row.level, row.closings, row.never,
        row.late_since, row.settled_on, row.held,
    ]  # fmt: skip
    asked = select(row.case_id, *columns)
    return mine.by_case("estimates", asked.where(row.case_id.in_(OWN)).order_by(row.version))


def _rejected(mine: Mine) -> dict[UUID, Rows]:
    """Records about the case that could not be read: what they say is sealed."""
    row = Quarantined
    asked = select(Case.id, row.received_at, row.type, row.event, row.state, row.settled_at).join(
        Case, and_(Case.source == row.source, Case.subject == row.subject)
    )
    return mine.by_case("quarantine", asked.where(Case.id.in_(OWN)).order_by(row.received_at))
