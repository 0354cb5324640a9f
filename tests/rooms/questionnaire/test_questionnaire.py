"""What is asked: whole in every view, and never mixed with another version."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from portal.i18n import VIEWS
from portal.questionnaire import queries
from portal.questionnaire.queries import questionnaires, read, wordings
from portal.questionnaire.rules import begun, checked, cleaned, current, faults
from portal.questionnaire.words import (
    MOST_CHARACTERS,
    Dimension,
    FaultyQuestionnaire,
    Kind,
    NothingAnswered,
    UnknownVersion,
    WrongAnswer,
)

FOLDER = Path(__file__).parents[3] / "translations"
ALL = questionnaires()
FIRST = ALL[0]
SMALL = """
version = "x"
valid_from = 2026-01-01
[scales.yes]
options = ["yes", "no"]
why = "short"
[[pages]]
code = "only"
[[pages.questions]]
code = "first"
kind = "rating"
dimension = "trust"
scale = "yes"
"""


def test_every_version_is_whole_in_every_view() -> None:
    found = wordings(FOLDER, ALL, VIEWS)
    assert set(found) == {(one.version, view) for one in ALL for view in VIEWS}


def test_every_dimension_is_asked_for() -> None:
    assert {question.dimension for question in FIRST.questions()} == set(Dimension)


def test_a_page_asks_little() -> None:
    assert 4 <= len(FIRST.pages) <= 8
    assert all(len(page.questions) <= 3 for page in FIRST.pages)


def test_a_scale_without_a_middle_says_why() -> None:
    scales = {q.scale.code: q.scale for q in FIRST.questions(Kind.RATING) if q.scale}
    assert len(scales["degree"].options) == 5
    assert len(scales["direction"].options) == 4
    assert all(scale.why.strip() for scale in scales.values())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('Hvad gik godt?"', '"', "says nothing for the question went_well"),
        ('trust = "Har du tillid til Ankestyrelsen?"', "", "does not say the question trust"),
        ('low = "I mindre grad"', "", "the option of degree low"),
        ("[pages]", '[pages]\nextra = "x"', "says the page extra, which is not there"),
        ("[hints]", '[hints]\nextra = "x"', "hints at the question extra"),
        ("[options.result]", "[options.other]", "does not say the options of result"),
        ("[pages]", "[pages", "TOMLDecodeError"),
    ],
)
def test_a_view_that_is_not_whole_stops_the_start(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    for view in VIEWS:
        shutil.copytree(FOLDER / view / "questionnaire", tmp_path / view / "questionnaire")
    file = tmp_path / "da" / "questionnaire" / f"{FIRST.version}.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(FaultyQuestionnaire, match=said):
        wordings(tmp_path, ALL, VIEWS)


def test_a_view_without_the_file_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(FaultyQuestionnaire, match=r"2026-1\.toml: FileNotFoundError"):
        wordings(tmp_path, ALL, ["da"])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('scale = "yes"', 'scale = "no"', "no"),
        ('scale = "yes"', "", "first"),
        ('kind = "rating"', 'kind = "guess"', "guess"),
        ('kind = "rating"', 'kind = "text"', "cannot be answered"),
        ('code = "first"', 'code = "only"', "only stands twice"),
        ('version = "x"', "", "version"),
        ('options = ["yes", "no"]', "options = []", "first cannot be answered"),
    ],
)
def test_a_questionnaire_that_is_not_whole_is_refused(old: str, new: str, said: str) -> None:
    with pytest.raises(FaultyQuestionnaire, match=said):
        read(SMALL.replace(old, new, 1))


def test_two_of_the_same_version_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text(SMALL, "utf-8")
    monkeypatch.setattr(queries, "files", lambda _package: tmp_path)
    with pytest.raises(FaultyQuestionnaire, match="the same version"):
        questionnaires()


def test_a_page_without_questions_is_a_fault() -> None:
    made = read(SMALL)
    assert list(faults(made)) == []
    empty = replace(made.pages[0], questions=())
    assert list(faults(replace(made, pages=(empty,)))) == ["only asks nothing"]


def test_the_newest_that_is_valid_is_current() -> None:
    old, new = read(SMALL), replace(read(SMALL), version="y", valid_from=date(2026, 6, 1))
    assert current((old, new), date(2026, 5, 31)) == old
    assert current((old, new), date(2026, 6, 1)) == new
    with pytest.raises(UnknownVersion):
        current((old, new), date(2025, 12, 31))


def test_a_form_stays_with_the_version_that_it_was_begun_under() -> None:
    old, new = read(SMALL), replace(read(SMALL), version="y", valid_from=date(2026, 6, 1))
    assert begun((old, new), "x", date(2026, 7, 1)) == old
    with pytest.raises(UnknownVersion):
        begun((old, new), "y", date(2026, 5, 31))  # not in use yet
    with pytest.raises(UnknownVersion):
        begun((old, new), "z", date(2026, 7, 1))


def test_what_was_left_out_stands_nowhere() -> None:
    content = checked(
        FIRST,
        "da",
        {"trust": "high", "heard": "", "not_asked": "high"},
        {"went_well": ["time", "reasons", "time"], "could_be_better": []},
        {"went_well_text": "  Tak.\r\n\x00 ", "could_be_better_text": "\n"},
    )
    assert content.version == FIRST.version
    assert content.ratings == {"trust": "high"}
    assert content.choices == {"went_well": ("reasons", "time")}
    assert content.texts == {"went_well_text": "Tak."}
    assert "Tak" not in repr(content)


def test_nothing_is_no_answer() -> None:
    with pytest.raises(NothingAnswered):
        checked(FIRST, "da", {"trust": ""}, {"went_well": []}, {"went_well_text": " \u200b"})


@pytest.mark.parametrize(
    ("ratings", "choices", "texts"),
    [
        ({"heard": "some"}, {}, {}),  # a step of the other scale
        ({}, {"went_well": ["price"]}, {}),
        ({}, {}, {"went_well_text": "x" * (MOST_CHARACTERS + 1)}),
    ],
)
def test_what_is_not_offered_is_refused(
    ratings: dict[str, str], choices: dict[str, list[str]], texts: dict[str, str]
) -> None:
    with pytest.raises(WrongAnswer) as raised:
        checked(FIRST, "da", ratings, choices, texts)
    assert str(raised.value) in {"heard", "went_well", "went_well_text"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("en\r\nto\rtre", "en\nto\ntre"),
        ("a\x00b\x07c\x1b[31m\x85d", "abc[31m\nd"),
        ("\u202egnirts\u202c \u2066x\u2069", "gnirts x"),
        ("12\u200b34\ufeff", "1234"),
        ("👍🏽 👩\u200d👩\u200d👧", "👍🏽 👩\u200d👩\u200d👧"),
        ("\ud800x", "x"),
        ("A\u030angstrom", "\u00c5ngstrom"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),  # Persian joins by it
        ("tab\ther", "tab\ther"),
    ],
)
def test_signs_that_nobody_sees_are_taken_out(typed: str, kept: str) -> None:
    assert cleaned(typed) == kept
    assert cleaned(kept) == kept
