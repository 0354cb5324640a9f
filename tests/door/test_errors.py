"""What goes wrong at the door, and what is said of it. Nothing that was typed is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import OperationalError

from portal import clock
from portal.door import pages
from tests.door.conftest import TEXT, changed, fields_of, written
from tests.door.tickets import wire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

    from portal.door.settings import DoorSettings
    from tests.door.conftest import Log, Stage

# --- Tickets.


def forged(stage: Stage) -> Iterator[dict[str, str]]:
    right = stage.issuer.ticket()
    yield {**right, "signature": stage.issuer.ticket()["signature"]}
    yield {**right, "token": wire(b"t" * 64)}
    yield {**right, "token": wire(b"t" * 63)}
    yield {**right, "token": "", "signature": ""}
    yield {**right, "signature": "ikke base64 æøå"}
    yield {**right, "signature": "A" * 5000}
    yield {**right, "signature": "A"}
    yield {**right, "cohort": "2026-4-children"}
    yield {**right, "cohort": "../../etc/passwd"}
    yield {}


def test_a_forged_ticket_is_refused_at_once(stage: Stage) -> None:
    for ticket in forged(stage):
        client: FlaskClient = stage.app.test_client()
        for path in ("/", "/svar"):
            answer = client.post(path, data={**ticket, "version": "2026-1", "til": "send",
                                             "svar-trust": "high"})  # fmt: skip
            assert (answer.status_code, stage.waiting()) == (400, {})
            assert "Koden kan ikke bruges" in answer.text


def test_a_beginning_brings_no_answers(stage: Stage) -> None:
    client = stage.app.test_client()
    put = {"svar-trust": "not_at_all", "svar-went_well_text": "Intet.", "skjul": "x"}
    page = client.post("/", data=stage.issuer.ticket() | put).text
    assert {name for name, _ in fields_of(page)} == {
        "visning", "cohort", "token", "signature", "version", "side",
    }  # fmt: skip


def test_a_ticket_of_another_cohort_is_refused(stage: Stage) -> None:
    day = clock.day_of(clock.now())
    stage.issuer.publish(day, q4_work=(-60, 30, 58), q4_children=(-60, 30, 58))
    ticket = stage.issuer.ticket("2026-4-work")
    answer = stage.app.test_client().post("/", data={**ticket, "cohort": "2026-4-children"})
    assert answer.status_code == 400


def test_a_second_answer_is_told_apart_kindly(stage: Stage) -> None:
    ticket = stage.issuer.ticket()
    first, second = stage.begins(ticket=ticket), stage.begins(ticket=ticket)
    for reader in (first, second):
        reader.goes("1")
        reader.goes("tjek", trust="high")
    assert first.goes("send").status_code == 303
    again = second.goes("send")
    assert again.status_code == 409
    assert "Har du lige sendt det, er alt, som det skal være." in again.text
    assert f'data-draft-done="{ticket["token"]}"' in again.text  # so that its draft goes as well
    assert stage.begins(ticket=ticket).page.status_code == 409  # and at once, another time
    assert stage.waiting() == {"2026-4-work": 1}


def test_a_cohort_that_closes_meanwhile_is_told_and_the_text_shown(stage: Stage) -> None:
    reader = written(stage)
    day = clock.day_of(clock.now())
    stage.issuer.publish(day, q4_work=(-90, -40, -12))
    page = reader.goes("send")
    assert page.status_code == 410
    assert "Fristen for at svare er udløbet" in page.text
    assert f'<p class="own-words" dir="auto">{TEXT}</p>' in page.text
    assert "reasons" not in page.text


@pytest.mark.parametrize(("ago", "status"), [(1, 200), (2, 410)])
def test_the_clock_may_be_wrong_by_a_day(stage: Stage, ago: int, status: int) -> None:
    day = clock.day_of(clock.now())
    ticket = stage.issuer.ticket()
    stage.issuer.publish(day - timedelta(days=ago), q4_work=(-90, -28, 0))
    assert stage.begins(ticket=ticket).page.status_code == status


# --- Versions.


def test_a_form_of_another_version_is_refused_and_may_begin_again(stage: Stage) -> None:
    reader = written(stage)
    page = reader.sends([*changed(fields_of(reader.page.text), version="2019-1"), ("til", "send")])
    assert page.status_code == 409
    assert TEXT in page.text
    assert "Begynd forfra" in page.text
    assert stage.waiting() == {}


# --- What is down.


def test_a_store_that_is_down_loses_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, log: Log
) -> None:
    reader = written(stage)
    before = fields_of(reader.page.text)

    def down(*_args: object) -> None:
        raise OperationalError(TEXT, {"text": TEXT}, RuntimeError(TEXT))

    with monkeypatch.context() as patched:
        patched.setattr(pages, "redeem", down)
        page = reader.goes("send")
    assert page.status_code == 503
    assert "din kode virker stadig" in page.text
    again = fields_of(page.text)
    assert [pair for pair in again if pair[0] != "til"] == before
    assert ("til", "send") in again
    assert log.lines() == ["indblik.door: OperationalError at test_errors.py:{line}"]
    assert reader.sends(again).status_code == 303
    assert stage.waiting() == {"2026-4-work": 1}


def test_a_failure_of_ours_loses_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, log: Log
) -> None:
    reader = written(stage)

    def fails(*_args: object) -> None:
        raise ZeroDivisionError(TEXT)

    with monkeypatch.context() as patched:
        patched.setattr(pages, "redeem", fails)
        page = reader.goes("send")
    assert page.status_code == 500
    assert log.lines() == ["indblik.door: ZeroDivisionError at test_errors.py:{line}"]
    assert reader.sends(fields_of(page.text)).status_code == 303


def test_a_door_without_its_database_says_so(stage: Stage, door_settings: DoorSettings) -> None:
    ticket = stage.issuer.ticket()
    folder = door_settings.cohorts_file.parent
    stage.engine.dispose()
    (folder / "answers.db").unlink()
    page = stage.begins(ticket=ticket).page
    assert page.status_code == 503
    assert f'name="token" value="{ticket["token"]}"' in page.text


@pytest.mark.parametrize("text", [None, "", "x", '{"cohort": 1}\n'])
def test_a_list_that_cannot_be_believed_stops_for_now(stage: Stage, text: str | None) -> None:
    reader = written(stage)
    file: Path = stage.issuer.file
    file.unlink()
    if text is not None:
        file.write_text(text)
    page = reader.goes("send")
    assert page.status_code == (400 if text == "" else 503)  # an empty list is one: without ours
    if text != "":
        assert dict(fields_of(page.text))["svar-could_be_better_text"] == TEXT
        ready = stage.app.test_client().get("/health/ready")
        assert (ready.status_code, ready.text) == (503, "no list")


def test_ready_asks_the_database(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "database_answers", lambda _engine: False)
    ready = stage.app.test_client().get("/health/ready")
    assert (ready.status_code, ready.text) == (503, "no database")


# --- What is not there.


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/findes-ikke", 404),
        ("POST", "/tak", 405),
        ("PUT", "/", 405),
        ("GET", "/sager", 404),
    ],
)
def test_a_page_that_is_not_there(stage: Stage, method: str, path: str, status: int) -> None:
    data = {"x": "y"} if method == "POST" else None
    answer = stage.app.test_client().open(path, method=method, data=data)
    assert answer.status_code == status
    assert "Vi kan ikke finde siden" in answer.text


def test_an_address_written_oddly_leads_on(stage: Stage) -> None:
    answer = stage.app.test_client().get("/health//live")
    assert (answer.status_code, answer.location) == (308, "http://localhost/health/live")


def test_another_host_is_not_ours(stage: Stage) -> None:
    answer = stage.app.test_client().get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
