"""The questionnaires, read from the files beside this one, and what each says in each view."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec

from portal.questionnaire.rules import faults, wording_faults
from portal.questionnaire.words import (
    FaultyQuestionnaire,
    Page,
    Question,
    Questionnaire,
    Scale,
    Wording,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from portal.questionnaire.words import Wordings


def questionnaires() -> tuple[Questionnaire, ...]:
    """Every version of what is asked, the oldest first. Raises FaultyQuestionnaire."""
    folder = files("portal.questionnaire")
    found = [
        read(file.read_text("utf-8")) for file in folder.iterdir() if file.name.endswith(".toml")
    ]
    if len({one.version for one in found}) < len(found):
        message = "two questionnaires have the same version"
        raise FaultyQuestionnaire(message)
    return tuple(sorted(found, key=lambda one: one.valid_from))


def read(text: str) -> Questionnaire:
    """One version, from its file. Raises FaultyQuestionnaire."""
    try:
        told = tomllib.loads(text)
        scales = {
            code: msgspec.convert({"code": code, **scale}, Scale)
            for code, scale in told["scales"].items()
        }
        pages = tuple(
            Page(page["code"], tuple(_question(told, scales) for told in page["questions"]))
            for page in told["pages"]
        )
        made = Questionnaire(told["version"], told["valid_from"], pages)
    except (KeyError, TypeError, ValueError, msgspec.ValidationError) as error:
        raise FaultyQuestionnaire(str(error)) from error
    _refuse(f"{made.version}: {fault}" for fault in faults(made))
    return made


def _question(told: dict[str, Any], scales: dict[str, Scale]) -> Question:
    plain = {name: value for name, value in told.items() if name != "scale"}
    made = msgspec.convert(plain, Question)
    scale = scales[told["scale"]] if "scale" in told else None
    return Question(made.code, made.kind, made.dimension, scale, made.options)


def wordings(
    folder: Path, questionnaires: Iterable[Questionnaire], views: Iterable[str]
) -> Wordings:
    """What each version says in each view, from the folder of the catalogs.

    Raises FaultyQuestionnaire where a view does not say all of it.
    """
    views = tuple(views)
    wanted = {(one.version, view): one for one in questionnaires for view in views}
    found = {
        (version, view): _wording(folder / view / "questionnaire" / f"{version}.toml")
        for version, view in wanted
    }
    _refuse(
        f"{version}: {view}: {fault}"
        for (version, view), one in wanted.items()
        for fault in wording_faults(one, found[version, view])
    )
    return found


def _wording(file: Path) -> Wording:
    try:
        told = tomllib.loads(file.read_text("utf-8"))
        return msgspec.convert({"hints": {}, **told}, Wording)
    except (OSError, ValueError, msgspec.ValidationError) as error:
        message = f"{file.parent.parent.name}: {file.name}: {type(error).__name__}"
        raise FaultyQuestionnaire(message) from error


def _refuse(wrong: Iterable[str]) -> None:
    found = list(wrong)
    if found:
        raise FaultyQuestionnaire("\n".join(found))
