"""The pages in the languages that LIX was not made for: each by a measure made for it."""

from __future__ import annotations

import pytest

from portal.i18n import VIEWS
from tests.rooms.explanations.pages import ON_TIME, SITUATIONS
from tests.rooms.explanations.test_readability import HIGHEST, READERS, page_text
from tests.rooms.readability.languages import SCALES

OTHERS = [view for view in VIEWS if view not in HIGHEST]


@pytest.mark.parametrize("view", OTHERS)
def test_every_page_is_easy_to_read(view: str) -> None:
    scale = SCALES[view]
    pages = {one: page_text(one, READERS["citizen"], view, ON_TIME) for one in SITUATIONS}
    assert not {one: scale.score(text) for one, text in pages.items() if not scale.holds(text)}
