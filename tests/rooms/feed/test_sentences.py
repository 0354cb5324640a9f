"""docs/feed.md says of each type what a citizen will read, in the words of today's texts."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from portal.cases.rules import folded
from portal.cases.words import Event
from portal.clock import day_of
from portal.explanations.queries import texts
from portal.explanations.words import Audience
from portal.feed.rules import happening, parsed
from portal.feed.rules.forms import FORMS
from portal.feed.words import Told
from portal.i18n import VIEWS
from portal.pages.prose import Speaker
from portal.telling.rules.course import timeline
from tests.guards.tree import ROOT
from tests.rooms.feed.examples import DOCS, NOW, examples, line

if TYPE_CHECKING:
    from collections.abc import Sequence

# What must have happened for a type of event to say something; all else follows the receipt.
BEFORE: dict[str, Sequence[str]] = {
    "filed": (),
    "received": (),
    "request-moved": ("received", "request-made"),
    "request-answered": ("received", "request-made"),
    "request-withdrawn": ("received", "request-made"),
    "resumed": ("received", "suspended"),
    "decision-withdrawn": ("received", "decided"),
    "reopening-requested": ("received", "decided"),
    "reopening-refused": ("received", "decided", "reopening-requested"),
    "reopened": ("received", "decided", "reopening-requested"),
    "authority-decided-again": ("received", "decided"),
}
READS = "A citizen reads: "
SILENT = "No line of its own: "


def sections() -> dict[str, str]:
    """What docs/feed.md says of each type, by its name."""
    types = DOCS.read_text("utf-8").partition("\n## Types\n")[2].partition("\n## ")[0]
    parts = re.split(r"^### (.+)$", types, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def happened(what: str, days: int) -> Event:
    """The documented event of this type, so many days earlier."""
    told = parsed(line(examples()[what]), NOW)
    assert isinstance(told, Told)
    persons: defaultdict[str, UUID] = defaultdict(uuid4)
    at = told.at - timedelta(days=days)
    return Event(told.source, f"{what}-{days}", at, happening(told.data, persons))


def sentences(what: str) -> list[str]:
    """What is told of the documented event to the complainant, in the original view."""
    before = BEFORE.get(what, ("received",))
    earlier = [happened(one, len(before) - place) for place, one in enumerate(before)]
    say = Speaker(texts(ROOT / "translations", VIEWS), VIEWS["da"], Audience.CITIZEN, "")

    def told(events: list[Event]) -> list[str]:
        state = folded(events, day_of)
        return [say.plain(one.text) for one in timeline(state) if one.kind == "done"]

    new = told([*earlier, happened(what, 0)])
    for old in told(earlier):
        new.remove(old)
    return new


@pytest.mark.parametrize("what", FORMS)
def test_the_documented_sentence_is_the_one_that_is_read(what: str) -> None:
    said = sections()[what]
    found = [" ".join(text.split()) for text in re.findall(rf"^{READS}(.+)$", said, re.MULTILINE)]
    read = " ".join(sentences(what))
    assert found == ([f"“{read}”"] if read else [])
    assert (SILENT in said) == (not read)
