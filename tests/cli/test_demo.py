from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from portal.cases.queries import cases_of, codes_without_words, hidden_from
from portal.cases.words import Addressee, AgainResult, Ending, Outcome, Stage, SuspensionReason
from portal.cli import main
from portal.cli.demo import servers
from portal.cli.demo.ground import laid, loaded
from portal.cli.demo.people import citizens, employees
from portal.cli.demo.stories import SOURCES, day, feed
from portal.clock import day_of, is_working_day
from portal.db import Base, engine_for
from portal.feed.queries import statuses
from portal.feed.rules import parsed
from portal.feed.words import Rejected
from portal.identity.words import StaffRole
from portal.settings import Key, read
from portal.vault import DAYS, Vault, normalised
from tests.cast import enter, person_ids

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from portal.cases.words import State

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = day_of(NOW)
INDBLIK = Path(sys.executable).parent / "indblik"
BUILT = Path(__file__).parents[2] / "static" / "dist" / "manifest.json"


@pytest.fixture(scope="module")
def stage() -> Iterator[tuple[Session, dict[str, UUID]]]:
    """The whole cast in a database, and the persons by their short names."""
    vault = Vault(Key("cpr", b"c" * 32), Key("data", b"d" * 32))
    engine = engine_for("sqlite://")
    Base.metadata.create_all(engine)
    enter(engine, vault, NOW)
    with Session(engine) as session:
        yield session, person_ids(session, vault, NOW)
    engine.dispose()


@pytest.fixture(scope="module")
def seen(stage: tuple[Session, dict[str, UUID]]) -> dict[str, list[State]]:
    """What each person sees."""
    session, people = stage
    return {
        key: [case.state for case in cases_of(session, person, TODAY)]
        for key, person in people.items()
    }


@pytest.fixture(scope="module")
def states(seen: dict[str, list[State]]) -> list[State]:
    return [state for mine in seen.values() for state in mine]


def test_nobody_of_the_cast_can_exist() -> None:
    numbers = [one.cpr for one in citizens().values()]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert normalised(number) == number
        assert int(number[:2]) in DAYS - set(range(1, 32))


def test_every_story_can_be_told_on_any_day() -> None:
    for days in range(0, 400, 3):
        now = NOW + timedelta(days=days)
        assert not [one for one in feed(now) if isinstance(parsed(one, now), Rejected)]


@settings(max_examples=60)
@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(-400, 400))
def test_days_of_a_story_are_working_days_in_their_order(today: date, offset: int) -> None:
    told = day(today, offset)
    assert is_working_day(told) or offset == 0
    assert (told > today) == (offset > 0)
    assert day(today, offset - 1) <= told


def test_the_cast_shows_every_situation(states: list[State]) -> None:
    assert {state.stage for state in states} == set(Stage)
    decisions = [state.decision for state in states if state.decision]
    assert {decision.outcome for decision in decisions} > set(Outcome)
    assert {decision.favours for decision in decisions} == {
        None, "complainant", "authority", "partly",
    }  # fmt: skip
    assert any(len(decision.issues) > 1 for decision in decisions)
    assert {state.suspended for state in states} > set(SuspensionReason)
    assert {state.ending for state in states} > set(Ending)
    assert {state.decided_again.result for state in states if state.decided_again} == set(
        AgainResult
    )
    asked = [request for state in states for request in state.requests]
    assert {request.addressee for request in asked} > set(Addressee)
    for mine in ("complainant", "other"):
        dues = [request.due for request in asked if (request.addressee == "complainant")
                == (mine == "complainant")]  # fmt: skip
        assert any(due and due < TODAY for due in dues)
        assert any(due and due > TODAY for due in dues)
    assert any(request.due is None for request in asked)
    assert any(request.moved_from for request in asked)
    assert any(len(state.announced) == 3 for state in states)
    assert any(state.announced and state.announced[-1].on < TODAY for state in states)
    assert any(state.announced and state.announced[-1].on > TODAY for state in states)
    returned = [state.decision.authority_due for state in states
                if state.stage is Stage.RETURNED and state.decision]  # fmt: skip
    assert None in returned
    assert any(due and due < TODAY for due in returned)
    assert any(due and due > TODAY for due in returned)
    assert {link.kind for state in states for link in state.links} == {"continues", "same_matter"}
    for fact in ("urgent", "meeting", "reopening_requested", "reopening_refused", "reopened",
                 "stage_unclear"):  # fmt: skip
        assert any(getattr(state, fact) for state in states), fact


def test_each_sees_what_the_list_says(
    stage: tuple[Session, dict[str, UUID]], seen: dict[str, list[State]]
) -> None:
    session, people = stage
    empty = {key for key, mine in seen.items() if not mine}
    assert empty == {"noor", "palle", "rosa"}
    hidden = {key for key, person in people.items() if hidden_from(session, person, TODAY)}
    assert hidden == {"camilla", "palle", "rosa", "thi"}
    assert len(seen["advokat"]) == 40
    assert [state.stage for state in seen["bjorn"]].count(Stage.REASSESSMENT) == 1
    assert len({party.person for state in seen["thi"] for party in state.parties}) == 3
    assert len(seen["camilla"]) == 1
    assert len(seen["maja"]) == 2


