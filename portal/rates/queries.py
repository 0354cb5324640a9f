"""The limits, read from the file beside this one, with the amounts that an operator has set."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from portal.rates.words import Limit, WrongLimits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All limits, and which endpoint is behind which door."""

    doors: dict[str, frozenset[str]]
    limits: tuple[Limit, ...]

    def door_of(self, endpoint: str | None) -> str | None:
        """The door that an endpoint is behind; None for a page like all others."""
        return next((name for name, ones in self.doors.items() if endpoint in ones), None)

    def of(self, *doors: str) -> tuple[Limit, ...]:
        """The limits of these doors."""
        return tuple(limit for limit in self.limits if limit.door in doors)


def rulebook(other: Path | None = None) -> Rulebook:
    """All limits; with other amounts where a file names them. Raises WrongLimits."""
    text = files("portal.rates").joinpath("limits.toml").read_text("utf-8")
    read = msgspec.convert(tomllib.loads(text), Rulebook)
    return read if other is None else replace(read, limits=_with(read.limits, _amounts(other)))


def _amounts(file: Path) -> Mapping[str, int]:
    try:
        told = tomllib.loads(file.read_text("utf-8"))["amounts"]
        return msgspec.convert(told, dict[str, int])
    except (OSError, ValueError, KeyError):  # also what msgspec and the TOML reader raise
        message = "it must hold whole numbers by the names of limits, under [amounts]"
        raise WrongLimits(message) from None


def _with(limits: tuple[Limit, ...], amounts: Mapping[str, int]) -> tuple[Limit, ...]:
    if unknown := sorted(amounts.keys() - {limit.name for limit in limits}):
        message = f"there is no limit {unknown[0]}"
        raise WrongLimits(message)
    if wrong := [name for name, amount in amounts.items() if not 1 <= amount <= MOST]:
        message = f"{wrong[0]} must be between 1 and {MOST}"
        raise WrongLimits(message)
    return tuple(replace(one, amount=amounts.get(one.name, one.amount)) for one in limits)
