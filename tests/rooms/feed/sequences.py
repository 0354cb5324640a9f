"""Feeds made up at random, of every type of event, and what a database holds after one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from sqlalchemy import delete, select

from portal.cases.models import Case, CaseEvent, CaseParty
from portal.db import Base
from portal.feed.models import Source
from portal.feed.rules import HEARTBEAT
from portal.identity.models import Person
from portal.quarantine.models import Quarantined
from portal.quarantine.words import Keeping
from tests.rooms.feed.examples import NOW, told

if TYPE_CHECKING:
    from sqlalchemy import Executable
    from sqlalchemy.orm import Session

CPRS = ("6102890102", "6203760211", "7706881704")
SOURCES = ("urn:example:board", "urn:example:other")
SUBJECTS = ("c-1", "c-2", "c-3")
MOMENTS = 5  # few, so that many events stand at the same one
DUE, LATER = "2026-12-01", "2026-12-15"

# What an event may say; corrections and heartbeats are made below.
SAID: tuple[tuple[str, Any], ...] = (
    *(("party-added", {"cpr": cpr, "role": role}) for cpr in CPRS for role in ("complainant", "x")),
    ("party-added", {"cpr": CPRS[0], "role": "parent", "acts_for_cpr": CPRS[1], "relation": "r"}),
    ("party-ended", {"cpr": CPRS[0], "role": "complainant", "until": DUE}),
    ("party-ended", {"cpr": CPRS[1], "role": "complainant", "until": DUE}),
    ("filed", {"authority": "Odder Kommune", "complained_of": "2026-09-14"}),
    ("received", {"number": "26-1", "area": "aids", "authority": "Odder Kommune"}),
    ("received", {"number": "26-2", "area": "unheard_of", "authority": "Aarhus Kommune"}),
    ("assigned", {"office": "Kontor 1"}),
    *(("stage-entered", {"stage": stage}) for stage in ("queued", "hearing", "meeting", "odd")),
    ("request-made", {"request": "r1", "addressee": "doctor", "kind": "medical", "due": DUE}),
    ("request-made", {"request": "r1", "addressee": "party", "kind": "odd", "cpr": CPRS[2]}),
    ("request-moved", {"request": "r1", "due": LATER}),
    ("request-answered", {"request": "r1"}),
    ("request-withdrawn", {"request": "r1"}),
    ("meeting-scheduled", {"on": DUE}),
    ("suspended", {"reason": "court_case"}),
    ("resumed", None),
    ("date-announced", {"on": DUE, "reason": "first"}),
    ("date-announced", {"on": LATER, "reason": "busy"}),
    ("urgency-set", {"urgent": True}),
    ("urgency-set", {"urgent": False}),
    ("decided", {"outcome": "changed", "favours": "partly"}),
    ("decided", {"outcome": "returned", "authority_due": DUE}),
    ("decided", {"outcome": "odd", "issues": [{"title": "A", "outcome": "upheld"}]}),
    ("decision-withdrawn", None),
    ("closed", {"reason": "withdrawn"}),
    ("reopening-requested", None),
    ("reopening-refused", None),
    ("reopened", None),
    ("authority-decided-again", {"result": "same"}),
    ("linked", {"case": "c-2", "kind": "continues"}),
    ("withheld", {"reason": "protected_address"}),
    ("released", None),
    ("unheard-of", {"who": CPRS[0]}),
)
REPLACED: tuple[Any, ...] = (
    None,
    {"stage": "assessment"},
    {"cpr": CPRS[2], "role": "complainant"},
    {"outcome": "upheld"},
    {"event": "0", "replaced_by": {"stage": "meeting"}},
)


@dataclass(frozen=True)
class Feed:
    """Records in the order of a feed, and for some of them a broken telling of the same event."""

    records: tuple[bytes, ...]
    broken: dict[int, bytes]


@st.composite
def feeds(draw: st.DrawFn) -> Feed:
    """From one to fourteen events of up to three cases of two sources."""
    length = draw(st.integers(1, 14))
    numbers = range(length)
    dated = sorted((draw(_one(number, length)) for number in numbers), key=lambda one: one[0])
    records = tuple(record for _, record in dated)
    spoilt = draw(st.sets(st.integers(0, length - 1), max_size=3))
    broken = {
        number: _spoilt(records[number])
        for number in spoilt
        if HEARTBEAT.encode() not in records[number]  # never told well: kept nowhere as an event
    }
    return Feed(records, broken)


@st.composite
def _one(draw: st.DrawFn, number: int, length: int) -> tuple[tuple[str, int], bytes]:
    what, data = draw(st.sampled_from(SAID))
    moment = NOW - timedelta(hours=10 * draw(st.integers(1, MOMENTS)))
    sequence = draw(st.integers(0, 2))
    more: dict[str, Any] = {
        "id": str(number),
        "source": draw(st.sampled_from(SOURCES)),
        "subject": draw(st.sampled_from(SUBJECTS)),
        "sequence": sequence,
    }
    kind = draw(st.integers(0, 9))
    if kind == 0:  # each at a moment of its own: of two at the same one either may count
        moment = NOW - timedelta(hours=1, minutes=number)
        said = ({"name": f"N{number}"}, {"silent_after": number + 1}, {"sequence": number}, None)
        what, data = "x", draw(st.sampled_from(said))
        more |= {"type": HEARTBEAT, "subject": None}
    elif kind <= 2:
        what = "corrected"
        data = {"event": str(draw(st.integers(0, length - 1))),
                "replaced_by": draw(st.sampled_from(REPLACED))}  # fmt: skip
    at = moment.isoformat()
    return (at, sequence), told(what, data, time=at, **more)


def _spoilt(record: bytes) -> bytes:
    """The same event, told so that it is rejected."""
    return json.dumps(json.loads(record) | {"specversion": "0.3"}).encode()


def emptied(session: Session) -> None:
    """Leave nothing in the tables."""
    for table in reversed(Base.metadata.sorted_tables):
        session.execute(delete(table))
    session.commit()


def held(session: Session) -> dict[str, list[str]]:
    """All that the feed has left in the database, as sorted texts.

    Keys that each database gives by itself are replaced: a case's by its source and subject, a
    person's by the look-up value of the CPR number.
    """
    names = {str(row.id): row.cpr_lookup.hex()[:8] for row in session.execute(PEOPLE)}
    names |= {str(row.id): f"{row.source} {row.subject}" for row in session.execute(CASES)}
    return {what: _rows(session, query, names) for what, query in HELD.items()}


def _rows(session: Session, query: Executable, names: dict[str, str]) -> list[str]:
    found = []
    for row in session.execute(query):
        plain = row._asdict()
        if "data" in plain:  # sealed anew in each database
            plain["data"] = {k: v for k, v in plain["data"].items() if k != "sealed"}
        text = json.dumps(plain, default=str, sort_keys=True)
        for key, name in names.items():
            text = text.replace(key, name)
        found.append(text)
    return sorted(found)


PEOPLE = select(Person.id, Person.cpr_lookup)
CASES = select(Case.id, Case.source, Case.subject)
HELD: dict[str, Executable] = {
    "cases": select(Case.id, Case.state, Case.version, Case.withheld, Case.unknown_codes),
    "events": select(
        CaseEvent.case_id,
        CaseEvent.source,
        CaseEvent.event,
        CaseEvent.type,
        CaseEvent.at,
        CaseEvent.sequence,
        CaseEvent.data,
    ),
    "parties": select(
        CaseParty.case_id,
        CaseParty.person_id,
        CaseParty.role,
        CaseParty.acts_for,
        CaseParty.relation,
        CaseParty.since,
        CaseParty.until,
    ),
    "sources": select(
        Source.source, Source.name, Source.heard_at, Source.silent_after, Source.sequence
    ),
    "people": select(Person.id),
    "open": select(Quarantined.event, Quarantined.source, Quarantined.reasons).where(
        Quarantined.state == Keeping.OPEN
    ),
}
