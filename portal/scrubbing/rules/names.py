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
FIRST, PART = 3, 5  # letters in the first and the last part of a compound
LONGEST = 40
STEM = 3


class Names:
    def __init__(self, lexicon: Lexicon, lang: str) -> None:
        self.lang = lang
        self.cues = lexicon.cues
        self.kept = lexicon.cues["kept"]
        self._lexicon = lexicon
        langs = [lang] if lang == "da" else [lang, "da"]
        self._plain = [lexicon.plain[one] for one in langs]
        self._frequent = [lexicon.frequent[one] for one in langs]

    def plain(self, lower: str) -> bool:
        """Whether it is a word that means something, as it is or as a compound, and no name."""
        return self._always(lower) or (not self.name(lower) and self.meant(lower))

    def known(self, lower: str) -> bool:
        """Whether it means something, be it a name too."""
        return self._always(lower) or self.meant(lower)

    def rare(self, lower: str) -> bool:
        """Whether a word that is a given name too is hardly ever meant as a word."""
        return self.lang != "de" and not self._always(lower)

    def _always(self, lower: str) -> bool:
        return lower in self.kept or any(lower in words for words in self._frequent)

    def meant(self, lower: str) -> bool:
        """Whether it means something, though it may be a name too."""
        if self._in(lower):
            return True
        if "-" in lower:
            parts = [part for part in lower.split("-") if part]
            return all(self.plain(part) for part in parts)
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
        if self.lang not in {"da", "de"} or not FIRST + PART <= len(lower) <= LONGEST:
            return False
        if NAMELIKE.search(lower):
            return False
        words = self._plain[0]
        return any(
            lower[cut:] in words and _head(lower[:cut], words) and not self.given(lower[cut:])
            for cut in range(FIRST, len(lower) - PART + 1)
        )

    def strange(self, lower: str) -> bool:
        """Whether it is no word, in no careless spelling and not put together from words."""
        return not self.known(lower) and not self._loosely(lower)

    def _loosely(self, lower: str) -> bool:
        letters = lower.replace("ae", "æ").replace("oe", "ø").replace("aa", "å")
        once = re.sub(r"(.)\1+", r"\1", lower)
        if any(form != lower and self.meant(form) for form in (letters, once)):
            return True
        words = [*self._plain, self._lexicon.plain["en"]]
        if lower in words[-1]:
            return True
        return any(lower[cut:] in words[0] for cut in range(2, len(lower) - 5)) or any(
            lower[:cut] in words[0] for cut in range(7, len(lower) - 1)
        )

    def name(self, lower: str) -> bool:
        """Whether a list has it as a person's name, also with a genitive."""
        return self.given(lower) or _listed(lower, self._lexicon.family)

    def given(self, lower: str) -> bool:
        return _listed(lower, self._lexicon.given)

    def surely_given(self, lower: str) -> bool:
        """A given name that means nothing else: a name also without its capital."""
        if len(lower) < STEM or not self.given(lower) or self.plain(lower):
            return False
        if _listed(lower, self.cues["unsure_given"]):
            return False
        return lower in self.cues["given_latin"] or not self.meant(lower)

    def town(self, lower: str) -> bool:
        return _listed(lower, self._lexicon.towns)


def _listed(lower: str, words: Words) -> bool:
    return lower in words or (lower.endswith("s") and lower[:-1] in words)


def _head(part: str, words: Words) -> bool:
    return part in words or (len(part) > FIRST and part[-1] in "se" and part[:-1] in words)