def test_codes_without_words_are_shown_to_their_owner(
    stage: tuple[Session, dict[str, UUID]],
) -> None:
    found = {code.kind for code in codes_without_words(stage[0])}
    assert found == {
        "stage", "outcome", "event", "area", "addressee", "request", "move", "suspension", "ending",
    }  # fmt: skip


def test_one_source_has_gone_silent(stage: tuple[Session, dict[str, UUID]]) -> None:
    found = {status.source: status.silent for status in statuses(stage[0], NOW)}
    assert found == {SOURCES["board"][0]: False, SOURCES["silent"][0]: True}


def test_staff_have_roles_that_exist_and_one_that_does_not() -> None:
    roles = {role for one in employees().values() for role in one.roles}
    assert roles > set(StaffRole)


def test_keys_are_made_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    env = laid(folder, "127.0.0.1", 8000)
    assert laid(folder, "127.0.0.1", 8000) == env
    assert read(env).on_loopback
    for name in ("secrets.json", "citizen.pem", "staff.pem"):
        assert (folder / name).stat().st_mode & 0o077 == 0


def test_a_day_is_loaded_once(tmp_path: Path) -> None:
    env = laid(tmp_path, "127.0.0.1", 8000)
    loaded(read(env), tmp_path)
    stamp = (tmp_path / "loaded").read_text()
    made = (tmp_path / "indblik.db").stat().st_ino
    loaded(read(env), tmp_path)
    assert (tmp_path / "indblik.db").stat().st_ino == made
    (tmp_path / "loaded").write_text("of another day")
    loaded(read(env), tmp_path)
    assert (tmp_path / "loaded").read_text() == stamp


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.org", "::1"])  # noqa: S104 - refused
def test_it_starts_on_this_machine_only(host: str) -> None:
    done = CliRunner().invoke(main, ["demo", "--host", host])
    assert done.exit_code == 2
    assert "127.0.0.1 or localhost only" in done.stderr


def test_it_does_not_start_beside_the_real_portal() -> None:
    env = {"INDBLIK_PUBLIC_URL": "https://indblik.example"}
    done = CliRunner().invoke(main, ["demo"], env=env)
    assert done.exit_code == 2
    assert "INDBLIK_PUBLIC_URL" in done.stderr


def test_a_folder_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text("not json")
    done = CliRunner().invoke(main, ["demo", "--folder", str(tmp_path)])
    assert done.exit_code == 2
    assert "cannot be used" in done.stderr


def free_port() -> int:
    """A port that is free, and so is the next one."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


@pytest.mark.skipif(not BUILT.is_file(), reason="the front end is not built (see `make build`)")
def test_a_taken_port_is_said(tmp_path: Path) -> None:
    port = free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port + 1))
        taken.listen()
        arguments = ["demo", "--folder", str(tmp_path), "--port", str(port)]
        done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2
    assert f"Port {port + 1} is taken" in done.stderr


@pytest.fixture
def ended_when_up() -> Iterator[int]:
    """A port; whatever runs in this process is asked to end once the simulator answers there."""
    port = free_port()
    before = signal.getsignal(signal.SIGTERM)

    def end() -> None:
        while True:  # the portal answers last, and by then everything is in place
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    waiting = threading.Thread(target=end, daemon=True)
    waiting.start()
    yield port
    waiting.join(10)
    signal.signal(signal.SIGTERM, before)


@pytest.mark.skipif(not BUILT.is_file(), reason="the front end is not built (see `make build`)")
def test_it_ends_when_it_is_asked_to(tmp_path: Path, ended_when_up: int) -> None:
    arguments = ["demo", "--folder", str(tmp_path), "--port", str(ended_when_up)]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0
    assert "Ended." in done.stdout


@pytest.mark.skipif(not BUILT.is_file(), reason="the front end is not built (see `make build`)")
def test_a_portal_that_does_not_start_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "START_SECONDS", 0)
    arguments = ["demo", "--folder", str(tmp_path), "--port", str(free_port())]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2
    assert "did not start" in done.stderr


def test_a_front_end_that_was_not_built_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "ROOT", tmp_path)
    done = CliRunner().invoke(main, ["demo", "--folder", str(tmp_path / "demo")])
    assert done.exit_code == 2
    assert "make build" in done.stderr


@pytest.mark.skipif(not BUILT.is_file(), reason="the front end is not built (see `make build`)")
def test_both_start_and_both_end(tmp_path: Path) -> None:
    port = free_port()
    env = os.environ | {"PORT": str(port), "PYTHONUNBUFFERED": "1"}
    command = [str(INDBLIK), "demo", "--folder", str(tmp_path)]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = ""
        while "Ctrl-C" not in said:
            line = process.stdout.readline()
            assert line, said
            said += line
        process.send_signal(signal.SIGINT)
        assert "Ended." in process.stdout.read()
        assert process.wait(10) == 0
    assert all(one.name in said for one in citizens().values() if one.shows)
    assert f"http://127.0.0.1:{port}/" in said
    for number in (port, port + 1):
        with socket.socket() as client:
            assert client.connect_ex(("127.0.0.1", number)) != 0
