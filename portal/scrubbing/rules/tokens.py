"""Words and marks of a text."""

from __future__ import annotations

import re

from portal.scrubbing.words import Token

# A word may hold one hyphen or apostrophe at a time: Lund-Hansen, O'Neill.
WORD = re.compile(r"[^\W_]+(?:[-'](?=[^\W_])[^\W_]+)*|[^\w\s]|_+")
ABBREVIATION = re.compile(
    "dr|hr|fr|frk|nr|ca|fx|kl|st|tlf|mr|mrs|ms|prof|adv|jf|stk|afd|bl|vedr|evt|ang|inkl|max|min"
    "|mht|pga|sdr|ndr|vr|gl|skt|brdr|ul|tel|im|d|f|m|ref|bl.a|bl|mia|mio|kap|pkt|jnr|nn"
)
ENDING = frozenset('.!?:…;•*"“”„«»()[]{}–-|>؟۔')


def tokens(text: str) -> list[Token]:
    found: list[Token] = []
    first, end = True, 0
    for match in WORD.finditer(text):
        start, word = match.start(), match.group()
        if "\n" in text[end:start]:
            first = True
        end = match.end()
        found.append(Token(start, end, word, first))
        if word in ENDING:
            first = first or not (word in ".-" and _goes_on(found))
        elif word[0].isalnum():
            first = False
    return found


def _goes_on(found: list[Token]) -> bool:
    """Whether the mark that was found last belongs to the word before it, or joins two."""
    if found[-1].text == "-":
        return len(found) > 1 and found[-2].end == found[-1].start
    if len(found) < 2 or found[-2].end != found[-1].start:  # noqa: PLR2004 the word and its dot
        return False
    before = found[-2].text
    return len(before) == 1 or before.isdecimal() or bool(ABBREVIATION.fullmatch(before.lower()))
