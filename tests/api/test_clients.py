"""Clients that others have made: the CloudEvents SDK, and a tester that reads our document."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cloudevents.core.bindings.http import to_binary_event, to_structured_event
from cloudevents.core.v1.event import CloudEvent
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from portal.cases.models import Case, CaseEvent
from portal.feed.queries import statuses
from portal.quarantine.queries import open_records
from tests.rooms.feed.examples import NOW, examples
from tests.rooms.reports.examples import fill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from cloudevents.core.bindings.http import HTTPMessage
    from werkzeug.test import TestResponse

    from tests.api.conftest import Machine

# Random examples of each operation. A long run, with the variable set, also covers each schema
# rule by rule, which takes some three thousand requests.
EXAMPLES = int(os.environ.get("INDBLIK_SCHEMATHESIS", "5"))
PHASES = "examples,fuzzing,stateful"
if "INDBLIK_SCHEMATHESIS" in os.environ:
    PHASES += ",coverage"


def event(record: dict[str, Any]) -> CloudEvent:
    """A documented record, as the SDK holds it."""
    attributes = {name: value for name, value in record.items() if name != "data"}
    at = datetime.fromisoformat(record["time"])
    return CloudEvent(attributes | {"time": at}, record.get("data"))


def sent(machine: Machine, message: HTTPMessage) -> TestResponse:
    headers = dict(message.headers) | {"Authorization": f"Bearer {machine.authority.token()}"}
    return machine.client.post("/api/v1/events", data=message.body, headers=headers)


@pytest.mark.parametrize("bind", [to_structured_event, to_binary_event])
def test_the_sdk_tells_every_type(machine: Machine, bind: Any) -> None:  # noqa: ANN401 - two functions of one shape
    shown = examples()
    for record in shown.values():
        answer = sent(machine, bind(event(record)))
        assert (answer.status_code, answer.get_json()) == (200, {"result": "accepted"})
    assert machine.count(CaseEvent) == len(shown)
    assert machine.count(Case) == 1
    with Session(machine.engine) as session:
        assert open_records(session) == []
        assert [one.source for one in statuses(session, NOW)] == ["urn:example:ankestyrelsen"]


SCOPES = "cases:write overview:read feedback:read"


@contextmanager
def served(machine: Machine) -> Iterator[str]:
    """The address of the portal, on a loopback port of its own."""
    server = make_server("127.0.0.1", 0, machine.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_document_holds_for_a_tester(machine: Machine, tmp_path: Path) -> None:
    fill(machine.engine)
    program = Path(sys.executable).with_name("schemathesis")
    config = Path(__file__).with_name("schemathesis.toml")
    token = machine.authority.token(exp=2**40, scope=SCOPES)
    with served(machine) as address:
        done = subprocess.run(
            [program, "--config-file", config, "run", f"{address}/api/v1/openapi.json",
             "--url", address, "--checks", "all", "--phases", PHASES,
             "--max-examples", str(EXAMPLES),
             "--header", f"Authorization: Bearer {token}",
             "--no-color", "--seed", "7", "--generation-database", "none"],
            capture_output=True, text=True, check=False, cwd=tmp_path,
        )  # fmt: skip
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    assert "No issues found" in done.stdout, done.stdout
    print(done.stdout[done.stdout.index("API Operations") :])  # noqa: T201 - shown by a long run
