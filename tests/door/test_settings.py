"""What is missing or wrong stops the start of the door; and the list is read when it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from portal import clock
from portal.door.cohorts import ListMissingError, Published
from portal.door.settings import read
from portal.environment import SettingsError
from tests.door.tickets import Issuer

if TYPE_CHECKING:
    from pathlib import Path

NAMES = (
    "INDBLIK_DOOR_DATABASE_URL", "INDBLIK_DOOR_PUBLIC_URL", "INDBLIK_DOOR_COHORTS_FILE",
    "INDBLIK_PORTAL_URL", "INDBLIK_PHONE", "INDBLIK_PHONE_HOURS",
)  # fmt: skip
SECRET = "værdi-der-ikke-må-ses"


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Settings of a door in production."""
    return {
        "INDBLIK_DOOR_DATABASE_URL": "postgresql+psycopg://svar.example/svar",
        "INDBLIK_DOOR_PUBLIC_URL": "https://svar.indblik.example/",
        "INDBLIK_DOOR_COHORTS_FILE": str(tmp_path / "cohorts.jsonl"),
        "INDBLIK_PORTAL_URL": "https://indblik.example",
        "INDBLIK_PHONE": "33 41 12 00",
        "INDBLIK_PHONE_HOURS": "mandag-fredag kl. 9-15",
    }


def test_settings_are_read(env: dict[str, str]) -> None:
    settings = read(env)
    assert settings.public_url == "https://svar.indblik.example"
    assert (settings.secure, settings.demo) == (True, False)


def test_loopback_is_a_demonstration(env: dict[str, str]) -> None:
    local = {"INDBLIK_DOOR_PUBLIC_URL": "http://localhost:8002",
             "INDBLIK_PORTAL_URL": "http://127.0.0.1:8000"}  # fmt: skip
    settings = read(env | local)
    assert (settings.secure, settings.demo) == (False, True)


@pytest.mark.parametrize("name", NAMES)
def test_each_is_needed(env: dict[str, str], name: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name} is not set$"):
        read(env | {name: "  "})


@pytest.mark.parametrize("name", NAMES[:4])
def test_a_wrong_one_is_named_and_its_value_is_not_told(env: dict[str, str], name: str) -> None:
    with pytest.raises(SettingsError) as raised:
        read(env | {name: f"/{SECRET}/x"})
    assert name in str(raised.value)
    assert SECRET not in str(raised.value)


def test_the_door_and_the_portal_are_two_hosts(env: dict[str, str]) -> None:
    same = {"INDBLIK_DOOR_PUBLIC_URL": "https://indblik.example:8443"}
    with pytest.raises(SettingsError, match="must have another host name"):
        read(env | same)


def test_the_list_is_read_again_when_it_changes(tmp_path: Path) -> None:
    issuer = Issuer(tmp_path / "cohorts.jsonl")
    published = Published(issuer.file)
    with pytest.raises(ListMissingError):
        published.cohorts()
    day = clock.day_of(clock.now())
    issuer.publish(day)
    first = published.cohorts()
    assert set(first) == {"2026-4-work"}
    assert published.cohorts() is first
    issuer.publish(day, q4_work=(-60, 30, 58), q4_children=(-60, 30, 58))
    assert set(published.cohorts()) == {"2026-4-work", "2026-4-children"}
