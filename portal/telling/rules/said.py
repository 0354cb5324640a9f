"""How a passage comes to be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.explanations.words import UNKNOWN, Passage

if TYPE_CHECKING:
    from enum import StrEnum


UNCLEAR = Passage("now.unclear")


def known(code: str | None, codes: type[StrEnum]) -> str:
    """The code, or the code of the text for those that have no words of their own."""
    return code if code is not None and code in set(codes) else UNKNOWN


def say(code: str, **values: object) -> Passage:
    """The passage; or that the status cannot be shown, where one of its values is missing."""
    return UNCLEAR if any(value is None for value in values.values()) else Passage(code, values)
