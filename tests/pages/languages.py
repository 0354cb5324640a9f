"""Words of another language than the page says they are in.

Each piece of text has a language, its own or that of what it stands in. It is of another where its
letters are of another script, or where it says several of the small words of Danish.
"""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

SILENT = {"script", "style", "code", "kbd", "bdi"}  # bdi: a name, a number, a word of the source
VOID = {"meta", "link", "br", "hr", "img", "input", "source", "wbr", "path", "circle"}
SCRIPTS = {"uk": "CYRILLIC", "ar": "ARABIC"}
WORD = re.compile(r"[^\W\d_]{2,}")
# Small words of one language that none of the others has, or hardly ever.
SMALL = {
    "da": {"og", "ikke", "jeg", "på", "af", "til", "fra", "hvis", "kan", "skal", "eller", "efter",
           "vores", "også", "være", "bliver", "du", "vi", "dig", "når", "hvad", "om", "med"},
    "en": {"the", "and", "you", "your", "are", "of", "this", "that", "with", "not", "from", "will",
           "is", "for", "what", "when", "have"},
}  # fmt: skip
MANY = 3  # small words that are no chance
NAMES = 3  # words in other letters that may be a name


class _Pieces(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        lang = told.get("lang") or (self.open[-1][1] if self.open else "")
        for name in ("aria-label", "title", "alt", "placeholder"):
            if told.get(name):
                self.found.append((lang, str(told[name])))
        if tag not in VOID:
            self.open.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        if tag in {name for name, _ in self.open}:
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.open and data.strip() and not SILENT & {tag for tag, _ in self.open}:
            self.found.append((self.open[-1][1], " ".join(data.split())))


def pieces(page: str) -> list[tuple[str, str]]:
    """Each text of a page with the language that it says it is in."""
    walked = _Pieces()
    walked.feed(page)
    return walked.found


def strange(lang: str, text: str) -> bool:
    """Whether a text is of another language than this."""
    words = [one.lower() for one in WORD.findall(text)]
    script = SCRIPTS.get(lang)
    if script:
        other = [one for one in words if not unicodedata.name(one[0]).startswith(script)]
        return len(other) > max(NAMES, len(words) / 2)
    own = lang.partition("-")[0]
    return any(len(small.intersection(words)) >= MANY for of, small in SMALL.items() if of != own)


def strangers(page: str) -> list[tuple[str, str]]:
    """The texts of a page that are of another language than they say."""
    return [(lang, text) for lang, text in pieces(page) if strange(lang, text)]
