"""The texts of a view and its glossary, read from the folder of the catalogs."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import msgspec
from babel.messages.pofile import PoFileError, read_po

from portal.translating.words import Glossary, Said, Saying, Term, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

CITIZENS = "LC_MESSAGES"  # the fragments that are whole in every view
STAFF = "staff"  # those of staff pages alone
AUDIENCES = ("citizen", "representative", "party")
GLOSSARY = "glossary.toml"


def saying(folder: Path, plurals: Sequence[str], *, staff: bool) -> Saying:
    """Everything that the view of this folder says, in a language of these plurals.

    Raises Unreadable.
    """
    parts = (CITIZENS, STAFF) if staff else (CITIZENS,)
    found = [
        *(one for part in parts for one in _catalogs(folder, part, plurals)),
        *_explanations(folder),
        *_questionnaires(folder),
    ]
    return {f"{one.file}: {one.key}": one for one in found}


def glossary(folder: Path) -> Glossary | None:
    """The glossary of the view; None where it has none. Raises Unreadable."""
    path = folder / GLOSSARY
    if not path.exists():
        return None
    told = _toml(path, folder)
    exceptions = told.pop("exceptions", {})
    try:
        terms = msgspec.convert(told, dict[str, Term])
        return Glossary(terms, msgspec.convert(exceptions, dict[str, str]))
    except msgspec.ValidationError as error:
        message = f"{GLOSSARY}: {error}"
        raise Unreadable(message) from error


def _catalogs(folder: Path, part: str, plurals: Sequence[str]) -> Iterator[Said]:
    for path in sorted((folder / part).glob("*.po")):
        name = f"{part}/{path.name}"
        try:
            with path.open("rb") as file:
                read = read_po(file, abort_invalid=True)
        except (PoFileError, ValueError) as error:
            message = f"{name}: {error}"
            raise Unreadable(message) from error
        for one in read:
            if one.id:
                yield _message(name, one.id, one.string, plurals)


def _message(file: str, key: Any, said: Any, plurals: Sequence[str]) -> Said:  # noqa: ANN401 - as Babel types them
    if isinstance(key, str):
        return Said(file, key, {"": {"": said}})
    names = [*plurals, *(f"msgstr[{place}]" for place in range(len(plurals), len(said)))]
    return Said(file, key[0], {"": dict(zip(names, said, strict=False))})


def _explanations(folder: Path) -> Iterator[Said]:
    for path in sorted((folder / "explanations").glob("*.toml")):
        told = _toml(path, folder)
        version = told.pop("_file", {}).get("version", 0)
        for code, entry in told.items():
            every = entry.get("all", "")
            wordings = {one: _forms(entry.get(one, every)) for one in AUDIENCES}
            version_of = entry.get("version", version)
            yield Said(f"explanations/{path.name}", code, wordings, version_of)


def _forms(said: str | Mapping[str, str]) -> Mapping[str, str]:
    return {"": said} if isinstance(said, str) else said


def _questionnaires(folder: Path) -> Iterator[Said]:
    for path in sorted((folder / "questionnaire").glob("*.toml")):
        for key, said in _flat(_toml(path, folder)):
            yield Said(f"questionnaire/{path.name}", key, {"": {"": said}})


def _flat(told: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, one in told.items():
        if isinstance(one, dict):
            yield from _flat(one, f"{above}{key}.")
        else:
            yield above + key, str(one)


def _toml(path: Path, folder: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except ValueError as error:
        message = f"{path.relative_to(folder)}: {error}"
        raise Unreadable(message) from error
