"""Counting visits: windows that slide, Redis that comes and goes, and nobody's name in it."""

from __future__ import annotations

import hmac
import logging
import shutil
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis

from portal.rates.counting import Rates
from portal.rates.memory import Kept
from portal.rates.queries import Rulebook
from portal.rates.shared import PREFIX, Shared
from portal.rates.words import By, Limit, TooMany, Whose
from portal.rates.writing import Loud
from tests.servers.redis import server

SECRET = b"s" * 32
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TEN = Limit("ten", "pages", By.ADDRESS, 10, 60, "for the test")
TOLD = replace(TEN, name="told", amount=2, told_only=True)
RULES = Rulebook({}, (TEN, TOLD))
NOBODY_LISTENS = "redis://127.0.0.1:9/0"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def on(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("portal.clock.now", made)
    return made


def taken(rates: Rates, address: str = "192.0.2.1", limit: Limit = TEN) -> bool:
    try:
        rates.take(rates.counts([limit], Whose(address=address)))
    except TooMany:
        return False
    return True


def through(rates: Rates, tries: int = 30, address: str = "192.0.2.1") -> int:
    return sum(taken(rates, address) for _ in range(tries))


@pytest.fixture(params=["memory", "redis"])
def rates(request: pytest.FixtureRequest, clock: Clock) -> Rates:
    if request.param == "memory":
        return Rates(RULES, SECRET)
    return Rates(RULES, SECRET, Shared(request.getfixturevalue("redis_url")))


def test_no_more_than_the_amount(rates: Rates) -> None:
    assert through(rates) == 10
    assert through(rates, address="192.0.2.2") == 10


def test_a_window_slides(rates: Rates, clock: Clock) -> None:
    assert through(rates, 5) == 5
    clock.on(40)
    assert through(rates) == 5
    clock.on(21)  # the first five have left
    assert through(rates) == 5
    clock.on(61)
    assert through(rates) == 10


def test_it_says_when_to_come_again(rates: Rates, clock: Clock) -> None:
    through(rates, 5)
    clock.on(40)
    through(rates, 5)
    clock.on(5)
    with pytest.raises(TooMany) as raised:
        rates.take(rates.counts([TEN], Whose(address="192.0.2.1")))
    assert raised.value.seconds in {15, 16}


def test_what_is_watched_is_not_counted(rates: Rates) -> None:
    counts = rates.counts([TEN], Whose(address="192.0.2.1"))
    for _ in range(20):
        rates.take([], counts)
    assert through(rates) == 10
    with pytest.raises(TooMany):
        rates.take([], counts)


def test_what_is_only_told_keeps_nobody_out(rates: Rates, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert all(taken(rates, limit=TOLD) for _ in range(5))
    assert [one.getMessage() for one in caplog.records] == ["limit reached: told"]


def test_threads_take_no_more_together(rates: Rates) -> None:
    passed: list[int] = []
    threads = [threading.Thread(target=lambda: passed.append(through(rates))) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sum(passed) == 10


@pytest.mark.parametrize("processes", [1, 2, 3, 5, 10])
def test_processes_without_redis_let_no_more_through(clock: Clock, processes: int) -> None:
    every = [Rates(RULES, SECRET, Shared(NOBODY_LISTENS), processes) for _ in range(processes)]
    assert sum(map(through, every)) <= 10
    assert all(through(one, address="192.0.2.3") for one in every)


def test_redis_dies_again_and_again(clock: Clock) -> None:
    """Each time its memory is lost; two processes see it at different moments."""
    program = shutil.which("redis-server")
    assert program is not None
    total = 0
    with server(program) as port:
        both = [Rates(RULES, SECRET, Shared(f"redis://127.0.0.1:{port}/0"), 2) for _ in range(2)]
        with Redis(port=port) as connection:
            clock.on(100)  # it has been there for long
            connection.set(f"{PREFIX}:began", 0)
            for _ in range(5):
                total += through(both[0], 3) + through(both[1], 3)
                connection.flushall()  # killed, and there again
                clock.on(1)
    total += sum(map(through, both))
    assert 10 <= total <= 20


def test_redis_that_lost_its_scripts_counts_on(redis_url: str, clock: Clock) -> None:
    rates = Rates(RULES, SECRET, Shared(redis_url))
    assert through(rates, 3) == 3
    with Redis.from_url(redis_url) as connection:
        connection.script_flush()
        assert through(rates) == 7
        assert connection.keys(f"{PREFIX}:ten:*")


def test_redis_that_is_full_or_odd_fails_nobody(redis_url: str, clock: Clock) -> None:
    rates = Rates(RULES, SECRET, Shared(redis_url))
    with Redis.from_url(redis_url) as connection:
        connection.set(f"{PREFIX}:began", "nonsense")
        assert through(rates) == 10
        connection.flushall()
        name = rates.counts([TEN], Whose(address="192.0.2.8"))[0].whose
        connection.set(f"{PREFIX}:ten:{name}", "of another kind")
        assert through(Rates(RULES, SECRET, Shared(redis_url)), address="192.0.2.8") == 10


def test_redis_holds_nobodys_address(redis_url: str, clock: Clock) -> None:
    rates = Rates(RULES, SECRET, Shared(redis_url))
    through(rates, 3, "192.0.2.1")
    rates.take(rates.counts([replace(TEN, by=By.PERSON)], Whose(person="citizen:abc")))
    with Redis.from_url(redis_url) as connection:
        keys = {key.decode() for key in connection.keys("*")}
        assert all(0 < connection.ttl(key) <= 60 for key in keys if key != f"{PREFIX}:began")
    assert len(keys) == 3
    assert not [key for key in keys if "192" in key or "citizen" in key]
    other = Rates(RULES, b"t" * 32).counts([TEN], Whose(address="192.0.2.1"))
    assert other[0].whose not in str(keys)
    told = hmac.digest(SECRET, b"ten\x00192.0.2.1", "sha256")[:16].hex()
    assert f"{PREFIX}:ten:{told}" in keys


def test_one_round_trip_whatever_is_counted(redis_url: str, clock: Clock) -> None:
    rates = Rates(RULES, SECRET, Shared(redis_url))
    many = [replace(TEN, name=name, amount=100) for name in ("one", "two", "three")]
    counts = rates.counts(many, Whose(address="192.0.2.1"))
    rates.take(counts, counts)
    with Redis.from_url(redis_url) as connection:
        reads = "total_reads_processed"
        before = connection.info("stats")[reads]
        for _ in range(20):
            rates.take(counts, counts)
        asked = connection.info("stats")[reads] - before - 1
    assert asked <= 20


def test_each_process_makes_a_key_of_its_own_where_none_is_given() -> None:
    one, other = (Rates(RULES, None).counts([TEN], Whose(address="x"))[0].whose for _ in range(2))
    assert one != other


def test_memory_forgets_who_came_least_lately(clock: Clock) -> None:
    kept = Kept(most_names=3)
    for name in "abcd":
        assert kept.acquire_entry(name, 1, 60)
    assert not kept.acquire_entry("d", 1, 60)
    assert kept.acquire_entry("a", 1, 60)
    assert kept.reset() == 3


def test_the_log_gets_a_line_a_minute(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr("portal.rates.writing.time.monotonic", lambda: now[0])
    loud = Loud(logging.getLogger("indblik.rates"))
    with caplog.at_level(logging.WARNING):
        for _ in range(50):
            loud.reached(TEN)
        now[0] += 61
        loud.reached(TEN)
    assert [vars(one)["more_since"] for one in caplog.records] == [0, 49]
