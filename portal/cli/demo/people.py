"""The invented people: citizens with CPR numbers that can belong to nobody, and staff."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Citizen:
    key: str
    name: str
    cpr: str
    shows: str | None = None  # what there is to see, for the list at the start

    def __repr__(self) -> str:
        return f"Citizen({self.key!r})"


@dataclass(frozen=True, slots=True)
class Employee:
    key: str
    name: str
    roles: list[str]
    shows: str


def toml(name: str) -> dict[str, dict[str, Any]]:
    """The tables of one of the files beside this one."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def citizens() -> dict[str, Citizen]:
    """The invented citizens, by a short name."""
    return {key: Citizen(key=key, **told) for key, told in toml("people.toml").items()}


def employees() -> dict[str, Employee]:
    """The invented staff, by a short name."""
    return {key: Employee(key=key, **told) for key, told in toml("staff.toml").items()}
