"""Hypothesis strategies of case histories: likely ones, unlikely ones, and any mixture.

`histories` gives lists of events with ids of their own. Nothing in them is real.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from hypothesis import strategies as st

from portal.cases import words
from portal.cases.rules import WORKING, kept
from portal.cases.words import Event, Happening
from tests.rooms.cases.stories import AUTHORITY, SOURCE

if TYPE_CHECKING:
    from enum import StrEnum

STRANGE = ("zz_new", "Stadfæstet", "42")  # codes that no text stands for
PERSONS = tuple(UUID(int=number) for number in range(1, 6))
START = datetime(2026, 1, 5, 8, tzinfo=UTC)


def codes(known: type[StrEnum]) -> st.SearchStrategy[str]:
    """A code as a source may send it: mostly one of ours, now and then one without words."""
    ours = st.sampled_from([str(code) for code in known])
    return st.one_of(ours, ours, ours, st.sampled_from(STRANGE))


days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
maybe_days = st.none() | days
persons = st.sampled_from(PERSONS)
names = st.sampled_from(("r1", "r2", "r3"))
titles = st.sampled_from(("Sygedagpenge", "Tilbagebetaling", "Støtte til bil <b>"))
favours = st.none() | codes(words.Favour)
areas = codes(words.Area)
authorities = st.sampled_from((AUTHORITY, "Udbetaling & Pension", "<Ny> Kommune"))

issues = st.builds(words.Issue, title=titles, outcome=codes(words.Outcome), favours=favours)
filed = st.builds(
    words.Filed,
    number=st.none() | st.just("26-1"),
    area=st.none() | areas,
    authority=authorities,
    complained_of=maybe_days,
    on=maybe_days,
)
received = st.builds(
    words.Received,
    number=st.sampled_from(("26-10417", "26-10418")),
    area=areas,
    authority=authorities,
    complained_of=maybe_days,
    on=maybe_days,
)
requests = st.builds(
    words.RequestMade,
    request=names,
    addressee=codes(words.Addressee),
    kind=codes(words.RequestKind),
    due=maybe_days,
    person=st.none() | persons,
)
decisions = st.builds(
    words.Decided,
    outcome=codes(words.Outcome),
    favours=favours,
    issues=st.lists(issues, max_size=3).map(tuple),
    on=maybe_days,
    authority_due=maybe_days,
    passed_to=st.none() | authorities,
)
parties = st.builds(
    words.PartyAdded,
    person=persons,
    role=codes(words.Role),
    relation=st.none() | st.just("mor"),
    acts_for=st.none() | persons,
    since=maybe_days,
    until=maybe_days,
)
at_work: st.SearchStrategy[Happening] = st.one_of(
    st.builds(words.Assigned, office=st.just("Kontor for arbejde")),
    st.builds(words.StageEntered, stage=st.sampled_from(sorted(WORKING))),
    requests,
    st.builds(words.RequestMoved, request=names, due=days),
    st.builds(words.RequestAnswered, request=names),
    st.builds(words.RequestWithdrawn, request=names),
    st.builds(words.MeetingScheduled, on=days),
    st.builds(words.Suspended, reason=codes(words.SuspensionReason)),
    st.builds(words.Resumed),
    st.builds(words.DateAnnounced, on=days, reason=codes(words.MoveReason)),
    st.builds(words.UrgencySet, urgent=st.booleans()),
    st.builds(words.Linked, case=st.just("26-9"), kind=codes(words.LinkKind)),
    parties,
    st.builds(words.PartyEnded, person=persons, role=codes(words.Role), until=days),
)
afterwards: st.SearchStrategy[Happening] = st.one_of(
    st.builds(words.DecisionWithdrawn),
    st.builds(words.Closed, reason=codes(words.Ending)),
    st.builds(words.ReopeningRequested),
    st.builds(words.ReopeningRefused),
    st.builds(words.Reopened),
    st.builds(words.AuthorityDecidedAgain, result=codes(words.AgainResult), on=maybe_days),
)
strange: st.SearchStrategy[Happening] = st.one_of(
    st.builds(words.StageEntered, stage=codes(words.Stage)),
    st.builds(words.Unrecognised, type=st.sampled_from(("fee-charged", "moved-office"))),
    st.builds(words.Withheld, reason=st.just("protected_address")),
    st.builds(words.Released),
)
happenings: st.SearchStrategy[Happening] = st.one_of(
    filed, received, at_work, decisions, afterwards, strange
)


@st.composite
def likely(draw: st.DrawFn) -> list[Happening]:
    """The usual course: complained, received, worked on, and perhaps decided and more."""
    course: list[Happening] = [draw(filed)] if draw(st.booleans()) else []
    course.append(draw(received))
    course += draw(st.lists(at_work, max_size=6))
    if draw(st.booleans()):
        course.append(draw(decisions))
        course += draw(st.lists(afterwards, max_size=3))
        course += draw(st.lists(at_work, max_size=2))
    return course


@st.composite
def corrections(draw: st.DrawFn, events: list[Event], number: int) -> Event:
    """A correction of one of the events: right, wrong, a withdrawal, or of one never told."""
    target = draw(st.sampled_from(events))
    replacement = draw(
        st.one_of(
            st.none(),
            st.just({"due": "den 1. maj", "on": 5, "stage": 7}),
            happenings.map(kept),
        )
    )
    event = draw(st.sampled_from((target.id, target.id, "never-told")))
    data = words.Corrected(event=event, replaced_by=replacement)
    at = target.at + timedelta(hours=draw(st.integers(-30, 300)))
    return Event(target.source, f"c{number}", at, data)


@st.composite
def histories(draw: st.DrawFn, *, corrected: bool = True) -> list[Event]:
    """Events of one case, each with an id of its own, in some order of time."""
    course = draw(st.one_of(likely(), st.lists(happenings, min_size=1, max_size=10)))
    events: list[Event] = []
    at = START
    for number, data in enumerate(course):
        at += timedelta(hours=draw(st.sampled_from((0, 1, 24, 24 * 9))))
        sequence = draw(st.sampled_from((0, 0, number)))
        events.append(Event(SOURCE, f"e{number}", at, data, sequence))
    if corrected:
        for number in range(draw(st.integers(0, 3))):
            events.append(draw(corrections(events, number)))
    if draw(st.booleans()):  # another source may use the same ids
        events.append(replace(events[0], source="https://other.example/"))
    return events
