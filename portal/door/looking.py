"""An answer looked over before it is sent: what will be hidden in it, and what keeps it back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

from portal.door.marking import merged, not_found, pieces, wished
from portal.questionnaire.words import NothingAnswered
from portal.scrubbing.rules.scrubber import scrubbed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from portal.door.marking import Piece
    from portal.door.reading import Filled, Given
    from portal.questionnaire.words import Content, Question
    from portal.scrubbing.rules.scrubber import Scrubber
    from portal.scrubbing.words import Hidden

# The model keeps the words that it looks at: two threads would read each other's.
ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class LookedOver:
    """An answer with what is to be hidden in each of its texts."""

    content: Content | None  # None: nothing was answered
    hidden: Mapping[str, tuple[Hidden, ...]]  # by question
    missing: tuple[str, ...]  # words that were to be hidden, and stand in no text

    @property
    def may_be_sent(self) -> bool:
        """Whether there is something to send, and all that was wished for is done."""
        return self.content is not None and not self.missing

    def pieces(self, question: Question) -> Iterator[Piece]:
        """A text in its order, what is hidden apart."""
        if self.content is not None:
            code = question.code
            yield from pieces(self.content.texts.get(code, ""), self.hidden.get(code, ()))

    def scrubbed(self) -> Content:
        """The answer as it may be stored."""
        if self.content is None:
            raise NothingAnswered
        texts = self.content.texts.items()
        return replace(
            self.content,
            texts={code: scrubbed(text, self.hidden[code]) for code, text in texts},
        )


def looked_over(given: Given, sheet: Filled, scrubber: Scrubber, lang: str) -> LookedOver:
    """What is hidden in an answer, and what keeps it back."""
    try:
        content = sheet.content(lang)
    except NothingAnswered:
        return LookedOver(None, {}, ())
    with ONE_AT_A_TIME:
        found = {code: scrubber.spans(text, lang) for code, text in content.texts.items()}
    hidden = {
        code: merged((*found[code], *wished(text, given.wishes)))
        for code, text in content.texts.items()
    }
    return LookedOver(content, hidden, tuple(not_found(given.wishes, content.texts.values())))
