"""Floods at the answer door: stopped without keeping who came, and nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from portal.door.app import create_door
from portal.door.counting import WAIT, address_of
from portal.door.settings import read
from portal.environment import SettingsError
from tests.servers.doors import surroundings
from tests.servers.portal import LIMITS

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

    from portal.door.settings import DoorSettings
    from tests.door.conftest import Log, Stage

ASKED = ("192.0.2.1", "192.0.2.2")


def with_limits(stage: Stage, settings: DoorSettings, folder: Path, **given: Any) -> Stage:  # noqa: ANN401 - settings of all types
    """The same door with limits that can be reached, in one process."""
    file = folder / "amounts.toml"
    file.write_text("[amounts]\nanswers_address = 3\nanswers_all = 6\n")
    made = create_door(replace(settings, limits_file=file, workers=1, **given))
    return replace(stage, app=made)


def statuses(client: FlaskClient, count: int, address: str, path: str = "/tak") -> list[int]:
    told = [client.get(path, headers={"X-Forwarded-For": f"1.2.3.4, {address}"})
            for _ in range(count)]  # fmt: skip
    return [one.status_code for one in told]


def test_an_address_that_comes_too_often(
    stage: Stage, door_settings: DoorSettings, tmp_path: Path, log: Log
) -> None:
    client = with_limits(stage, door_settings, tmp_path, trusted_proxies=1).app.test_client()
    assert statuses(client, 5, ASKED[0]) == [200] * 3 + [429] * 2
    assert statuses(client, 1, ASKED[1]) == [200]
    assert statuses(client, 20, ASKED[0], "/health/live") == [200] * 20
    assert log.lines() == ["indblik.door: limit reached: answers_address"]


def test_without_proxies_nobody_is_told_apart(
    stage: Stage, door_settings: DoorSettings, tmp_path: Path
) -> None:
    client = with_limits(stage, door_settings, tmp_path).app.test_client()
    assert statuses(client, 4, ASKED[0]) == [200] * 4
    assert statuses(client, 4, ASKED[1]) == [200] * 2 + [429] * 2


def test_what_was_filled_in_is_not_lost(
    stage: Stage, door_settings: DoorSettings, tmp_path: Path
) -> None:
    slow = with_limits(stage, door_settings, tmp_path, trusted_proxies=0)
    reader = slow.begins()
    reader.goes("6")
    reader.goes("tjek", could_be_better_text="Der stod ikke hvorfor.")
    page = reader.goes("send")
    assert page.status_code == 429
    assert 1 <= int(page.headers["Retry-After"]) <= 60
    assert "Der stod ikke hvorfor." in page.text
    assert slow.waiting() == {}


def test_a_client_cannot_say_that_it_came_too_soon(stage: Stage) -> None:
    client = stage.app.test_client()
    assert client.get("/tak", environ_overrides={WAIT: 60}).status_code == 200


@pytest.mark.parametrize(
    ("proxies", "told", "address"),
    [
        (None, "192.0.2.1", None),
        (0, "192.0.2.1", "10.0.0.1"),
        (1, "192.0.2.9, 192.0.2.1", " 192.0.2.1"),
        (2, "192.0.2.9,192.0.2.1", "192.0.2.9"),
        (3, "192.0.2.9, 192.0.2.1", "10.0.0.1"),
    ],
)
def test_where_a_request_comes_from(proxies: int | None, told: str, address: str | None) -> None:
    environ = {"HTTP_X_FORWARDED_FOR": told, "REMOTE_ADDR": "10.0.0.1"}
    assert address_of(environ, proxies) == address


def test_settings_of_floods(tmp_path: Path) -> None:
    env = surroundings(f"sqlite:///{tmp_path / 'a.db'}", tmp_path / "c.jsonl")
    plain = read(env)
    assert (plain.trusted_proxies, plain.limits_file, plain.workers) == (None, LIMITS, 2)
    told = {
        "INDBLIK_DOOR_TRUSTED_PROXIES": "1",
        "INDBLIK_DOOR_LIMITS_FILE": str(LIMITS),
        "INDBLIK_DOOR_WORKERS": "3",
    }
    full = read(env | told)
    assert (full.trusted_proxies, full.limits_file, full.workers) == (1, LIMITS, 3)


def test_a_wrong_file_stops_the_start(door_settings: DoorSettings, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("[amounts]\nx = 1\n")
    with pytest.raises(SettingsError, match="INDBLIK_DOOR_LIMITS_FILE"):
        create_door(replace(door_settings, limits_file=wrong))
