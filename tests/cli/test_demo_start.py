from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from portal.cli import main
from portal.cli.demo import servers
from portal.cli.demo.ground import laid, loaded
from portal.cli.demo.people import citizens
from portal.settings import read

if TYPE_CHECKING:
    from collections.abc import Iterator


NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
INDBLIK = Path(sys.executable).parent / "indblik"
BUILT = Path(__file__).parents[2] / "static" / "dist" / "manifest.json"


def test_keys_are_made_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    env = laid(folder, "127.0.0.1", 8000)
    assert laid(folder, "127.0.0.1", 8000) == env
    assert read(env).on_loopback
    for name in ("keys.json", "citizen.pem", "staff.pem"):
        assert (folder / name).stat().st_mode & 0o077 == 0


def test_a_day_is_loaded_once(told_folder: Path) -> None:
    env = laid(told_folder, "127.0.0.1", 8000)
    made = (told_folder / "indblik.db").stat().st_ino
    loaded(read(env), told_folder)
    assert (told_folder / "indblik.db").stat().st_ino == made


def test_of_another_day_it_is_loaded_anew(told_folder: Path) -> None:
    stamp = (told_folder / "loaded").read_text()
    env = laid(told_folder, "127.0.0.1", 8000)
    (told_folder / "loaded").write_text("of another day")
    (told_folder / "indblik.db").write_text("of another day")
    loaded(read(env), told_folder)
    assert (told_folder / "loaded").read_text() == stamp


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
    (tmp_path / "keys.json").write_text("not json")
    arguments = ["demo", "--folder", str(tmp_path), "--port", str(free_port())]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2
    assert "cannot be used" in done.stderr


def free_port() -> int:
    """A port that is free, and so are the next two."""
    while True:
        with socket.socket() as first, socket.socket() as second, socket.socket() as third:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
                third.bind(("127.0.0.1", port + 2))
            except (OSError, OverflowError):
                continue
            return port


@pytest.mark.skipif(not BUILT.is_file(), reason="the front end is not built (see `make build`)")
@pytest.mark.parametrize("beside", [1, 2])
def test_a_taken_port_is_said(tmp_path: Path, beside: int) -> None:
    port = free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port + beside))
        taken.listen()
        arguments = ["demo", "--folder", str(tmp_path), "--port", str(port)]
        done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2
    assert f"Port {port + beside} is taken" in done.stderr


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
def test_it_ends_when_it_is_asked_to(told_folder: Path, ended_when_up: int) -> None:
    arguments = ["demo", "--folder", str(told_folder), "--port", str(ended_when_up)]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0
    assert "Ended." in done.stdout


@pytest.mark.skipif(not BUILT.is_file(), reason="the front end is not built (see `make build`)")
def test_a_portal_that_does_not_start_is_said(
    told_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "START_SECONDS", 0)
    arguments = ["demo", "--folder", str(told_folder), "--port", str(free_port())]
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
def test_both_start_and_both_end(told_folder: Path) -> None:
    port = free_port()
    env = os.environ | {"PORT": str(port), "PYTHONUNBUFFERED": "1"}
    command = [str(INDBLIK), "demo", "--folder", str(told_folder)]
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
    assert f"http://localhost:{port + 2}/" in said
    for number in (port, port + 1, port + 2):
        with socket.socket() as client:
            assert client.connect_ex(("127.0.0.1", number)) != 0
