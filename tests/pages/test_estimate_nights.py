"""A case from night to night: what its page says of the estimate, in each view, and what is kept.

Time is the test's own. The estimate moves, passes, is withheld, and begins anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.cases.actions import record
from portal.cases.words import (
    Assigned,
    DateAnnounced,
    Decided,
    Event,
    PartyAdded,
    Received,
    Reopened,
    Resumed,
    Suspended,
    UrgencySet,
)
from portal.cli.nights import count, replay
from portal.estimates.actions import keep_checks
from portal.estimates.models import Estimate
from portal.estimates.words import Check
from tests.rooms.estimates.office import AREA, SOURCE, UNIT, history, put

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from portal.cases.words import Happening
    from tests.pages.conftest import Stage

VIEWS = ("da", "da-simple", "en")
SAID = {
    "range": ("regner med at afgøre din sag mellem", "tror, at vi afgør din sag mellem",
              "expect to decide your case between"),
    "others": ("regner med at afgøre sagen mellem", "tror, at vi afgør sagen mellem",
               "expect to decide the case between"),
    "dots": ("8 af 10 prikker", "8 af 10 prikker", "8 of 10 dots"),
    "basis": ("Vi har regnet ud fra", "Vi har set på", "We have gone by"),
    "met": ("Så tit når vi det nu", "Når vi det?", "how often we meet it"),
    "late": ("ventet længere end 9 ud af 10", "ventet mere end 9 ud af 10",
             "waited longer than 9 out of 10"),
    "missed": ("at vi ikke nåede det", "Vi nåede det ikke", "we did not make it"),
    "stage": ("kom til et nyt trin", "Der skete noget nyt", "came to a new step"),
    "pace": ("i et andet tempo, end vi plejer", "i det tempo, som vi er vant til",
             "at another pace than usual"),
    "again": ("Vi viste et skøn igen", "Vi kunne sige en tid igen", "We showed an estimate again"),
    "paused": ("på pause", "på pause", "on hold"),
    "not_yet": ("Vi viser ikke et beregnet skøn", "Vi har ikke regnet ud",
                "We do not show a calculated estimate"),
    "beside": ("gælder netop din sag", "er for din sag", "for your very case"),
    "urgent": ("hastesag", "hastesag", "urgent case"),
    "reopened": ("talte tiden forfra", "Vi så på sagen igen", "counted the time afresh"),
}  # fmt: skip


@dataclass
class Travel:
    """One case, and a clock that the test sets."""

    stage: Stage
    patch: pytest.MonkeyPatch
    case: UUID | None = None
    told: int = 0

    def tell(self, day: date, *happened: Happening) -> None:
        """Let something happen at noon of a day."""
        at = datetime.combine(day, time(12), clock.COPENHAGEN)
        events = []
        for data in happened:
            self.told += 1
            events.append(Event(SOURCE, f"own-{self.told}", at, data, self.told))
        with Session(self.stage.engine.execution_options(writes=True)) as session:
            self.case = record(session, SOURCE, "own", events, at).case
            session.commit()

    def night(self, night: date) -> None:
        """Count this night; it is the next morning."""
        self.morning(night + timedelta(days=1))
        count(self.stage.engine, night, clock.now())

    def morning(self, day: date) -> None:
        at = datetime.combine(day, time(8), clock.COPENHAGEN)
        self.patch.setattr(clock, "now", lambda: at)

    def says(self, *keys: str, never: Sequence[str] = (), who: str = "amalie") -> None:
        """The page says all of these in each view, and nothing of the others."""
        client = self.stage.signed_in(who)
        for place, view in enumerate(VIEWS):
            page = client.get(f"/sager/{self.case}?visning={view}").text
            assert {key for key in keys if SAID[key][place] not in page} == set(), view
            assert {key for key in never if SAID[key][place] in page} == set(), view

    def lists(self, key: str, *, said: bool = True) -> None:
        client = self.stage.signed_in("amalie")
        for place, view in enumerate(VIEWS):
            assert (SAID[key][place] in client.get(f"/sager?visning={view}").text) is said

    def ledger(self) -> list[Estimate]:
        with Session(self.stage.engine) as session:
            rows = select(Estimate).where(Estimate.case_id == self.case)
            return list(session.scalars(rows.order_by(Estimate.version)))


BEGIN = date(2025, 5, 5)


@pytest.fixture
def travel(own_stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Travel:
    """A case of Amalie's that was received after two years of others like it."""
    put(own_stage.engine, history())
    made = Travel(own_stage, monkeypatch)
    persons = own_stage.persons
    made.tell(
        BEGIN,
        PartyAdded(person=persons["amalie"], role="complainant"),
        PartyAdded(person=persons["thi"], role="representative", acts_for=persons["amalie"]),
        Received(number="25-1", area=AREA, authority=UNIT),
    )
    return made


