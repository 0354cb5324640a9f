from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from portal.api import events
from portal.api.bodies import MOST_BYTES, MOST_RECORDS
from portal.app import create_app
from portal.cases.models import CaseEvent
from portal.feed.models import Source
from portal.feed.rules import LINE_BYTES
from portal.quarantine.models import Quarantined
from portal.quarantine.queries import open_records
from portal.quarantine.words import Door
from tests.api.conftest import BATCH, SINGLE, Machine, problem
from tests.rooms.feed.examples import told

if TYPE_CHECKING:
    from portal.settings import Settings

RECEIVED = {"number": "26-1", "area": "aids", "authority": "Odder Kommune"}
GOOD = told("received", RECEIVED)
BAD = told("received", RECEIVED | {"number": None})
CPR = "6102890102"


def test_one_record_is_taken_in_once(machine: Machine) -> None:
    first, second = machine.post(GOOD), machine.post(GOOD, f"{SINGLE}; charset=UTF-8")
    assert (first.status_code, first.get_json()) == (200, {"result": "accepted"})
    assert (second.status_code, second.get_json()) == (200, {"result": "known"})
    assert machine.count(CaseEvent) == 1


def test_a_batch_is_answered_record_by_record(machine: Machine) -> None:
    answer = machine.post(b"[" + b",".join((GOOD, BAD, b"7", GOOD)) + b"]", BATCH)
    assert answer.status_code == 200
    whole = answer.get_json()
    records = whole.pop("records")
    assert whole == {"accepted": 1, "known": 1, "rejected": 2}
    assert [(one["index"], one["id"], one["result"]) for one in records] == [
        (0, "e-received", "accepted"),
        (1, "e-received", "rejected"),
        (2, None, "rejected"),
        (3, "e-received", "known"),
    ]
    assert records[0]["source"] == "urn:example:board"
    assert records[1]["reasons"] == [{
        "code": "null",
        "field": "data.number",
        "text": "data.number: the field must have a value, and is null",
    }]  # fmt: skip


def test_an_empty_batch_is_nothing(machine: Machine) -> None:
    assert machine.batch() == []


def test_the_attributes_may_stand_in_headers(machine: Machine) -> None:
    answer = machine.post(
        json.dumps(RECEIVED).encode(),
        "application/json",
        ce_specversion="1.0",
        ce_id="%C3%A6-1",
        ce_source="urn:example:board",
        ce_type="dk.indblik.case.received.v1",
        ce_subject="c-1",
        ce_time="2026-11-20T09:30:00+01:00",
        ce_sequence="7",
    )
    assert (answer.status_code, answer.get_json()) == (200, {"result": "accepted"})
    with Session(machine.engine) as session:
        (row,) = session.query(CaseEvent)
        assert (row.event, row.sequence) == ("æ-1", 7)


def test_without_a_body_headers_are_enough(machine: Machine) -> None:
    answer = machine.post(
        b"",
        "",
        ce_specversion="1.0",
        ce_id="1",
        ce_source="urn:example:board",
        ce_type="dk.indblik.source.heartbeat.v1",
        ce_time="2026-11-20T09:30:00+01:00",
    )
    assert answer.get_json() == {"result": "accepted"}
    assert machine.count(Source) == 1


def test_a_rejected_record_is_a_problem_and_kept(machine: Machine) -> None:
    found = problem(machine.post(BAD), 422, "rejected")
    assert [reason["code"] for reason in found["reasons"]] == ["null"]
    with Session(machine.engine) as session:
        (kept,) = open_records(session)
    assert (kept.door, kept.place, kept.event) == (Door.API, 0, "e-received")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "not_json"),
        (b"{", 400, "not_json"),
        ('{"id": "å"}'.encode("latin-1"), 400, "not_utf8"),
        (b'{"other": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 400, "too_deep"),
        (b" " * (LINE_BYTES + 1), 413, "line_too_long"),
        (b"[]", 422, "wrong_type"),
        (told("resumed", time="2026-11-20T09:30:00"), 422, "no_zone"),
        (told("resumed", time="9999-12-31T00:00:00Z"), 422, "no_date"),
        (told("resumed", time="1753-01-01T00:00:00Z"), 422, "no_date"),
        (told("resumed", subject="610289-0102"), 422, "cpr_in_clear"),
    ],
)
def test_what_is_wrong_with_a_record(machine: Machine, body: bytes, status: int, code: str) -> None:
    found = problem(machine.post(body), status, "rejected")
    assert [reason["code"] for reason in found["reasons"]] == [code]
    assert "610289" not in str(found)
    assert machine.count(Quarantined) == 1


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"{}", b"[1,]", b"[" * 100_000, '["å"]'.encode("latin-1")[:-3], b"null"],
    ids=lambda body: repr(body)[:20],
)
def test_a_batch_that_is_none(machine: Machine, body: bytes) -> None:
    problem(machine.post(body, BATCH), 400, "not-json")
    assert machine.count(Quarantined) == 0


