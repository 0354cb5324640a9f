"""Every kind of fault in the texts is found, and the real texts have none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from portal.explanations.queries import texts
from portal.explanations.rules import faults, for_audience, pieces
from portal.explanations.words import CODES, Audience, FaultyTexts, Hole, Term, Text
from portal.i18n import VIEWS

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[3]
CODE = "returned.due"
WANTED = {CODE: frozenset({"authority", "date"})}
GOOD = "{authority} skal afgøre [[returned|den hjemviste sag]] senest {date}."
SURPLUS_PLACE = (
    "has the places ['authority', 'date', 'due'] instead of ['authority', 'date'] for the citizen"
)
TEXT = Text(
    code=CODE,
    version=2,
    original_version=2,
    valid_from=date(2026, 11, 1),
    owner="kommunikation",
    law=None,
    citizen=GOOD,
    representative=GOOD,
    party=GOOD,
)


def found(**parts: object) -> list[str]:
    """What is wrong with the good text once these parts of it are different."""
    return faults({("da", CODE): replace(TEXT, **parts)}, WANTED, ["da"])  # type: ignore[arg-type]


def test_a_good_text_has_no_fault() -> None:
    assert found() == []


def test_a_text_in_each_view_is_wanted() -> None:
    assert faults({("da", CODE): TEXT}, WANTED, ["da", "en"]) == [f"en: {CODE}: has no text"]


def test_a_text_that_nothing_says_is_found() -> None:
    told = {("da", CODE): TEXT, ("da", "x.old"): TEXT, ("xx", CODE): TEXT}
    assert faults(told, WANTED, ["da"]) == [
        "da: x.old: is a text that nothing says",
        f"xx: {CODE}: is a text that nothing says",
    ]


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"version": 1}, "is version 1 of the original's 2"),
        ({"version": 3}, "is version 3 of the original's 2"),
        ({"version": 0, "original_version": 0}, "is version 0 of the original's 0"),
        ({"valid_from": None}, "has no date from which it is valid"),
        ({"owner": ""}, "has no owner"),
        ({"citizen": " \n"}, "says nothing to the citizen"),
        ({"representative": ""}, "says nothing to the representative"),
        ({"party": ""}, "says nothing to the party"),
        (
            {"party": "Senest {date}."},
            "has the places ['date'] instead of ['authority', 'date'] for the party",
        ),
        (
            {"citizen": GOOD + " {due}"},
            SURPLUS_PLACE,
        ),
        ({"citizen": GOOD + " [[zz_new|ord]]"}, "explains zz_new, which is no term"),
        ({"citizen": GOOD + " {Date}"}, "has a stray bracket in '. {Date}'"),
        ({"citizen": GOOD + " ]]"}, "has a stray bracket in '. ]]'"),
        ({"citizen": GOOD + " [[returned]]"}, "has a stray bracket in '. [[returned]]'"),
    ],
)
def test_a_fault_is_found_and_named(parts: dict[str, object], fault: str) -> None:
    assert found(**parts) == [f"da: {CODE}: {fault}"]


def test_every_fault_of_a_text_is_told_at_once() -> None:
    assert len(found(owner="", valid_from=None, version=1, citizen="")) == 4


def test_a_single_square_bracket_is_ordinary_writing() -> None:
    assert found(citizen=GOOD + " [se brevet]") == []


def test_the_lowest_version_is_the_first() -> None:
    assert found(version=1, original_version=1) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("Du kan klage.", ("Du kan klage.",)),
        ("{date}", (Hole("date"),)),
        ("[[returned|sendt]] {date}.", (Term("returned", "sendt"), " ", Hole("date"), ".")),
        ("Den {date}{date}", ("Den ", Hole("date"), Hole("date"))),
        ("[[appeal_body|Et ord, og flere]]", (Term("appeal_body", "Et ord, og flere"),)),
        ("a [[returned|b", ("a [[returned|b",)),
    ],
)
def test_a_text_is_taken_apart(text: str, parts: tuple[object, ...]) -> None:
    assert pieces(text) == parts


def test_each_audience_has_its_own_wording() -> None:
    text = replace(TEXT, citizen="c", representative="r", party="p")
    said = {audience: for_audience(text, audience) for audience in Audience}
    assert said == {"citizen": "c", "representative": "r", "party": "p"}


def test_the_real_texts_are_whole_in_every_view() -> None:
    real = texts(ROOT / "translations", VIEWS)
    assert real.keys() == {(view, code) for view in VIEWS for code in CODES}


def write(folder: Path, view: str, toml: str) -> None:
    (folder / view / "explanations").mkdir(parents=True)
    (folder / view / "explanations" / "x.toml").write_text(toml, "utf-8")


def test_faulty_texts_stop_the_start_and_are_listed(tmp_path: Path) -> None:
    write(tmp_path, "da", '["x.old"]\nall = "Ord"\n')
    with pytest.raises(FaultyTexts) as raised:
        texts(tmp_path, ["da"])
    assert "da: x.old: is a text that nothing says" in raised.value.args[0]
    assert f"da: {CODE}: has no text" in raised.value.args[0]


def test_law_owner_and_date_are_those_of_the_danish_original(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.explanations.queries.CODES", {"x.y": frozenset()})
    head = '[_file]\nversion = 3\nowner = "o"\nlaw = "§ 1"\nvalid_from = 2026-01-01\n'
    write(tmp_path, "da", head + '["x.y"]\nall = "Dansk"\ncitizen = "Dit dansk"\nlaw = ""\n')
    write(tmp_path, "en", '[_file]\nversion = 3\nowner = "someone"\n["x.y"]\nall = "English"\n')
    found = texts(tmp_path, ["da", "en"])
    english, danish = found["en", "x.y"], found["da", "x.y"]
    assert (english.owner, english.valid_from, english.law) == ("o", date(2026, 1, 1), None)
    assert (danish.citizen, danish.party) == ("Dit dansk", "Dansk")
    assert (english.version, english.original_version) == (3, 3)


def counted(plurals: Sequence[str], said: str = "{weeks} uger") -> list[str]:
    form = replace(TEXT, code="date.target_average", citizen=said, representative=said, party=said)
    text = replace(form, plurals=dict.fromkeys(plurals, form))
    wanted = {form.code: frozenset({"weeks"})}
    return faults({("da", form.code): text}, wanted, ["da"], {"da": ("one", "other")})


def test_a_text_that_counts_has_a_wording_for_each_plural() -> None:
    assert counted(["one", "other"]) == []
    named = "da: date.target_average: has the plurals"
    assert counted(["other"]) == [f"{named} ['other'] instead of ['one', 'other']"]
    assert counted([]) == [f"{named} [] instead of ['one', 'other']"]


def test_the_wording_of_a_plural_may_leave_the_number_out() -> None:
    assert [one for one in counted(["one", "other"], "En uge") if "places" in one] == [
        f"da: date.target_average: has the places [] instead of ['weeks'] for the {audience}"
        for audience in Audience
    ]  # the text itself, which stands for all of them, may not


def test_plurals_are_read_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    holes = {"date.target_average": frozenset({"weeks"})}
    monkeypatch.setattr("portal.explanations.queries.CODES", holes)
    head = '[_file]\nversion = 1\nowner = "o"\nvalid_from = 2026-01-01\n["date.target_average"]\n'
    write(tmp_path, "da", head + 'all.one = "{weeks} uge"\nall.other = "{weeks} uger"\n')
    text = texts(tmp_path, ["da"])["da", "date.target_average"]
    assert {name: one.party for name, one in text.plurals.items()} == {
        "one": "{weeks} uge", "other": "{weeks} uger",
    }  # fmt: skip
