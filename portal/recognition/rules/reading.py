"""Texts with themes to be measured by: comments, a table of feedback, sentences by language."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, NamedTuple

from portal.recognition.words import Labelled, WrongFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LANGS: Mapping[str, str] = {
    "ara": "ar",
    "arb": "ar",
    "bul": "bg",
    "ces": "cs",
    "dan": "da",
    "deu": "de",
    "ell": "el",
    "eng": "en",
    "est": "et",
    "fas": "fa",
    "fin": "fi",
    "fra": "fr",
    "hrv": "hr",
    "hun": "hu",
    "isl": "is",
    "ita": "it",
    "lit": "lt",
    "lvs": "lv",
    "nld": "nl",
    "nob": "no",
    "pes": "fa",
    "pol": "pl",
    "por": "pt",
    "ron": "ro",
    "rus": "ru",
    "slk": "sk",
    "slv": "sl",
    "som": "so",
    "spa": "es",
    "srp": "sr",
    "swe": "sv",
    "tur": "tr",
    "ukr": "uk",
    "urd": "ur",
    "vie": "vi",
}
KNOWN = frozenset(LANGS.values())
TABLE = ("label", "feedback")
SENTENCES = ("index_id", "category", "text")
LINE = 1_000_000  # letters of one field
csv.field_size_limit(LINE)


class Case(NamedTuple):
    """A text with its themes. `like` is shared by what must not be on both sides of a split."""

    labelled: Labelled
    like: str


def comments(text: str) -> list[Case]:
    """Comments, one JSON object a line, with `text`, `lang` and `themes`. Raises WrongFile."""
    return [
        _comment(line, number) for number, line in enumerate(text.split("\n"), 1) if line.strip()
    ]


def _comment(line: str, number: int) -> Case:
    try:
        row = json.loads(line)
        said, lang, themes = row["text"], row["lang"], tuple(row["themes"])
    except (ValueError, KeyError, TypeError) as wrong:
        message = f"line {number}: not a JSON object with text, lang and themes"
        raise WrongFile(message) from wrong
    if not isinstance(said, str) or not all(isinstance(theme, str) for theme in themes):
        message = f"line {number}: a text and themes are words"
        raise WrongFile(message)
    return Case(Labelled(said, _known(lang, number), themes), _like(said))


def _known(lang: object, number: int) -> str:
    if not isinstance(lang, str) or lang not in KNOWN:
        message = f"line {number}: a language that is not known; known are {_names()}"
        raise WrongFile(message)
    return lang


def _names() -> str:
    return ", ".join(sorted(KNOWN))


def _like(text: str) -> str:
    return " ".join(text.lower().split())


def table(text: str, lang: str, column: str = TABLE[0]) -> list[Case]:
    """A table with a column of themes and one of feedback, all in one language."""
    return [
        Case(Labelled(row[TABLE[1]], lang, (row[column],)), _like(row[TABLE[1]]))
        for row in _rows(text, ",", (column, TABLE[1]))
    ]


def sentences(text: str, name: str) -> list[Case]:
    """Sentences of one language, named by the file: `dan_Latn.dev.tsv`."""
    lang = LANGS.get(name[:3])
    if lang is None:
        message = f"{name}: begins with no language that is known, as `dan` or `ukr`"
        raise WrongFile(message)
    return [
        Case(Labelled(row["text"], lang, (row["category"],)), row["index_id"])
        for row in _rows(text, "\t", SENTENCES)
    ]


def _rows(text: str, mark: str, columns: tuple[str, ...]) -> Iterator[Mapping[str, str]]:
    lines = text.splitlines(keepends=True)
    if mark == ",":
        rows = csv.DictReader(lines)
    else:
        rows = csv.DictReader(lines, delimiter=mark, quoting=csv.QUOTE_NONE)
    try:
        missing = sorted(set(columns) - set(rows.fieldnames or ()))
        if missing:
            message = f"column missing: {', '.join(missing)}"
            raise WrongFile(message)
        for row in rows:
            if any(row[column] is None for column in columns):
                message = f"line {rows.line_num}: too few columns"
                raise WrongFile(message)
            yield row
    except csv.Error as wrong:
        message = f"line {rows.line_num}: not a table"
        raise WrongFile(message) from wrong


def usable(cases: list[Case]) -> list[Case]:
    """The cases with a text and a theme. Raises WrongFile where there is nothing to learn."""
    found = [case for case in cases if case.labelled.text.strip() and case.labelled.themes]
    themes = {theme for case in found for theme in case.labelled.themes}
    if len(themes) < 2:  # noqa: PLR2004 to choose from
        message = "no two themes to choose from" if found else "no texts with themes"
        raise WrongFile(message)
    return found
