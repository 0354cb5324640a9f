"""Reading a codebook from its file. All that is wrong is named at once."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from typing import TYPE_CHECKING, Any

from portal.themes.words import FaultyCodebook, Wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
LONGEST_TITLE, LONGEST_TEXT, MOST_EXAMPLES = 80, 1_000, 20
FIELDS = {"code", "titles", "descriptions", "examples"}


def is_code(told: str) -> bool:
    """Whether a theme may have this code."""
    return CODE.fullmatch(told) is not None


def read(file: str, views: Collection[str]) -> tuple[tuple[str, Wording], ...]:
    """The themes of a file in their order. Raises FaultyCodebook naming all that is wrong."""
    try:
        told = tomllib.loads(file).get("themes")
    except tomllib.TOMLDecodeError as error:
        raise FaultyCodebook((f"not TOML: {error}",)) from None
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told) or not told:
        raise FaultyCodebook(("no [[themes]]",))
    codes = Counter(str(one.get("code", "")) for one in told)
    wrong = [f"{code}: {count} themes have this code" for code, count in codes.items() if count > 1]
    for place, one in enumerate(told, 1):
        wrong += _faults(f"{one.get('code') or f'theme {place}'}", one, views)
    if wrong:
        raise FaultyCodebook(tuple(wrong))
    return tuple((one["code"], _wording(one)) for one in told)


def _wording(one: dict[str, Any]) -> Wording:
    examples = {view: tuple(told) for view, told in one.get("examples", {}).items()}
    return Wording(dict(one["titles"]), dict(one["descriptions"]), examples)


def _faults(name: str, one: dict[str, Any], views: Collection[str]) -> Iterator[str]:
    if not is_code(str(one.get("code", ""))):
        yield f"{name}: the code must be small letters, digits and _"
    yield from (f"{name}: {field}: not known" for field in sorted(one.keys() - FIELDS))
    for field in ("titles", "descriptions", "examples"):
        told = one.get(field, {})
        if not isinstance(told, dict):
            yield f"{name}: {field}: must be by view"
            continue
        yield from (f"{name}: {field}.{view}: no such view" for view in told if view not in views)
        yield from (
            f"{name}: {field}.{view}: {fault}"
            for view in views
            if (fault := _fault(field, told.get(view)))
        )


def _fault(field: str, told: object) -> str | None:
    if field == "examples":
        return None if told is None else _examples_fault(told)
    longest = LONGEST_TITLE if field == "titles" else LONGEST_TEXT
    if not isinstance(told, str) or not told.strip():
        return "missing"
    return f"longer than {longest} characters" if len(told) > longest else None


def _examples_fault(told: object) -> str | None:
    if not isinstance(told, list) or not all(isinstance(one, str) and one.strip() for one in told):
        return "must be a list of texts"
    if len(told) > MOST_EXAMPLES or any(len(one) > LONGEST_TEXT for one in told):
        return f"at most {MOST_EXAMPLES}, each of at most {LONGEST_TEXT} characters"
    return None
