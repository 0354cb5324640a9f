"""A preset from a file: for a provider that the portal has no preset for.

It begins from a preset that there is and says what is different, so that a file is short.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from portal.identity.words import (
    PRESETS,
    Assured,
    Loa,
    PersonalIn,
    Preset,
    PresetWrong,
    RefusalKind,
    StaffRole,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BASE = "like"  # the preset that the file begins from
NOT_A_BASE = "simulator"
CODE = re.compile("[a-z_]{1,50}")


def preset_from(document: Mapping[str, Any]) -> Preset:
    """The preset that a document describes. Raises PresetWrong, naming what is wrong."""
    base = document.get(BASE)
    if not isinstance(base, str) or base not in PRESETS or base == NOT_A_BASE:
        known = ", ".join(sorted(PRESETS.keys() - {NOT_A_BASE}))
        message = f"{BASE}: must be one of {known}"
        raise PresetWrong(message)
    changed: dict[str, Any] = {
        name: _read(name, value) for name, value in document.items() if name != BASE
    }
    made = replace(PRESETS[base], **changed)
    _check_words(made)
    return made


def _read(name: str, value: object) -> object:
    kinds = {field.name: str(field.type) for field in fields(Preset)}
    if name not in kinds:
        message = f"{name}: nothing is called so"
        raise PresetWrong(message)
    try:
        return READERS[kinds[name]](value)
    except (ValueError, TypeError, KeyError, AttributeError):
        message = f"{name}: cannot be read; docs/sign-in.md shows how it is written"
        raise PresetWrong(message) from None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_text(one) for one in value)


def _table(read: Callable[[str], object]) -> Callable[[object], tuple[tuple[str, object], ...]]:
    def reader(value: object) -> tuple[tuple[str, object], ...]:
        if not isinstance(value, dict):
            raise TypeError
        return tuple((key, read(_text(one))) for key, one in value.items())

    return reader


def _refusals(value: object) -> tuple[tuple[str, RefusalKind, str], ...]:
    if not isinstance(value, dict):
        raise TypeError
    told = [(start, one["kind"], one["code"]) for start, one in value.items()]
    if not all(CODE.fullmatch(code) for _, _, code in told):
        raise ValueError
    return tuple((start.lower(), RefusalKind(kind), code) for start, kind, code in told)


READERS: dict[str, Callable[[object], object]] = {
    "str": _text,
    "int": _number,
    "bool": _truth,
    "tuple[str, ...]": _texts,
    "tuple[tuple[str, str], ...]": _table(str),
    "tuple[tuple[str, StaffRole], ...]": _table(StaffRole),
    "tuple[tuple[str, Loa], ...]": _table(lambda name: Loa[name]),
    "tuple[tuple[str, RefusalKind, str], ...]": _refusals,
    "PersonalIn": lambda value: PersonalIn(_text(value)),
    "Assured": lambda value: Assured(_text(value)),
}


def _check_words(preset: Preset) -> None:
    words = dict(preset.level_words)
    for name, value in preset.parameters:
        if "%" in value.replace("%(level)s", "").replace("%%", ""):
            message = f"parameters: {name} may hold %(level)s and no other sign with %"
            raise PresetWrong(message)
    if set(words) != {Loa.SUBSTANTIAL.name, Loa.HIGH.name}:
        message = "level_words: needs SUBSTANTIAL and HIGH, and nothing else"
        raise PresetWrong(message)
