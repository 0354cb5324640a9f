"""Put the texts that a view lacks into its files, empty and with what the others say beside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from portal.translating.words import Said, Saying

HEADER = (
    'msgid ""',
    'msgstr ""',
    r'"Language: {lang}\n"',
    r'"MIME-Version: 1.0\n"',
    r'"Content-Type: text/plain; charset=UTF-8\n"',
    r'"Content-Transfer-Encoding: 8bit\n"',
    r'"Plural-Forms: {rule}\n"',
)


def fill_in(
    folder: Path,
    lacking: Sequence[Said],
    beside: Mapping[str, Saying],
    plurals: Sequence[str],
    rule: str,
) -> None:
    """Add each text that is lacking to its file, which is made where there is none.

    Beside it stands, as a comment, what the views in `beside` say. `rule` is how gettext's tools
    choose among the plurals.
    """
    for one in lacking:
        path = folder / one.file
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_head(folder.name, one, rule), "utf-8")
        entry = _message if path.suffix == ".po" else _passage
        with path.open("a", encoding="utf-8") as file:
            file.write("\n".join(["", *_comments(one, beside), *entry(one, plurals), ""]))


def _head(lang: str, one: Said, rule: str) -> str:
    if one.file.endswith(".po"):
        return "\n".join(HEADER).format(lang=lang, rule=rule) + "\n"
    return f"[_file]\nversion = {one.version}\n" if one.version else ""


def _comments(one: Said, beside: Mapping[str, Saying]) -> Iterator[str]:
    for view, saying in beside.items():
        other = saying.get(f"{one.file}: {one.key}")
        told = other.wordings.values() if other else ()
        forms = [form for wording in told for form in wording.values()]
        for form in dict.fromkeys(forms):
            yield f"#. {view}: {' '.join(form.split())}"


def _message(one: Said, plurals: Sequence[str]) -> Iterator[str]:
    yield f'msgid "{one.key}"'
    if "" in one.wordings[""]:
        yield 'msgstr ""'
        return
    yield f'msgid_plural "{one.key}"'
    for place in range(len(plurals)):
        yield f'msgstr[{place}] ""'


def _passage(one: Said, plurals: Sequence[str]) -> Iterator[str]:
    counted = any("" not in forms for forms in one.wordings.values())
    forms = ", ".join(f'{name} = ""' for name in plurals)
    empty = f"{{ {forms} }}" if counted else '""'
    if one.file.startswith("questionnaire"):
        yield f"{'.'.join(map(json.dumps, one.key.split('.')))} = {empty}"
    else:
        yield f'["{one.key}"]'
        yield f"all = {empty}"
