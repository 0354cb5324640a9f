"""Which texts are whole, and what a text is made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portal.explanations.words import COUNTED, TERMS, Audience, Hole, Piece, Term, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MARK = re.compile(r"\{([a-z_]+)\}|\[\[([a-z_]+)\|([^\]|]+)\]\]")
STRAY = re.compile(r"[{}]|\[\[|\]\]")


def pieces(text: str) -> tuple[Piece, ...]:
    """A text taken apart into words, holes for values, and terms."""
    found: list[Piece] = []
    end = 0
    for match in MARK.finditer(text):
        if match.start() > end:
            found.append(text[end : match.start()])
        hole, code, shown = match.groups()
        found.append(Hole(hole) if hole else Term(code, shown))
        end = match.end()
    if end < len(text):
        found.append(text[end:])
    return tuple(found)


def for_audience(text: Text, audience: Audience) -> str:
    """The wording for those whom it speaks to."""
    said = {
        Audience.CITIZEN: text.citizen,
        Audience.REPRESENTATIVE: text.representative,
        Audience.PARTY: text.party,
    }
    return said[audience]


def faults(
    texts: Mapping[tuple[str, str], Text],
    codes: Mapping[str, frozenset[str]],
    views: Sequence[str],
    plurals: Mapping[str, Sequence[str]] | None = None,
) -> list[str]:
    """What is wrong with the texts, a line each; empty when each code is whole in each view.

    `plurals`: those that the language of each view has; where none are told, nothing is counted.
    """
    wanted = {(view, code) for view in views for code in codes}
    missing = sorted(wanted - texts.keys())
    surplus = sorted(texts.keys() - wanted)
    return [
        *(f"{view}: {code}: has no text" for view, code in missing),
        *(f"{view}: {code}: is a text that nothing says" for view, code in surplus),
        *(
            f"{view}: {code}: {fault}"
            for view, code in sorted(wanted & texts.keys())
            for fault in (
                *_text_faults(texts[view, code], codes[code]),
                *_plural_faults(texts[view, code], (plurals or {}).get(view, ())),
            )
        ),
    ]


def _text_faults(text: Text, holes: frozenset[str], *, counted: bool = False) -> Iterator[str]:
    for one in text.plurals.values():
        yield from _text_faults(one, holes, counted=True)
    if text.version < 1 or text.version != text.original_version:
        yield f"is version {text.version} of the original's {text.original_version}"
    if text.valid_from is None:
        yield "has no date from which it is valid"
    if not text.owner:
        yield "has no owner"
    for audience in Audience:
        wording = for_audience(text, audience)
        if not wording.strip():
            yield f"says nothing to the {audience}"
        else:
            # "A week" needs no number: the text of a plural may leave it out.
            spared = frozenset({COUNTED.get(text.code, "")} if counted else ())
            yield from _wording_faults(pieces(wording), holes, audience, spared)


def _plural_faults(text: Text, plurals: Sequence[str]) -> Iterator[str]:
    wanted = set(plurals) if text.code in COUNTED else set()
    if wanted != text.plurals.keys():
        yield f"has the plurals {sorted(text.plurals)} instead of {sorted(wanted)}"


def _wording_faults(
    said: Iterable[Piece], holes: frozenset[str], audience: Audience, spared: frozenset[str]
) -> Iterator[str]:
    parts = list(said)
    used = {part.name for part in parts if isinstance(part, Hole)}
    if used != holes and used != holes - spared:
        yield f"has the places {sorted(used)} instead of {sorted(holes)} for the {audience}"
    for part in parts:
        if isinstance(part, Term) and part.code not in TERMS:
            yield f"explains {part.code}, which is no term"
        if isinstance(part, str) and STRAY.search(part):
            yield f"has a stray bracket in {part!r}"
