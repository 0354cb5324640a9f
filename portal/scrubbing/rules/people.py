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
LOWER = re.compile(r"[^\W\d_]{5,20}")
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
        if person and (token.text == "." or (len(token.text) == 1 and token.text.isupper())):
            continue  # an initial inside a name
        place = Place(token, lower, before, after, person)
        if token.text[0].isupper():
            kind = _kind(place, names)
        else:
            kind = "person" if names.surely_given(lower) or _strange(place, names) else None
        person = kind == "person"
        if kind:
            yield Hidden(token.start, token.end, kind)


def _strange(place: Place, names: Names) -> bool:
    """Whether a word without a capital is none that exists, and stands where names stand."""
    if names.lang != "da" or not LOWER.fullmatch(place.lower) or not names.strange(place.lower):
        return False
    if place.person or place.before in names.cues["lower_before"]:
        return True
    after = place.after.text if place.after else ""
    return bool(LOWER.fullmatch(after)) and names.strange(after)


def _kind(place: Place, names: Names) -> str | None:
    lower, first = place.lower, place.token.first
    if lower in names.kept or len(place.token.text) == 1 or _acronym(place.token.text, names):
        return None
    if place.after and place.after.text.lower() in names.cues["after"]:
        return "person"
    if first and names.known(lower) and not names.surely_given(lower):
        return _first(place, names)
    called = place.before in names.cues["before"] and not first
    if not names.plain(lower):
        return "place" if names.town(lower) and not called else "person"
    if (called and len(lower) >= SHORT) or place.person:
        return "person"
    return None if first else _inside(lower, place.before, place.after, names)


def _acronym(text: str, names: Names) -> bool:
    """Whether it is short and all capitals up to its ending: PDF, SU-reglerne."""
    whole = re.split("['-]", text)[0]
    return 1 < len(whole) <= ACRONYM and whole.isupper() and not names.name(text.lower())


def _first(place: Place, names: Names) -> str | None:
    """A plain word that begins a sentence is a name if a family name follows, or it is rare."""
    if not names.given(place.lower):
        return None
    alone = place.after is not None and place.after.text.islower() and names.rare(place.lower)
    return "person" if alone or _family(place.after, names) else None


def _family(after: Token | None, names: Names) -> bool:
    """Whether the next word goes on with a name."""
    if after is None or not after.text[0].isupper() or len(after.text) == 1:
        return False
    return not _acronym(after.text, names) and not names.plain(base(after.text))


def _inside(lower: str, before: str, after: Token | None, names: Names) -> str | None:
    """A plain word with a capital inside a sentence; German writes all nouns so."""
    if names.lang == "de" or len(lower) < SHORT:
        return None
    if names.name(lower) or _family(after, names) or before in names.cues["kin"]:
        return "person"
    return "place" if names.town(lower) else None


def uncased(words: Sequence[Token], names: Names) -> Iterator[Hidden]:
    """Names in a text without capitals, or of nothing else: by lists and by what is beside them."""
    person = False
    for token, lower, before, after in places(words):
        kind = None
        if lower[0].isalpha() and lower not in names.kept:
            kind = _uncased(Place(token, lower, before, after, person), names)
        person = kind == "person"
        if kind:
            yield Hidden(token.start, token.end, kind)


def _uncased(place: Place, names: Names) -> str | None:
    lower = place.lower
    called = place.before in names.cues["before"]
    if names.surely_given(lower) or (called and names.name(lower) and len(lower) >= SHORT):
        return "person"
    if names.known(lower):
        return None
    if not names.name(lower) and names.town(lower):
        return "place"
    near = called or place.person or place.before in names.cues["kin"]
    if near or names.name(lower) or SURNAME.search(lower) or _strange(place, names):
        return "person"
    return None
