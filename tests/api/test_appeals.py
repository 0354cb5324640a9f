"""Real input: the log of planning appeals through the HTTP API by the SDK, and reconciled."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner
from cloudevents.core.bindings.http import to_structured_event

from portal.cases.models import Case, CaseEvent
from portal.cli import main
from portal.quarantine.models import Quarantined
from tests import appeals
from tests.api.conftest import BATCH
from tests.api.test_clients import event
from tests.servers.skips import missing

if TYPE_CHECKING:
    from pathlib import Path

    from tests.api.conftest import Machine

AT_ONCE = 500
CASES, EVENTS = 1297, 3891


def test_the_appeals_arrive_whole(
    machine: Machine, environment: dict[str, str], database_url: str, tmp_path: Path
) -> None:
    if not appeals.DATA.exists():
        missing("the shared data with the planning appeals")
    bodies = [
        to_structured_event(event(json.loads(record))).body
        for record in appeals.records(appeals.DATA)
    ]
    for start in range(0, len(bodies), AT_ONCE):
        part = bodies[start : start + AT_ONCE]
        answer = machine.post(b"[" + b",".join(part) + b"]", BATCH)
        assert answer.status_code == 200
        assert answer.get_json()["accepted"] == len(part)
    held = (machine.count(CaseEvent), machine.count(Case), machine.count(Quarantined))
    assert held == (EVENTS, CASES, 0)
    extract = tmp_path / "extract.jsonl"
    extract.write_bytes(b"".join(appeals.extract(appeals.DATA)))
    env = environment | {"INDBLIK_DATABASE_URL": database_url}
    done = CliRunner().invoke(main, ["cases", "reconcile", str(extract)], env=env)
    assert done.stdout == f"{CASES} cases compared, 0 differences, 0 unreadable\n"
    assert done.exit_code == 0


def test_one_appeal_that_was_told_wrong_is_found(
    machine: Machine, environment: dict[str, str], database_url: str, tmp_path: Path
) -> None:
    if not appeals.DATA.exists():
        missing("the shared data with the planning appeals")
    records = list(appeals.records(appeals.DATA))
    machine.batch(*(record.replace(b"completed", b"lapsed") for record in records[:3]))
    (first, *_) = appeals.extract(appeals.DATA)
    extract = tmp_path / "extract.jsonl"
    extract.write_bytes(first)
    env = environment | {"INDBLIK_DATABASE_URL": database_url}
    done = CliRunner().invoke(main, ["cases", "reconcile", str(extract)], env=env)
    assert done.exit_code == 1
    assert done.stdout.splitlines()[0].endswith("ending: extract completed, portal lapsed")
