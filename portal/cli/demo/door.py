"""The answer door of the demonstration: its own process, at another host, with its own file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.cli.database import OF_ANSWERS, upgraded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COHORTS = "cohorts.jsonl"
SERVER = ("-c", "python:portal.door.serving")


def name(host: str) -> str:
    """The door's host: another name than the portal's, so that no cookie goes along."""
    return "127.0.0.1" if host == "localhost" else "localhost"


def address(host: str, port: int) -> str:
    """Where the door is."""
    return f"http://{name(host)}:{port + 2}"


def environment(env: Mapping[str, str], folder: Path, host: str, port: int) -> dict[str, str]:
    """What the door is told of its surroundings. None of the portal's secrets is among it."""
    return {
        "INDBLIK_DOOR_DATABASE_URL": f"sqlite:///{folder / 'answers.db'}",
        "INDBLIK_DOOR_PUBLIC_URL": address(host, port),
        "INDBLIK_DOOR_COHORTS_FILE": str(folder / COHORTS),
        "INDBLIK_PORTAL_URL": env["INDBLIK_PUBLIC_URL"],
        "INDBLIK_PHONE": env["INDBLIK_PHONE"],
        "INDBLIK_PHONE_HOURS": env["INDBLIK_PHONE_HOURS"],
    }


def prepared(env: Mapping[str, str]) -> None:
    """The door's database, with its tables."""
    upgraded(env["INDBLIK_DOOR_DATABASE_URL"], OF_ANSWERS)
