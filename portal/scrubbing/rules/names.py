"""What is known of one word, in one language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portal.scrubbing.words import Lexicon, Words

# The ends of family names and towns: a compound that ends so is not taken for a plain word.
NAMELIKE = re.compile(
    r"(?:sen|ssen|sson|gaard|gård|berg|bjerg|holm|lund|strup|rup|borg|dal|toft|skov|bæk|kjær"
    r"|by|lev|sted|sund|købing|bro|vig|ø|mark|huse|have|hede)s?$"
)
PART = 4  # letters in each part of a compound
LONGEST = 40
STEM = 3


class Names:
    def __init__(self, lexicon: Lexicon, lang: str) -> None:
        self.lang = lang
        self.cues = lexicon.cues
        self.kept = lexicon.cues["kept"]
        self._lexicon = lexicon
        own = [lexicon.plain[lang]]
        self._plain = own if lang == "da" else [*own, lexicon.plain["da"]]

    def plain(self, lower: str) -> bool:
        """Whether it is a word that means something, as it is or as a compound."""
        if lower in self.kept or self._in(lower):
            return True
        if "-" in lower:
            parts = [part for part in lower.split("-") if part]
            return all(self.plain(part) and not self.name(part) for part in parts)
        if lower.endswith("s") and len(lower) > STEM and not self.name(lower[:-1]):
            return self._in(lower[:-1]) or self._compound(lower)
        return self._compound(lower)

    def _in(self, lower: str) -> bool:
        if any(lower in words for words in self._plain):
            return True
        # Without a dot a Turkish capital I is another letter.
        return self.lang == "tr" and lower[0] == "i" and "ı" + lower[1:] in self._plain[0]

    def _compound(self, lower: str) -> bool:
        """Two plain words written as one, with or without a letter that links them."""
        if self.lang not in {"da", "de"} or not 2 * PART <= len(lower) <= LONGEST:
            return False
        if NAMELIKE.search(lower):
            return False
        words = self._plain[0]
        return any(
            lower[cut:] in words and _head(lower[:cut], words)
            for cut in range(PART, len(lower) - PART + 1)
        )

    def name(self, lower: str) -> bool:
        """Whether a list has it as a person's name, also with a genitive."""
        return self.given(lower) or _listed(lower, self._lexicon.family)

    def given(self, lower: str) -> bool:
        return _listed(lower, self._lexicon.given)

    def surely_given(self, lower: str) -> bool:
        """A given name that means nothing else: a name also without its capital."""
        return len(lower) > STEM and self.given(lower) and not self.plain(lower)

    def town(self, lower: str) -> bool:
        return _listed(lower, self._lexicon.towns)


def _listed(lower: str, words: Words) -> bool:
    return lower in words or (lower.endswith("s") and lower[:-1] in words)


def _head(part: str, words: Words) -> bool:
    return part in words or (len(part) > PART and part[-1] in "se" and part[:-1] in words)
