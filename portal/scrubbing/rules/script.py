"""Names in the Arabic script, which has no capitals: by lists and by what stands beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portal.scrubbing.words import Hidden

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portal.scrubbing.words import Lexicon, Token

ARABIC = re.compile(r"[\u0600-\u06ff]")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
LETTERS = re.compile(r"[\u0621-\u064a\u066e-\u06d3]+")
# What is written on to a word: conjunctions, prepositions and the article before it, pronouns and
# endings of verbs and plurals after it.
PREFIXES = (
    *("وال", "بال", "كال", "فال", "لل", "ال", "و", "ف", "ب", "ل", "ك", "س", "وب", "ول", "أ"),
    *("ي", "ت", "ن", "م", "وسي", "ها", "عال", "هال"),
)
SUFFIXES = (
    *("هما", "كما", "تها", "ته", "تهم", "هم", "هن", "كم", "كن", "نا", "ني", "ها", "ه", "ك", "ي"),
    *("ات", "ون", "ين", "وا", "ت", "ة", "تم", "ا", "اً", "وني", "تموه", "تموها", "توا", "تو", "ش"),
)
CLITIC = re.compile("^(?:و|ف)?(?:ل|ب|ك)?(?=..)")
STEM = 3
UNKNOWN = 4  # letters of a word that nothing is known of


def arabic_names(words: Sequence[Token], lexicon: Lexicon) -> Iterator[Hidden]:
    person, before = False, ""
    for token in words:
        text = token.text
        if text == "." and len(before) == 1:  # د. before a name
            continue
        kind = None
        if LETTERS.fullmatch(text):
            kind = _kind(text, before, lexicon, person=person)
        person = kind == "person"
        before = text
        if kind:
            yield Hidden(token.start, token.end, kind)


def _kind(text: str, before: str, lexicon: Lexicon, *, person: bool) -> str | None:
    cues = lexicon.cues
    if text in cues["arabic_titles"] or text in cues["arabic_kin"] or text in cues["arabic_plain"]:
        return None
    bare = CLITIC.sub("", text)
    plain = known(text, lexicon)
    if not plain and (text in lexicon.towns or bare in lexicon.towns):
        return "place"
    listed = any(
        form in names for form in (text, bare) for names in (lexicon.given, lexicon.family)
    )
    if before in cues["arabic_names_follow"]:
        return "person"
    near = before in cues["arabic_titles"] or before in cues["arabic_kin"]
    if listed and (near or person or not plain or text in cues["arabic_given"]):
        return "person"
    if (listed and before in cues["arabic_teknonyms"]) or (
        person and before in cues["arabic_links"]
    ):
        return "person"
    return "person" if not plain and (near or person or len(text) > UNKNOWN) else None


def known(text: str, lexicon: Lexicon) -> bool:
    """Whether a word, or what is left of it without what is written on to it, is plain."""
    plain = lexicon.plain["ar"]
    if text in plain:
        return True
    stems = [text, *(text[len(prefix) :] for prefix in PREFIXES if text.startswith(prefix))]
    cores = [stem[: -len(suffix)] for stem in stems for suffix in SUFFIXES if stem.endswith(suffix)]
    long = (form for form in (*stems, *cores) if len(form) >= STEM)
    return any(form in plain or form + "ة" in plain for form in long)
