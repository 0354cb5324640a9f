"""The vocabulary of the organisation: units, and offices as a file tells them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """How far a unit reaches. Nothing is counted below a group, and no person is a unit."""

    AGENCY = "agency"
    DEPARTMENT = "department"
    OFFICE = "office"
    GROUP = "group"  # a coarse area, or some that are counted as one, inside an office


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    level: Level
    code: str
    name: str
    inside: str | None  # the key of the unit around it

    @property
    def key(self) -> str:
        """What figures name it by."""
        return f"{self.level}:{self.code}"


AGENCY = Unit(Level.AGENCY, "agency", "Ankestyrelsen", None)


@dataclass(frozen=True, slots=True)
class ToldDepartment:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ToldOffice:
    """An office for as long as it holds these groups; another spell of it is another entry."""

    code: str
    name: str
    department: str
    groups: tuple[str, ...]
    since: date
    until: date | None = None  # its last day

    def on(self, day: date) -> bool:
        """Whether it is there that day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Organisation:
    """All offices that there are or were."""

    departments: tuple[ToldDepartment, ...]
    offices: tuple[ToldOffice, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """The units of a day, and which office holds which group."""

    units: tuple[Unit, ...]
    offices: Mapping[str, str]  # group to the key of its office


class FaultyOrganisation(Exception):
    """What a file tells cannot be. The message names each fault."""
