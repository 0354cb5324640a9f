"""The two views that nobody reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from portal.gallery.pseudo import accented, mirrored

if TYPE_CHECKING:
    from tests.gallery.conftest import Gallery


@pytest.mark.parametrize(
    "text",
    [
        "Ask %(name)s before %(day)s.",
        "100 %% of <strong>all</strong> &amp; more",
        "The [[term|word]] of {authority} and {day}",
        "",
    ],
)
def test_what_is_no_word_stays(text: str) -> None:
    for made in (accented(text), mirrored(text)):
        for part in ("%(name)s", "%(day)s", "%%", "<strong>", "&amp;", "[[term|", "]]",
                     "{authority}", "{day}"):  # fmt: skip
            assert made.count(part) == text.count(part)


def test_an_accented_text_is_longer_and_has_no_plain_word() -> None:
    made = accented("Your case is under way")
    assert made == "[Ýöûŕ çåšé îš ûñðéŕ ŵåý ~~~ ~~~ ~~~]"
    assert len(made) >= 1.4 * len("Your case is under way")


def test_a_mirrored_text_is_the_same_backwards() -> None:
    made = mirrored("Your case")
    assert made == "\u202eYour\u202c \u202ecase\u202c"


def test_pages_are_in_them(gallery: Gallery) -> None:
    long = gallery.shown("case-task", "accented").text
    assert 'lang="en-x-accented" dir="ltr"' in long
    assert "Ŵĥåţ" in long or "ŵĥåţ" in long
    other = gallery.shown("case-task", "mirrored").text
    assert 'dir="rtl"' in other
    assert "\u202e" in other
    assert "\u202e" not in gallery.shown("case-task", "en").text
