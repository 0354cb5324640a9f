"""The texts, read from the folder of the catalogs: one file for each group and view."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from portal.explanations.rules import faults
from portal.explanations.words import CODES, FaultyTexts, Text
from portal.i18n import KNOWN, plurals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from portal.explanations.words import Texts

FILE = "_file"
ORIGINAL = "da"  # the authoritative view: law, owner and valid-from stand there alone


def texts(folder: Path, views: Iterable[str]) -> Texts:
    """Every text in every view, by (view, code).

    Raises FaultyTexts when one is missing, superfluous, or differs in its places.
    """
    files = {view: dict(_entries(folder / view / "explanations")) for view in views}
    origins = files[ORIGINAL]
    found = {
        (view, code): _text(code, entry, origins.get(code, entry))
        for view, entries in files.items()
        for code, entry in entries.items()
    }
    wrong = faults(found, CODES, tuple(files), {view: plurals(KNOWN[view]) for view in files})
    if wrong:
        raise FaultyTexts(wrong)
    return found


def _form(entry: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The entry as it is for one of the plurals."""
    return {
        key: said.get(name, "") if isinstance(said, dict) else said for key, said in entry.items()
    }


def _entries(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(folder.glob("*.toml")):
        read = tomllib.loads(path.read_text("utf-8"))
        defaults = read.pop(FILE, {})
        for code, entry in read.items():
            yield code, {**defaults, **entry}


def _text(code: str, entry: Mapping[str, Any], origin: Mapping[str, Any]) -> Text:
    every = entry.get("all", "")
    forms = every if isinstance(every, dict) else {}
    if forms:
        each = {name: _text(code, _form(entry, name), origin) for name in forms}
        return replace(each[list(forms)[-1]], plurals=each)
    return Text(
        code=code,
        version=entry.get("version", 0),
        original_version=origin.get("version", 0),
        valid_from=origin.get("valid_from"),
        owner=origin.get("owner", ""),
        law=origin.get("law") or None,
        citizen=entry.get("citizen", every),
        representative=entry.get("representative", every),
        party=entry.get("party", every),
    )