def test_records_of_a_batch_may_be_in_a_wrong_encoding(machine: Machine) -> None:
    wrong = told("resumed", id="å").decode().encode("latin-1")
    results = [one["result"] for one in machine.batch(wrong, GOOD)]
    assert results == ["rejected", "accepted"]


def test_too_many_records(machine: Machine) -> None:
    body = b"[" + b",".join([b"1"] * (MOST_RECORDS + 1)) + b"]"
    problem(machine.post(body, BATCH), 413, "too-many-records")


@pytest.mark.parametrize(
    ("kind", "headers"),
    [
        ("", {}),
        ("text/plain", {}),
        ("application/json", {}),
        ("application/xml", {"ce_specversion": "1.0"}),
        ("application/cloudevents+xml", {}),
        (f"{SINGLE}; charset=latin-1", {}),
        (SINGLE, {"Content_Encoding": "br"}),
        (SINGLE, {"Content_Encoding": "gzip, gzip"}),
    ],
)
def test_a_kind_that_nobody_reads(machine: Machine, kind: str, headers: dict[str, str]) -> None:
    problem(machine.post(GOOD, kind, **headers), 415, "unsupported-media-type")


def test_data_that_are_not_json(machine: Machine) -> None:
    for body in (b"{", b'1, "id": "2"', b"\xff", b"[" * 100_000):
        answer = machine.post(body, "application/json", ce_specversion="1.0")
        problem(answer, 400, "not-json")


def test_a_packed_body(machine: Machine) -> None:
    answer = machine.post(gzip.compress(GOOD), Content_Encoding="gzip")
    assert answer.get_json() == {"result": "accepted"}


@pytest.mark.parametrize("body", [b"", b"x", gzip.compress(GOOD)[:-4], gzip.compress(GOOD) * 2])
def test_a_body_that_is_packed_wrong(machine: Machine, body: bytes) -> None:
    problem(machine.post(body, Content_Encoding="gzip"), 400, "not-gzip")


def test_a_bomb_is_not_unpacked(machine: Machine) -> None:
    bomb = gzip.compress(b" " * (100 * MOST_BYTES))
    assert len(bomb) < MOST_BYTES
    problem(machine.post(bomb, Content_Encoding="gzip"), 413, "too-large")


def test_a_body_that_is_too_large(machine: Machine) -> None:
    problem(machine.post(b"x" * (MOST_BYTES + 1)), 413, "request-entity-too-large")


def test_a_body_that_says_it_is_huge_is_not_read(machine: Machine) -> None:
    answer = machine.client.post(
        "/api/v1/events",
        data=GOOD,
        content_type=SINGLE,
        headers={"Authorization": f"Bearer {machine.authority.token()}"},
        environ_overrides={"CONTENT_LENGTH": str(100 * 1024 * 1024)},
    )
    problem(answer, 413, "request-entity-too-large")
    assert machine.count(Quarantined) == 0


def test_another_way_to_ask(machine: Machine) -> None:
    answer = machine.client.get("/api/v1/events")
    problem(answer, 405, "method-not-allowed")
    assert "POST" in answer.headers["Allow"]
    problem(machine.client.get("/api/v1/nothing"), 404, "not-found")


def test_a_database_that_is_down(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: object) -> None:
        raise OperationalError(None, {}, OSError())

    monkeypatch.setattr(events, "take_in", down)
    answer = machine.post(GOOD)
    problem(answer, 503, "service-unavailable")
    assert answer.headers["Retry-After"]


def test_nothing_is_kept_of_an_answer_that_fails(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(session: Session) -> None:
        raise OSError(session)

    monkeypatch.setattr(Session, "commit", broken)
    problem(machine.post(GOOD), 500, "internal-server-error")
    monkeypatch.undo()
    assert machine.count(CaseEvent) == 0


def test_no_session_and_no_cookie(machine: Machine) -> None:
    for answer in (machine.post(GOOD), machine.post(BAD), machine.client.post(
        "/api/v1/events?visning=en"
    )):  # fmt: skip
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_log_holds_nothing_of_a_record(
    machine: Machine, caplog: pytest.LogCaptureFixture
) -> None:
    machine.post(told("party-added", {"cpr": CPR, "role": None}))
    machine.batch(told("party-added", {"cpr": CPR + "0", "role": "party"}))
    assert CPR not in "".join(str(vars(record)) for record in caplog.records)


def test_without_an_issuer_the_door_is_closed(settings: Settings) -> None:
    client = create_app(settings).test_client()
    problem(client.post("/api/v1/events", data=GOOD, content_type=SINGLE), 503, "closed")
