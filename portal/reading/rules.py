"""How choices are kept in a cookie: it comes from outside, so what is not known counts as none."""

from __future__ import annotations

from dataclasses import astuple, fields
from typing import TYPE_CHECKING

from portal.reading.words import AS_IT_IS, Colours, Lines, Reading, Room, Size, Voice

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

APART = "."
KINDS: dict[str, type[StrEnum]] = {
    "size": Size, "room": Room, "colours": Colours, "lines": Lines, "voice": Voice,
}  # fmt: skip


def written(reading: Reading) -> str:
    """The choices in one word: `150.wide.dark.short.on`."""
    return APART.join(astuple(reading))


def read(told: str) -> Reading:
    """The choices that a word stands for; those that cannot be read are left as they are."""
    return chosen(dict(zip(KINDS, told.split(APART), strict=False)))


def chosen(told: Mapping[str, str]) -> Reading:
    """The choices by their names."""
    known = {name: value for name, value in told.items() if value in set(KINDS.get(name, ()))}
    return Reading(
        Size(known.get("size", AS_IT_IS.size)),
        Room(known.get("room", AS_IT_IS.room)),
        Colours(known.get("colours", AS_IT_IS.colours)),
        Lines(known.get("lines", AS_IT_IS.lines)),
        Voice(known.get("voice", AS_IT_IS.voice)),
    )


def attributes(reading: Reading) -> dict[str, str]:
    """What the page says of them to its style sheet: only what differs."""
    return {
        field.name: getattr(reading, field.name)
        for field in fields(reading)
        if getattr(reading, field.name) != getattr(AS_IT_IS, field.name)
    }
