from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from hashlib import sha256
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.answers.actions import expire, redeem
from portal.answers.models import Pooled, Spent
from portal.answers.queries import waiting_counts
from portal.answers.rules.pools import unpacked
from portal.answers.words import (
    ClosedCohort,
    ForgedToken,
    Pool,
    Refused,
    SpentToken,
    Ticket,
    UnknownCohort,
)
from tests.rooms.answers.tickets import NAME, TODAY, cohorts, content, ticket

if TYPE_CHECKING:
    from sqlalchemy import Engine

OTHER = "2026-3-other"
COHORTS = cohorts(NAME, OTHER)
AT_ONCE = 8


def sent(engine: Engine, given: Ticket, mark: str = "", today: date = TODAY) -> None:
    """An answer as the door sends it: committed, unless it is refused."""
    with Session(engine) as session:
        redeem(session, COHORTS, given, content(mark, better=f"Tekst {mark}"), today)
        session.commit()


def waiting(engine: Engine, name: str = NAME) -> Pool:
    with Session(engine) as session:
        row = session.get(Pooled, name)
        return unpacked(row.waiting) if row else Pool()


def spent(engine: Engine) -> set[bytes]:
    with Session(engine) as session:
        return set(session.scalars(select(Spent.hash)))


def test_an_answer_waits_in_its_pool_in_parts(engine: Engine) -> None:
    first, second = ticket(), ticket()
    sent(engine, first, "1")
    sent(engine, second, "2")
    pool = waiting(engine)
    assert {one.ratings["trust"] for one in pool.ratings} == {"high1", "high2"}
    assert {one.text for one in pool.texts} == {"Tekst 1", "Tekst 2"}
    keys = [one.key for one in pool.ratings] + [one.key for one in pool.texts]
    assert len({*keys}) == 4
    assert {len(bytes.fromhex(key)) for key in keys} == {16}
    assert spent(engine) == {sha256(one.prepared).digest() for one in (first, second)}


def test_a_token_is_good_for_one_answer(engine: Engine) -> None:
    given = ticket()
    sent(engine, given, "1")
    engine.dispose()  # as after a restart
    with pytest.raises(SpentToken):
        sent(engine, given, "2")
    assert [one.ratings["trust"] for one in waiting(engine).ratings] == ["high1"]


@pytest.mark.parametrize(
    "forged",
    [
        ticket(OTHER, signed_as=NAME),
        replace(ticket(), prepared=b"x" * 64),
        replace(ticket(), signature=b"\0" * 256),
        replace(ticket(), signature=b""),
        Ticket(NAME, b"", b""),
    ],
)
def test_a_forged_token_is_refused(engine: Engine, forged: Ticket) -> None:
    with pytest.raises(ForgedToken):
        sent(engine, forged)
    assert spent(engine) == set()
    assert waiting(engine) == Pool()


def test_an_unknown_or_closed_cohort_is_refused(engine: Engine) -> None:
    with pytest.raises(UnknownCohort):
        sent(engine, replace(ticket(), cohort="2026-3-none"))
    for day in (date(2026, 6, 29), date(2027, 1, 30)):
        with pytest.raises(ClosedCohort):
            sent(engine, ticket(), today=day)
    for day in (date(2026, 6, 30), date(2027, 1, 29)):  # the clock may be wrong by a day
        sent(engine, ticket(), today=day)
    assert len(waiting(engine).ratings) == 2


def test_a_token_that_is_forgotten_stays_refused_where_the_clock_goes_back(engine: Engine) -> None:
    given = ticket()
    sent(engine, given)
    with Session(engine) as session:
        assert expire(session, COHORTS, date(2027, 1, 30)) == 0
        assert expire(session, COHORTS, date(2027, 1, 31)) == 1
        session.commit()
    assert spent(engine) == set()
    for name in (NAME, OTHER):  # nobody had answered in the other
        with pytest.raises(ClosedCohort):
            sent(engine, ticket(name), today=TODAY)


def test_what_is_not_committed_is_not_kept(engine: Engine) -> None:
    given = ticket()
    with Session(engine) as session:
        redeem(session, COHORTS, given, content(better="Nej"), TODAY)
    assert (spent(engine), waiting(engine)) == (set(), Pool())
    sent(engine, given)


def raced(engine: Engine, tickets: list[Ticket]) -> list[str]:
    """What became of each ticket when all are handed in at the same moment."""
    start = Barrier(len(tickets))

    def hand_in(number: int) -> str:
        start.wait()
        try:
            sent(engine, tickets[number], str(number))
        except Refused as refused:
            return type(refused).__name__
        return "taken"

    with ThreadPoolExecutor(len(tickets)) as people:
        return list(people.map(hand_in, range(len(tickets))))


def test_of_the_same_token_in_a_race_exactly_one_wins(engine: Engine) -> None:
    for _ in range(5):
        before = len(waiting(engine).ratings)
        assert sorted(raced(engine, [ticket()] * AT_ONCE)) == ["SpentToken"] * 7 + ["taken"]
        assert len(waiting(engine).ratings) == before + 1
    assert len(spent(engine)) == 5


def test_answers_in_a_race_are_all_kept(engine: Engine) -> None:
    tickets = [ticket(name) for _ in range(AT_ONCE // 2) for name in (NAME, OTHER)]
    assert raced(engine, tickets) == ["taken"] * AT_ONCE
    with Session(engine) as session:
        assert waiting_counts(session) == {NAME: 4, OTHER: 4}
    assert len(spent(engine)) == AT_ONCE
