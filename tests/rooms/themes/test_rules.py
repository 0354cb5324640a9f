"""The rules of themes."""

from __future__ import annotations

import pytest
from sklearn.metrics import cohen_kappa_score

from portal.i18n import STAFF_VIEWS
from portal.themes.queries import first_codebook
from portal.themes.rules import coded_twice, preset, today_of
from portal.themes.rules.agreement import agreements, kappa, word_for
from portal.themes.rules.codebook import read
from portal.themes.rules.counting import Ground, agreed, figures
from portal.themes.rules.quoting import LONGEST, finds, span
from portal.themes.words import (
    Agreement,
    Coding,
    FaultyCodebook,
    NoSuchTheme,
    NotAQuote,
    Polarity,
    Stale,
    Theme,
    ThemeState,
)
from tests.rooms.themes.examples import ONCE, TWICE, key


def coding(*themes: str, polarity: Polarity = Polarity.PRAISE) -> Coding:
    return Coding(frozenset(themes), polarity)


def theme(code: str, state: str = "active", *into: str) -> Theme:
    return Theme(code, {"da": code.title()}, {"da": "x"}, state, into)


def test_about_a_seventh_is_coded_twice() -> None:
    found = sum(coded_twice(f"{n:032x}") for n in range(256))
    assert found == 38
    assert coded_twice(key(1, TWICE))
    assert not coded_twice(key(1, ONCE))


def test_what_was_asked_presets_how_a_text_speaks() -> None:
    assert preset("went_well_text") is Polarity.PRAISE
    assert preset("could_be_better_text") is Polarity.CRITICISM


def test_a_theme_leads_on_to_what_stands_for_it() -> None:
    themes = {
        "a": theme("a", "merged", "b"),
        "b": theme("b", "merged", "c"),
        "c": theme("c"),
        "d": theme("d", "merged", "e"),
        "e": theme("e", "dropped"),
        "f": theme("f", "split", "a", "c"),
    }
    assert today_of(themes, ["c", "a"]) == {"a": "c", "c": "c"}
    assert today_of(themes, []) == {}
    with pytest.raises(Stale) as stale:
        today_of(themes, ["c", "d", "f"])
    assert stale.value.gone == {"d": ThemeState.DROPPED, "f": ThemeState.SPLIT}
    with pytest.raises(NoSuchTheme):
        today_of(themes, ["c", "z"])


def test_kappa_of_known_figures() -> None:
    """Fifty applications, read by two: both yes 20, both no 15, 5 and 10 apart: 0.4."""
    pairs = [
        *[(True, True)] * 20,
        *[(True, False)] * 5,
        *[(False, True)] * 10,
        *[(False, False)] * 15,
    ]
    found = kappa(pairs)
    assert found == pytest.approx(0.4)
    assert found == pytest.approx(cohen_kappa_score(*zip(*pairs, strict=True)))
    assert kappa([(True, True)] * 5) is None  # chance alone would agree
    assert kappa([]) is None
    assert kappa([(True, False), (False, True)]) == pytest.approx(-1)


@pytest.mark.parametrize(
    ("value", "word"),
    [(1.0, "very_good"), (0.8, "very_good"), (0.79, "good"), (0.6, "good"), (0.4, "fair"),
     (0.39, "poor"), (-1.0, "poor")],
)  # fmt: skip
def test_a_word_for_a_kappa(value: float, word: str) -> None:
    assert word_for(value) == word


def test_agreement_over_all_and_of_each_theme() -> None:
    pairs = [(coding("a"), coding("a"))] * 6 + [(coding("b"), coding("b"))] * 3
    pairs.append((coding("a"), coding("b")))
    every, first, second, third = agreements(pairs, ["a", "b", "c"])
    assert (every.theme, every.n) == (None, 10)
    assert every.kappa == pytest.approx(1 - (2 / 30) / (2 * (1 / 3) * (2 / 3)))
    assert first.kappa == pytest.approx((0.9 - 0.54) / 0.46)
    assert second.kappa == first.kappa
    assert third == Agreement("c", 10, None)
    assert agreements(pairs[:9], ["a"]) == (Agreement(None, 9, None), Agreement("a", 9, None))


def test_the_first_codebook_is_whole() -> None:
    themes = read(first_codebook(), STAFF_VIEWS)
    assert 12 <= len(themes) <= 16
    assert all(set(told.titles) == set(STAFF_VIEWS) for _, told in themes)
    assert all(told.examples["da"] for _, told in themes)


WHOLE = """
[[themes]]
code = "tone"
[themes.titles]
da = "Tone"
[themes.descriptions]
da = "Om tonen"
"""


def test_a_codebook_needs_no_examples() -> None:
    ((code, told),) = read(WHOLE, ("da",))
    assert (code, told.titles, told.examples) == ("tone", {"da": "Tone"}, {})


