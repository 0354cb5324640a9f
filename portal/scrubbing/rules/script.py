"""Names in the Arabic script, which has no capitals: by lists and by what stands beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

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


class Word(NamedTuple):
    """A word with what stands beside it."""

    text: str
    before: str
    after: str
    person: bool  # whether the word before was hidden as a person


def arabic_names(words: Sequence[Token], lexicon: Lexicon) -> Iterator[Hidden]:
    person, before = False, ""
    for place, token in enumerate(words):
        text = token.text
        if text == "." and len(before) == 1:  # د. before a name
            continue
        kind = None
        if LETTERS.fullmatch(text):
            after = words[place + 1].text if place + 1 < len(words) else ""
            kind = _kind(Word(text, before, after, person), lexicon)
        person = kind == "person"
        before = text
        if kind:
            yield Hidden(token.start, token.end, kind)


def _kind(word: Word, lexicon: Lexicon) -> str | None:
    cues, text = lexicon.cues, word.text
    if any(text in cues[block] for block in ("arabic_titles", "arabic_kin", "arabic_plain")):
        return None
    bare = CLITIC.sub("", text)
    if not known(text, lexicon) and (text in lexicon.towns or bare in lexicon.towns):
        return "place"
    if word.before in cues["arabic_orgs"] and text.startswith("ال"):
        return "org"
    return "person" if _called(word, lexicon) or _named(word, bare, lexicon) else None


def _called(word: Word, lexicon: Lexicon) -> bool:
    """Whether what stands before says that it is a name."""
    cues = lexicon.cues
    if word.before in cues["arabic_names_follow"]:
        return True
    if word.person:  # a family name may look like a bent word
        return (
            word.text not in lexicon.plain["ar"]
            or word.text in lexicon.family
            or word.text in lexicon.given
            or word.text in cues["arabic_links"]
            or word.before in cues["arabic_links"]
        )
    near = word.before in cues["arabic_titles"] or word.before in cues["arabic_kin"]
    return near and not known(word.text, lexicon)


def _named(word: Word, bare: str, lexicon: Lexicon) -> bool:
    """Whether a list has it as a name, and it is no everyday word there."""
    cues, forms = lexicon.cues, {word.text, bare}
    given = any(form in lexicon.given for form in forms)
    if forms & cues["given_arabic"] - cues["unsure_arabic"]:
        return True
    if word.text == "عبد" and word.after.startswith("ال"):
        return True
    near = any(word.before in cues[block] for block in ("arabic_titles", "arabic_kin"))
    if word.before in cues["arabic_teknonyms"] or near:
        return given or any(form in lexicon.family for form in forms)
    if given and (word.before in cues["arabic_weak"] or word.after in cues["arabic_verbs"]):
        return True
    return not known(word.text, lexicon) and (given or len(word.text) > UNKNOWN)


def known(text: str, lexicon: Lexicon) -> bool:
    """Whether a word, or what is left of it without what is written on to it, is plain."""
    plain = lexicon.plain["ar"]
    if text in plain:
        return True
    stems = [text, *(text[len(prefix) :] for prefix in PREFIXES if text.startswith(prefix))]
    cores = [stem[: -len(suffix)] for stem in stems for suffix in SUFFIXES if stem.endswith(suffix)]
    long = (form for form in (*stems, *cores) if len(form) >= STEM)
    return any(form in plain or form + "ة" in plain for form in long)
