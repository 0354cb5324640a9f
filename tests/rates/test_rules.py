"""Whose visits count together, what shares add up to, and the file of limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.app import create_app
from portal.rates.queries import rulebook
from portal.rates.rules import UNKNOWN, bucket, share, wait
from portal.settings import MOST_WORKERS
from tests.servers.portal import LIMITS

if TYPE_CHECKING:
    from portal.settings import Settings


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("192.0.2.1", "192.0.2.1"),
        (" 192.0.2.1 ", "192.0.2.1"),
        ("192.0.2.1:61234", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:0DB8:1:2::", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", UNKNOWN),
        (None, UNKNOWN),
        ("unknown", UNKNOWN),
        ("192.0.2.1, 192.0.2.2", UNKNOWN),
        ("x" * 10_000, UNKNOWN),
    ],
)
def test_whose_visits_count_together(address: str | None, told: str) -> None:
    assert bucket(address) == told


@given(some.ip_addresses(v=6).filter(lambda one: int(one) >> 64), some.integers(0, 2**64 - 1))
def test_all_of_a_network_are_one(address: object, host: int) -> None:
    network = int(address) >> 64 << 64  # type: ignore[call-overload]  # an IPv6Address
    other = type(address)(network | host)  # type: ignore[call-arg]  # as above
    assert bucket(str(address)) == bucket(str(other))


@given(some.text(max_size=60))
def test_any_text_is_somebody(text: str) -> None:
    assert bucket(text)


@given(some.integers(1, 10_000), some.integers(1, MOST_WORKERS))
def test_shares_are_no_more_than_the_whole(amount: int, processes: int) -> None:
    assert share(amount, processes) * processes <= max(amount, processes)


@given(some.floats(0, 1e9), some.integers(1, 3600), some.floats(-100, 4000))
def test_a_wait_is_within_the_window(oldest: float, seconds: int, passed: float) -> None:
    assert 1 <= wait(oldest, seconds, oldest + passed) <= seconds


def test_the_limits_are_right(settings: Settings) -> None:
    rules, app = rulebook(), create_app(settings)
    names = [limit.name for limit in rules.limits]
    assert len(names) == len(set(names))
    for limit in rules.limits:
        assert limit.amount >= MOST_WORKERS, limit  # so that shares add up
        assert 0 < limit.seconds <= 3600, limit
        assert limit.seconds <= 60 or limit.told_only, limit  # nobody waits longer than a minute
        assert len(limit.why) > 20, limit
    listed = [endpoint for door in rules.doors.values() for endpoint in door]
    assert len(listed) == len(set(listed))
    assert set(listed) <= set(app.view_functions)


FILES = (".pdf", ".csv", ".json", ".ics", ".jsonl", ".svg", "<form>", "udskrift")


def test_every_file_is_behind_a_door_of_its_own(settings: Settings) -> None:
    rules = rulebook()
    for rule in create_app(settings).url_map.iter_rules():
        if rule.endpoint in {"api.openapi", "api.schema", "static"}:
            continue  # made once, when the program starts
        if any(ending in rule.rule for ending in FILES) or "(csv" in rule.rule:
            assert rules.door_of(rule.endpoint) in {"exports", "charts"}, rule


def test_the_file_for_tests_names_every_limit() -> None:

    assert {limit.amount for limit in rulebook(LIMITS).limits} == {1_000_000}