def test_a_range_moves_with_the_case_and_passes(travel: Travel) -> None:
    travel.morning(BEGIN)
    travel.says("not_yet", never=["range", "dots", "late"])
    travel.night(BEGIN)
    travel.says("range", "dots", "basis", "met", never=["late", "stage", "not_yet", "beside"])
    travel.says("others", "dots", never=["range"], who="thi")
    travel.lists("range")
    travel.tell(BEGIN + timedelta(3), Assigned(office="Kontor"))
    travel.night(BEGIN + timedelta(3))
    travel.says("range", "stage", never=["late"])
    (first, second) = travel.ledger()
    assert (first.move, second.move, first.superseded_on) == ("first", "stage", second.night)
    assert first.last
    assert second.last
    assert second.last < first.last
    # The upper date passes, and nobody has decided.
    travel.morning(second.last + timedelta(1))
    travel.says("late", never=["range", "dots", "missed"])
    travel.night(second.last)
    travel.says("late", "missed", "range", "dots")
    travel.lists("range")
    travel.night(second.last + timedelta(1))
    assert [row.held for row in travel.ledger()[:2]] == [None, False]
    assert travel.ledger()[1].settled_on == second.last + timedelta(1)
    # It is decided in time for the ranges that were said last.
    decided = second.last + timedelta(20)
    travel.tell(decided, Decided(outcome="upheld"))
    travel.night(decided)
    travel.says(never=["range", "late", "dots", "not_yet"])
    kept = travel.ledger()
    assert kept[-1].reason == "ended"
    scored = [row for row in kept if row.first and row.settled_on]
    assert len(scored) == len([row for row in kept if row.first])
    for row in scored:
        assert row.first
        assert row.last
        assert row.held is (row.first <= decided <= row.last)
    assert replay(travel.stage.engine, second.last).differing == 0


def test_a_range_is_withheld_by_an_alarm_and_comes_back(travel: Travel) -> None:
    travel.night(BEGIN)
    bad, good = Check(BEGIN, 1, 60.0, 0, 0, 0.0), Check(BEGIN, 60, 60.0, 90, 100, 100.0)
    months = [date(2024, month, 1) for month in range(1, 13)]
    checks = [*((on, good) for on in months), (date(2025, 4, 1), bad), (date(2025, 5, 1), bad)]
    with Session(travel.stage.engine) as session:
        for on, check in checks:
            keep_checks(session, on, {AREA: check})
        session.commit()
    travel.night(BEGIN + timedelta(1))
    travel.says("pace", never=["range", "dots", "late", "basis"])
    travel.lists("pace")
    hidden = travel.ledger()[-1]
    assert (hidden.reason, hidden.move) == ("pace", "withheld")
    assert hidden.first  # it goes on being scored
    travel.night(BEGIN + timedelta(40))  # the checks of June are made, and are good
    travel.night(BEGIN + timedelta(70))
    travel.says("range", "dots", "again", "pace")
    assert [row.reason for row in travel.ledger()][-1] is None


def test_a_pause_a_hurry_and_a_date_that_was_announced(travel: Travel) -> None:
    travel.night(BEGIN)
    travel.tell(BEGIN + timedelta(2), Suspended(reason="court_case"))
    travel.morning(BEGIN + timedelta(2))
    travel.says("paused", never=["range", "dots"])
    travel.night(BEGIN + timedelta(2))
    travel.says("paused", never=["range", "dots"])
    assert travel.ledger()[-1].reason == "suspended"
    travel.tell(BEGIN + timedelta(5), Resumed())
    travel.morning(BEGIN + timedelta(5))
    travel.says("not_yet", never=["range"])
    travel.night(BEGIN + timedelta(5))
    travel.says("range", "again", "paused", never=["beside"])
    travel.tell(BEGIN + timedelta(6), DateAnnounced(on=BEGIN + timedelta(90), reason="first"))
    travel.morning(BEGIN + timedelta(6))
    travel.says("range", "beside")
    travel.tell(BEGIN + timedelta(7), UrgencySet(urgent=True))
    travel.morning(BEGIN + timedelta(7))
    travel.says("urgent", never=["range", "dots", "beside"])
    travel.night(BEGIN + timedelta(7))
    travel.says("urgent", never=["range", "dots", "beside"])
    assert travel.ledger()[-1].reason == "urgent"


def test_a_reopened_case_begins_anew(travel: Travel) -> None:
    travel.night(BEGIN)
    travel.tell(BEGIN + timedelta(30), Decided(outcome="upheld"))
    travel.night(BEGIN + timedelta(30))
    travel.tell(BEGIN + timedelta(60), Reopened())
    travel.morning(BEGIN + timedelta(60))
    travel.says("not_yet", never=["range", "late"])
    travel.night(BEGIN + timedelta(60))
    travel.says("range", "dots", "reopened", never=["late"])
    spells = {row.spell for row in travel.ledger()}
    assert spells == {BEGIN, BEGIN + timedelta(60)}
    assert travel.ledger()[0].settled_on == BEGIN + timedelta(30)
    assert travel.ledger()[-1].move == "reopened"
