from __future__ import annotations

from typing import TYPE_CHECKING

from portal import clock
from portal.feed.rules import HEARTBEAT
from tests.rooms.feed.examples import told

if TYPE_CHECKING:
    from tests.api.conftest import Machine


def test_a_silent_source_is_named_and_the_portal_stays_ready(machine: Machine) -> None:
    at = clock.now().isoformat()
    machine.batch(told("x", type=HEARTBEAT, subject=None, time=at))
    answer = machine.client.get("/health/ready")
    assert (answer.status_code, answer.get_json()["silent_sources"]) == (200, [])
    old = "2026-01-20T09:30:00+01:00"
    machine.batch(told("resumed", source="urn:old", time=old))
    answer = machine.client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.get_json()["silent_sources"] == [
        {"source": "urn:old", "heard_at": "2026-01-20T08:30:00+00:00"}
    ]
