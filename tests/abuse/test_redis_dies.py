"""Two real workers count together; with Redis killed they let through at most twice as much."""

from __future__ import annotations

import signal
import threading
import time
from typing import TYPE_CHECKING

from redis import Redis

from portal.rates.shared import BEGAN
from tests.abuse.conftest import Flood, ask, from_address, portal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.abuse.conftest import Store

LIMIT = 60  # within a minute, which no part of these tests outlasts


def test_workers_count_together(tmp_path: Path, store: Store) -> None:
    with portal(tmp_path, store.url, pages_address=LIMIT) as served:
        time.sleep(0.1)
        statuses = Flood(served, 2)("192.0.2.1")
        other = ask(served, headers=from_address("192.0.2.2"))
    assert set(statuses) == {200, 429}
    assert LIMIT // 2 <= statuses[200] <= LIMIT
    assert other.status == 200


def test_redis_dies_and_comes_back_in_the_middle(tmp_path: Path, store: Store) -> None:
    def trouble() -> None:
        for _ in range(2):
            time.sleep(0.7)
            store.kill()
            time.sleep(0.7)
            store.start()

    with Redis(port=store.port) as connection:
        connection.set(BEGAN, 0)  # it has been there for long, and what it counts is believed
    with portal(tmp_path, store.url, pages_address=LIMIT) as served:
        breaking = threading.Thread(target=trouble)
        breaking.start()
        statuses = Flood(served, 6)("192.0.2.1")
        breaking.join()
        others = [ask(served, headers=from_address(f"192.0.2.{n}")).status for n in range(2, 12)]
    assert set(statuses) == {200, 429}, statuses
    assert LIMIT // 2 <= statuses[200] <= 2 * LIMIT, statuses
    assert others == [200] * 10


def test_redis_takes_calls_and_never_answers(tmp_path: Path, store: Store) -> None:
    with portal(tmp_path, store.url, pages_address=LIMIT) as served:
        assert ask(served, headers=from_address("192.0.2.2")).status == 200
        assert store.process is not None
        store.process.send_signal(signal.SIGSTOP)
        slowest = max(
            ask(served, headers=from_address(f"192.0.2.{n}")).seconds for n in range(3, 23)
        )
        statuses = Flood(served, 1)("192.0.2.1")
        store.process.send_signal(signal.SIGCONT)
        statuses = Flood(served, 4, statuses=statuses)("192.0.2.1")
    assert slowest < 2, slowest
    assert set(statuses) == {200, 429}, statuses
    assert LIMIT // 2 <= statuses[200] <= 2 * LIMIT, statuses


def test_redis_is_not_there_at_all(tmp_path: Path, store: Store) -> None:
    store.kill()
    with portal(tmp_path, store.url, pages_address=LIMIT) as served:
        statuses = Flood(served, 2)("192.0.2.1")
    assert set(statuses) == {200, 429}, statuses
    assert LIMIT // 2 <= statuses[200] <= LIMIT
    log = (tmp_path / "gunicorn.log").read_text()
    assert "redis is away" in log
    assert log.count("limit reached") <= 2  # one of each worker
    assert "192.0.2" not in log
