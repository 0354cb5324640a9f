"""How hard a text is to read: the LIX of Danish (and of English, for comparison).

A text is cut into blocks (blank lines, list items), its abbreviations are read out in full, and
then it is counted. Every rule of counting stands at the function that applies it.
"""

from __future__ import annotations

import re
import unicodedata

from portal.readability.words import (
    AFTER_NUMBER,
    BEFORE_NUMBER,
    CLOSING,
    LABELLED,
    LEADING,
    LONG_WORD,
    MONTHS,
    Measure,
)

OPENERS = "\"'»«“”„\u2018’([{–—-"
CLOSERS = "\"'»«”“’)]}"
READ_OUT = {**LEADING, **CLOSING, **AFTER_NUMBER, **BEFORE_NUMBER}


def _one_of(abbreviations: dict[str, str]) -> str:
    # The longest first, and a blank allowed inside: "bl. a.", "f. eks.".
    longest_first = sorted(abbreviations, key=len, reverse=True)
    return "|".join(
        re.escape(short).replace(r"\.", r"\.\ ?").removesuffix(r"\ ?") for short in longest_first
    )


ABBREVIATION = re.compile(
    rf"(?<![\w.-])(?:(?P<leading>{_one_of(LEADING)})"
    rf"|(?P<closing>{_one_of(CLOSING)})"
    rf"|(?<=\d\s)(?P<unit>{_one_of(AFTER_NUMBER)})"
    rf"|(?<=\d\.\s)(?P<month>{_one_of(AFTER_NUMBER)})"
    rf"|(?P<before>{_one_of(BEFORE_NUMBER)})(?=\s?\d))(?!\w)",
    re.IGNORECASE,
)
CAPITAL = r"[^\W\d_a-zæøåé]"
CAPITAL_NEXT = re.compile(rf"[{re.escape(CLOSERS)}]*(?:\s+[{re.escape(OPENERS)}\s]*{CAPITAL}|$)")
FOR_EXAMPLE = re.compile(r"\bfx\b", re.IGNORECASE)
SECTION_SIGN = re.compile(r"(?P<start>(?:^|[.!?…]\s+))?(?P<sign>§{1,2})\s*")
BLOCK = re.compile(r"\n\s*\n|\n\s*(?=[-–•*]\s)")
END = re.compile(rf"[.!?…؟][{re.escape(CLOSERS)}]*$")
INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+")
ORDINAL = re.compile(r"[\d.–-]+\.")
SLASH = re.compile(r"(?<=[^\W\d_]{2})/(?=[^\W\d_]{2})")
ADDRESS = re.compile(r"@|://|www\.")


def _in_full(found: re.Match[str]) -> str:
    short = found[0]
    full = READ_OUT[short.replace(" ", "").lower()]
    may_end = found["leading"] is None and found["before"] is None
    stop = "." if may_end and CAPITAL_NEXT.match(found.string, found.end()) else ""
    return (full.capitalize() if short[0].isupper() else full) + stop


def _section_in_full(found: re.Match[str]) -> str:
    full = "paragraf " if len(found["sign"]) == 1 else "paragrafferne "
    start = found["start"]
    return full if start is None else start + full.capitalize()


def expanded(text: str) -> str:
    """One block with abbreviations, §, % and & as they are read aloud.

    An abbreviation loses its full stop, unless it may stand last (osv., kr., mv.) and a capital
    letter or the end follows: then the stop is kept as the end of the sentence.
    """
    text = ABBREVIATION.sub(_in_full, text)
    text = FOR_EXAMPLE.sub("for eksempel", text)
    text = SECTION_SIGN.sub(_section_in_full, text)
    return re.sub(r"\s*%", " procent", text).replace("&", " og ")


def _is_word(token: str) -> bool:
    return any(sign.isalnum() for sign in token)


def _may_begin(token: str) -> bool:
    first = token.lstrip(OPENERS)[:1]
    caseless = first.isalpha() and first.lower() == first.upper()  # as Arabic is written
    return first.isupper() or first.isdigit() or caseless


def _is_initial(token: str, before: str) -> bool:
    bare = token.strip(OPENERS + CLOSERS)
    return bool(INITIALS.fullmatch(bare)) and bare[0].isupper() and before.lower() not in LABELLED


def _ends(tokens: list[str], following: str) -> bool:
    """Whether a sentence ends with the last of its `tokens`, before the word `following`.

    It ends at . ! ? or … (quotes and brackets may close after it) when the next word begins with
    a capital or a digit. It does not end after an initial (J. Hansen, H.C. Andersen), after a
    number before a month (12. Maj), or after a number that opens it (1. Send brevet). Colon and
    semicolon end nothing.
    """
    token = tokens[-1]
    if not END.search(token) or not _may_begin(following):
        return False
    if ORDINAL.fullmatch(token):
        return len(tokens) > 1 and following.strip(OPENERS + CLOSERS + ".,").lower() not in MONTHS
    return not _is_initial(token, tokens[-2] if len(tokens) > 1 else "")


def _sentences_of(block: str) -> list[str]:
    found: list[str] = []
    current: list[str] = []
    tokens = [token for token in expanded(block).split() if _is_word(token) or END.search(token)]
    for token, following in zip(tokens, [*tokens, ""][1:], strict=True):
        current.append(token)
        if not following or _ends(current, following):
            found.append(" ".join(current))
            current = []
    return [sentence for sentence in found if _is_word(sentence)]


def sentences(text: str) -> list[str]:
    """The sentences, abbreviations read out. A blank line or a list mark ends a sentence, too."""
    blocks = BLOCK.split(unicodedata.normalize("NFC", text))
    return [sentence for block in blocks for sentence in _sentences_of(block.strip())]


def words(text: str) -> list[str]:
    """The words, abbreviations read out, without the punctuation around them.

    A word holds at least one letter or digit. Numbers, dates and times are words (1.297,50 and
    9.30 are one each), also the number of a list item. Hyphenated words are one word. A slash
    parts two words (og/eller), but not single letters (A/S) nor an address on the net: that is
    one word.
    """
    return [word for sentence in sentences(text) for word in _words_of(sentence)]


def _words_of(sentence: str) -> list[str]:
    parts = (
        part
        for token in sentence.split()
        for part in ([token] if ADDRESS.search(token) else SLASH.split(token))
    )
    return [re.sub(r"^[\W_]+|[\W_]+$", "", part) for part in parts if _is_word(part)]


def is_long(word: str) -> bool:
    """Seven letters or more, as shown: hyphens, apostrophes and digits are not letters."""
    return sum(sign.isalpha() for sign in word) >= LONG_WORD


def measure(text: str) -> Measure:
    """Count a text. All figures are 0 for a text without words."""
    counted = [_words_of(sentence) for sentence in sentences(text)]
    return Measure(
        sentences=len(counted),
        words=sum(len(found) for found in counted),
        long_words=sum(is_long(word) for found in counted for word in found),
        longest_sentence=max((len(found) for found in counted), default=0),
    )


def lix(text: str) -> float:
    """Score a text: ≤ 24 very easy, 25-34 easy, 35-44 medium, 45-54 hard, ≥ 55 very hard."""
    return measure(text).lix


def longest_sentence(text: str) -> int:
    """Count the words of the longest sentence."""
    return measure(text).longest_sentence
