"""How hard a text is to read in a language that LIX was not made for.

Each measure is the one that was made for its language; where we know none, the mean length of a
sentence stands for it. They count syllables by vowels, as their authors did.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.readability.rules import sentences, words

if TYPE_CHECKING:
    from collections.abc import Callable

VOWELS = {
    "en": re.compile(r"[aeiouy]+", re.IGNORECASE),
    "de": re.compile(r"[aeiouyäöü]+", re.IGNORECASE),
    "tr": re.compile(r"[aeıioöuüâîû]", re.IGNORECASE),
    # Polish writes the softness of a consonant with an i, which is then no syllable of its own.
    "pl": re.compile(r"i?[aeouyąęó]|i", re.IGNORECASE),
}
SILENT = re.compile(r"(?<=[^aeiouyl])e$|(?<=[^aeiouydt])ed$", re.IGNORECASE)  # English: made, moved
HARD = 4  # syllables of a word that FOG-PL holds to be hard


@dataclass(frozen=True, slots=True)
class Scale:
    """A measure, and how far it may go: at least so much, or at most."""

    name: str
    score: Callable[[str], float]
    least: float | None = None
    most: float | None = None

    def holds(self, text: str) -> bool:
        """Whether the text is easy enough."""
        score = self.score(text)
        return score >= self.least if self.least is not None else score <= (self.most or 0)


def syllables(word: str, language: str) -> int:
    """How many a word has; at least one."""
    spoken = SILENT.sub("", word) if language == "en" else word
    return max(1, len(VOWELS[language].findall(spoken)))


def sentence_length(text: str) -> float:
    """Words in a sentence, on average."""
    return len(words(text)) / len(sentences(text))


def word_length(text: str, language: str) -> float:
    """Syllables in a word, on average."""
    said = words(text)
    return sum(syllables(one, language) for one in said) / len(said)


def flesch(text: str) -> float:
    """Flesch 1948, English: 60 and more is plain."""
    return 206.835 - 1.015 * sentence_length(text) - 84.6 * word_length(text, "en")


def amstad(text: str) -> float:
    """Amstad 1978, German: Flesch's with the longer German words allowed for."""
    return 180 - sentence_length(text) - 58.5 * word_length(text, "de")


def atesman(text: str) -> float:
    """Ateşman 1997, Turkish: 50 to 69 is of medium difficulty, 70 and more is easy."""
    return 198.825 - 40.175 * word_length(text, "tr") - 2.610 * sentence_length(text)


def fog_pl(text: str) -> float:
    """FOG for Polish: years of school that a reader needs."""
    said = words(text)
    hard = sum(syllables(one, "pl") >= HARD for one in said)
    return 0.4 * (sentence_length(text) + 100 * hard / len(said))


SCALES = {
    "en": Scale("Flesch", flesch, least=70),
    "de": Scale("Flesch as Amstad has it", amstad, least=60),
    "pl": Scale("FOG-PL", fog_pl, most=9),
    "tr": Scale("Ateşman", atesman, least=55),
    "uk": Scale("words in a sentence", sentence_length, most=12),
    "ar": Scale("words in a sentence", sentence_length, most=12),
}
