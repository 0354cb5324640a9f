"""Choices of reading in a cookie, which anybody may have written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portal.reading.rules import attributes, chosen, read, written
from portal.reading.words import AS_IT_IS, Colours, Lines, Reading, Room, Size, Voice

READINGS = st.builds(
    Reading, st.sampled_from(Size), st.sampled_from(Room), st.sampled_from(Colours),
    st.sampled_from(Lines), st.sampled_from(Voice),
)  # fmt: skip


@given(READINGS)
def test_what_was_written_is_read(reading: Reading) -> None:
    assert read(written(reading)) == reading


@given(st.text())
def test_any_cookie_is_read(told: str) -> None:
    assert isinstance(read(told), Reading)


def test_what_is_not_known_is_as_without_a_choice() -> None:
    assert read("150.huge.dark") == Reading(size=Size.LARGER, colours=Colours.DARK)
    assert read("") == read("x" * 5_000) == AS_IT_IS
    assert chosen({"voice": "on", "font": "comic"}) == Reading(voice=Voice.ON)


def test_the_page_says_only_what_differs() -> None:
    assert attributes(AS_IT_IS) == {}
    told = attributes(Reading(Size.DOUBLE, lines=Lines.SHORT))
    assert told == {"size": "200", "lines": "short"}
