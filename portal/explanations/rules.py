"""Which texts are whole, and what a text is made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portal.explanations.words import TERMS, Audience, Hole, Piece, Term, Text

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
) -> list[str]:
    """What is wrong with the texts, a line each; empty when each code is whole in each view."""
    wanted = {(view, code) for view in views for code in codes}
    missing = sorted(wanted - texts.keys())
    surplus = sorted(texts.keys() - wanted)
    return [
        *(f"{view}: {code}: has no text" for view, code in missing),
        *(f"{view}: {code}: is a text that nothing says" for view, code in surplus),
        *(
            f"{view}: {code}: {fault}"
            for view, code in sorted(wanted & texts.keys())
            for fault in _text_faults(texts[view, code], codes[code])
        ),
    ]


def _text_faults(text: Text, holes: frozenset[str]) -> Iterator[str]:
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
            yield from _wording_faults(pieces(wording), holes, audience)


def _wording_faults(
    said: Iterable[Piece], holes: frozenset[str], audience: Audience
) -> Iterator[str]:
    parts = list(said)
    used = {part.name for part in parts if isinstance(part, Hole)}
    if used != holes:
        yield f"has the places {sorted(used)} instead of {sorted(holes)} for the {audience}"
    for part in parts:
        if isinstance(part, Term) and part.code not in TERMS:
            yield f"explains {part.code}, which is no term"
        if isinstance(part, str) and STRAY.search(part):
            yield f"has a stray bracket in {part!r}"