@pytest.mark.parametrize(
    ("file", "faults"),
    [
        ("[[", ["not TOML"]),
        ("", ["no [[themes]]"]),
        ("themes = 3", ["no [[themes]]"]),
        ("themes = [1]", ["no [[themes]]"]),
        ("themes = []", ["no [[themes]]"]),
        (
            WHOLE + WHOLE.replace("tone", "Tone").replace("da", "de") + WHOLE,
            [
                "tone: 2 themes have this code",
                "Tone: the code must be",
                "Tone: titles.de: no such view",
                "Tone: titles.da: missing",
                "Tone: descriptions.de: no such view",
                "Tone: descriptions.da: missing",
            ],
        ),
        (
            "[[themes]]\ntitles = 3\ncolour = 1\nexamples.da = 'x'",
            [
                "theme 1: the code must be",
                "theme 1: colour: not known",
                "theme 1: titles: must be by view",
                "theme 1: descriptions.da: missing",
                "theme 1: examples.da: must be a list of texts",
            ],
        ),
        (
            WHOLE.replace("Tone", "x" * 81).replace("Om tonen", "x" * 1001)
            + f"[themes.examples]\nda = {['x'] * 21}",
            [
                "tone: titles.da: longer than 80",
                "tone: descriptions.da: longer than 1000",
                "tone: examples.da: at most 20",
            ],
        ),
        (WHOLE + "[themes.examples]\nda = [' ']", ["tone: examples.da: must be a list"]),
    ],
)
def test_all_that_is_wrong_is_named(file: str, faults: list[str]) -> None:
    with pytest.raises(FaultyCodebook) as wrong:
        read(file, ("da",))
    assert len(wrong.value.faults) == len(faults)
    for told, expected in zip(wrong.value.faults, faults, strict=True):
        assert told.startswith(expected)


SAID = "Tak til ⟦person⟧.\nHun var rolig, og det hjalp mig."


@pytest.mark.parametrize(
    ("excerpt", "quoted"),
    [
        ("", SAID),
        ("  ", SAID),
        ("Hun var rolig", "Hun var rolig"),
        ("⟦person⟧.\r\nHun var", "⟦person⟧.\nHun var"),
        ("Tak til ⟦person⟧", "Tak til ⟦person⟧"),
    ],
)
def test_a_quote_is_what_stands_in_the_text(excerpt: str, quoted: str) -> None:
    begin, until = span(SAID, excerpt)
    assert SAID[begin:until] == quoted


@pytest.mark.parametrize(
    ("excerpt", "code"),
    [
        ("hun var rolig", "missing"),
        ("rolig og", "missing"),
        ("Hun var rol", "missing"),
        ("un var rolig", "missing"),
        ("person⟧. ", "missing"),
        ("Tak til ⟦person", "missing"),
        ("⟧.\nHun", "missing"),
        ("g,", "missing"),
        (".", "short"),
    ],
)
def test_what_does_not_stand_there_is_no_quote(excerpt: str, code: str) -> None:
    with pytest.raises(NotAQuote, match=code):
        span(SAID, excerpt)


def test_a_quote_is_not_a_whole_story() -> None:
    with pytest.raises(NotAQuote, match="long"):
        span("x" * (LONGEST + 1), "")


def test_a_search_finds_whole_wishes() -> None:
    assert finds("ROLIG hjalp", SAID)
    assert not finds("rolig vred", SAID)
    assert not finds("  ", SAID)


def test_what_counts_where_people_differ() -> None:
    one, other = coding("a"), coding("b")
    assert agreed([one, one], None) == one
    assert agreed([one, other], None) is None
    assert agreed([one, other], other) == other
    assert agreed([], None) is None


def test_figures_of_ground_without_units() -> None:
    assert figures([], Ground((), {}), ["a"]) == ()
    nothing = figures([], Ground((("x",),), {"agency:agency": (0,)}), ["a"])
    assert {one.n for one in nothing} == {one.texts for one in nothing} == {None}


def test_a_unit_counts_the_cohorts_of_its_leaves() -> None:
    ground = Ground((("x", "y"), ("z",)), {"agency:agency": (0, 1), "office:one": (1,)})
    assert ground.cohorts_of("agency:agency") == ("x", "y", "z")
    assert ground.cohorts_of("office:one") == ("z",)
    assert ground.cohorts_of("office:two") == ()


def test_what_is_known_of_a_theme_before_any_coding() -> None:
    told = Theme("a", {"da": "T"}, {"da": "D"}, examples={"da": ("E", "F")})
    assert told.said() == ("T", "D", "E", "F")
    assert theme("a").said() == ("A", "x")
    assert (told.title("da"), told.title("en")) == ("T", "a")
