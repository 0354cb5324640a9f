"""Names by their capitals, by what stands beside them, and by lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from portal.scrubbing.words import Hidden

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portal.scrubbing.rules.names import Names
    from portal.scrubbing.words import Token

SHORT = 3
ACRONYM = 6
SURNAME = re.compile(
    r"(?:sen|ssen|sson|gaard|gård|berg|bjerg|holm|lund|strup|rup|borg|dal|toft|skov|bæk|kjær"
    r"|ić|vić|ski|ska|wicz|oğlu|enko|zadeh|pour)s?$"
)


class Place(NamedTuple):
    """A word with what the rule looks at around it."""

    token: Token
    lower: str
    before: str
    after: Token | None
    person: bool  # whether the word before was hidden as a person


def base(text: str) -> str:
    """The word before an ending that an apostrophe sets off, in lower case."""
    word = text.partition("'")[0] if text.rfind("'") > 1 else text
    return word.replace("İ", "i").lower()


def places(words: Sequence[Token]) -> Iterator[tuple[Token, str, str, Token | None]]:
    """Each word, its base, the word before it (over the dot of an abbreviation), the next."""
    for place, token in enumerate(words):
        before = words[place - 1].text if place else ""
        if before == "." and place > 1 and not token.first:
            before = words[place - 2].text
        after = words[place + 1] if place + 1 < len(words) else None
        yield token, base(token.text), before.lower(), after


def capitals(words: Sequence[Token], names: Names) -> Iterator[Hidden]:
    """The capital rule, for text that uses capitals."""
    person = False
    for token, lower, before, after in places(words):
        if token.text[0].isupper():
            kind = _kind(Place(token, lower, before, after, person), names)
        else:
            kind = "person" if names.surely_given(lower) else None
        person = kind == "person"
        if kind:
            yield Hidden(token.start, token.end, kind)


def _kind(place: Place, names: Names) -> str | None:
    lower, text = place.lower, place.token.text
    if lower in names.kept or len(text) == 1:
        return None
    if text.isupper() and len(text) <= ACRONYM and not names.name(lower):
        return None
    called = place.before in names.cues["before"] and not place.token.first
    if not names.plain(lower):
        return "place" if names.town(lower) and not called else "person"
    if place.token.first:
        return _first(place, names)
    if (called and len(lower) >= SHORT) or place.person:
        return "person"
    return _inside(lower, place.before, names)


def _first(place: Place, names: Names) -> str | None:
    """A plain word that begins a sentence is a name if a family name follows."""
    after = place.after
    if after is None or not after.text[0].isupper() or not names.given(place.lower):
        return None
    follows = after.text.lower()
    if follows in names.kept or (names.plain(follows) and not names.name(follows)):
        return None
    return "person"


def _inside(lower: str, before: str, names: Names) -> str | None:
    """A plain word with a capital inside a sentence; German writes all nouns so."""
    if names.lang == "de" or len(lower) < SHORT:
        return None
    if names.name(lower) or before in names.cues["kin"]:
        return "person"
    return "place" if names.town(lower) else None


def uncased(words: Sequence[Token], names: Names) -> Iterator[Hidden]:
    """Names in a text without capitals, or of nothing else: by lists and by what is beside them."""
    person = False
    for token, lower, before, _ in places(words):
        kind = None
        if lower[0].isalpha() and lower not in names.kept:
            kind = _uncased(lower, before, names, person=person)
        person = kind == "person"
        if kind:
            yield Hidden(token.start, token.end, kind)


def _uncased(lower: str, before: str, names: Names, *, person: bool) -> str | None:
    called = before in names.cues["before"]
    if names.plain(lower):
        return "person" if called and names.name(lower) and len(lower) >= SHORT else None
    if names.name(lower):
        return "person"
    if names.town(lower):
        return "place"
    near = called or person or before in names.cues["kin"]
    return "person" if near or SURNAME.search(lower) else None
