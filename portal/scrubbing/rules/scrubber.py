"""What in a text names somebody, and the text without it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portal.scrubbing.rules import addresses, contacts, dates, kept, numbers
from portal.scrubbing.rules.features import features
from portal.scrubbing.rules.folding import fold
from portal.scrubbing.rules.names import Names
from portal.scrubbing.rules.orgs import orgs
from portal.scrubbing.rules.people import capitals, uncased
from portal.scrubbing.rules.script import ARABIC, CYRILLIC, arabic_names
from portal.scrubbing.rules.tokens import tokens
from portal.scrubbing.words import LANGS, Hidden

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from portal.scrubbing.words import Lexicon, Recogniser, Token

NAMES = ("org", "person", "place")
KIND_OF = {"PER": "person", "LOC": "place", "ORG": "org"}
# Found by their form: these win over names, and the first of them over the others.
RANK = {
    kind: place
    for place, kind in enumerate(
        (
            *("email", "handle", "cpr", "date", "account", "phone", "case_number", "plate"),
            *("address", *NAMES),
        )
    )
}
BETWEEN = frozenset(
    ("", " ", "-", " - ", " & ", " af ", " for ", " von ", " van ", " de ", " el ", " al-")
)
# "H. C." before a name, "S." or "VI" after it.
INITIALS_BEFORE = re.compile(r"(?<![^\W_])(?:[A-ZÆØÅА-ЯІЇЄ] ?\. ?){1,3}-?$")
INITIALS_AFTER = re.compile(
    r"(?: ?[A-ZÆØÅА-ЯІЇЄ] ?\.| [VX]?I{1,3}V?(?![\w])| [A-ZÆØÅ](?![\w.])| ?' ?s(?!\w))"
)
NEVER_KEPT = frozenset({"cpr", "email", "handle", "account"})
SURE = 0.8  # how surely a word with a capital is no name
CHUNK = 2000  # words that the model reads at once


class Scrubber:
    """Finds what names somebody. Holds nothing of any text."""

    def __init__(self, lexicon: Lexicon, cased: Recogniser, lower: Recogniser) -> None:
        self._lexicon = lexicon
        self._cased = cased
        self._lower = lower

    def spans(self, text: str, lang: str) -> tuple[Hidden, ...]:
        """What is to be hidden, in order and without overlaps. Never raises."""
        folded = fold(text)
        read = folded.text
        lang = language(read, lang)
        formed = _formed(read, self._lexicon)
        names = list(self._names(read, lang))
        stay = [*kept.kept_numbers(read), *kept.kept_names(read)]
        apart = joined(read, _without(stay, names), formed)
        found = (Hidden(*folded.origin(start, end), kind) for start, end, kind in apart)
        return tuple(found)

    def _names(self, text: str, lang: str) -> Iterator[Hidden]:
        words = tokens(text)
        names = Names(self._lexicon, lang)
        yield from orgs(text)
        if lang == "ar":
            yield from arabic_names(words, self._lexicon)
        flat = _flat(words)
        if flat:
            yield from uncased(words, names)
        else:
            for sentence in _sentences(words):
                shouted = _shouted(sentence)
                yield from uncased(sentence, names) if shouted else capitals(sentence, names)
        if lang == "da":
            yield from self._tagged(words, flat=flat)

    def _tagged(self, words: Sequence[Token], *, flat: bool) -> Iterator[Hidden]:
        """What the trained model takes for a name, or thinks it well possible."""
        model = self._lower if flat else self._cased
        kept_words = self._lexicon.cues["kept"]
        for start in range(0, len(words), CHUNK):
            part = words[start : start + CHUNK]
            labels = model.tag(features([w.text for w in part], self._lexicon, cased=not flat))
            for place, (word, label) in enumerate(zip(part, labels, strict=True)):
                if (
                    not word.text[0].isalpha()
                    or any(map(str.isdigit, word.text))
                    or word.text.lower() in kept_words
                ):
                    continue
                kind = KIND_OF.get(label[2:])
                likely = word.text[0].isupper() and not word.first and "-" not in word.text
                if kind is None and likely and model.marginal("O", place) < SURE:
                    kind = "person"
                if kind:
                    yield Hidden(word.start, word.end, kind)


def language(text: str, lang: str) -> str:
    """The language to read a text in: what its script says, before what its page was in."""
    lang = lang.partition("-")[0]
    arabic, cyrillic = len(ARABIC.findall(text)), len(CYRILLIC.findall(text))
    letters = sum(map(str.isalpha, text))
    if 2 * arabic > letters:
        return "ar"
    if 2 * cyrillic > letters:
        return "uk"
    return lang if lang in LANGS and lang not in {"ar", "uk"} else "da"


def _sentences(words: Sequence[Token]) -> Iterator[list[Token]]:
    sentence: list[Token] = []
    for word in words:
        if word.first and sentence and sentence[-1].text[0] in ".!?\n":
            yield sentence
            sentence = []
        sentence.append(word)
    if sentence:
        yield sentence


def _shouted(words: Sequence[Token]) -> bool:
    letters = [word.text for word in words if word.text[0].isalpha() and len(word.text) > 1]
    return len(letters) > 1 and 10 * sum(map(str.isupper, letters)) > 7 * len(letters)


def _flat(words: Sequence[Token]) -> bool:
    """Whether a text makes no use of capitals: few words have one, few sentences begin so."""
    letters = [word for word in words if word.text[0].isalpha()]
    if not letters:
        return False
    upper = sum(w.text[0].isupper() and w.text not in {"I", "De", "Dem", "Deres"} for w in letters)
    first = [word.text[0].isupper() for word in letters if word.first]
    return 2 * sum(first) <= len(first) and 20 * upper <= len(letters) + 10


def _formed(text: str, lexicon: Lexicon) -> list[Hidden]:
    """What is known by its form: numbers, addresses, dates."""
    citations = kept.kept_numbers(text)
    found = [
        *contacts.emails(text),
        *contacts.handles(text),
        *numbers.cprs(text),
        *numbers.named_numbers(text),
        *dates.dates(text),
        *numbers.accounts(text),
        *numbers.phones(text),
        *numbers.case_numbers(text),
        *numbers.plates(text),
        *addresses.addresses(text, lexicon.towns, lexicon.cues["streets_unsure"]),
    ]
    return [one for one in found if one.kind in NEVER_KEPT or not _within(one, citations)]


def _within(one: Hidden, places: Iterable[tuple[int, int]]) -> bool:
    return any(start < one.end and one.start < end for start, end in places)


def _without(places: Iterable[tuple[int, int]], names: list[Hidden]) -> list[Hidden]:
    kept_places = list(places)
    return [one for one in names if not _within(one, kept_places)]


def joined(text: str, names: Iterable[Hidden], formed: Iterable[Hidden]) -> list[Hidden]:
    """Everything found, in order; what touches is one, and named by the surest find."""
    whole: list[Hidden] = []
    for one in sorted([*(_initials(text, name) for name in names), *formed]):
        last = whole[-1] if whole else None
        if last and (one.start < last.end or _one_name(text, last, one)):
            kind = min(last.kind, one.kind, key=lambda kind: RANK[kind])
            whole[-1] = Hidden(last.start, max(last.end, one.end), kind)
        else:
            whole.append(one)
    return whole


def _initials(text: str, name: Hidden) -> Hidden:
    """A person's name with the initials and the numeral beside it."""
    if name.kind != "person":
        return name
    before = INITIALS_BEFORE.search(text[max(0, name.start - 12) : name.start])
    after = INITIALS_AFTER.match(text, name.end)
    start = name.start - len(before.group()) if before else name.start
    return Hidden(start, after.end() if after else name.end, name.kind)


def _one_name(text: str, last: Hidden, one: Hidden) -> bool:
    """Whether two finds are the words of one name."""
    between = text[last.end : one.start]
    return last.kind in NAMES and one.kind in NAMES and between in BETWEEN


def scrubbed(text: str, spans: Sequence[Hidden]) -> str:
    """The text with each span as its kind in brackets; overlapping spans become one."""
    parts: list[str] = []
    end = 0
    for span in sorted(spans):
        if span.start >= end:
            parts.append(text[end : span.start])
            parts.append(f"⟦{span.kind}⟧")
        end = max(end, span.end)
    parts.append(text[end:])
    return "".join(parts)
