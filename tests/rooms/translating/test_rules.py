"""Every way in which a view can say other than the Danish text does is found, and no other."""

from __future__ import annotations

import pytest

from portal.translating.rules import faults, table, term_faults
from portal.translating.words import Glossary, Said, Term

PLURALS = ("one", "few", "many")
FILE = "LC_MESSAGES/a.po"


def told(text: str, file: str = FILE, key: str = "k", version: int = 0) -> dict[str, Said]:
    return {f"{file}: {key}": Said(file, key, {"": {"": text}}, version)}


def counted(**forms: str) -> dict[str, Said]:
    return {f"{FILE}: k": Said(FILE, "k", {"": forms})}


def wrong(danish: str, other: str, *, rewritten: bool = False, excused: str = "") -> list[str]:
    return faults(told(danish), told(other), PLURALS, {excused}, rewritten=rewritten)


@pytest.mark.parametrize(
    ("danish", "other", "fault"),
    [
        ("Sag %(number)s", "Fall", "has the places [] instead of ['number']"),
        ("Senest {due}", "Bis {date}", "has the places ['date'] instead of ['due']"),
        ("Ring", " ", "says nothing"),
        ("Ring", "25 % mehr", "has a % that is not written %%"),
        ("Vent 13 uger", "Warten Sie 14 Wochen", "has the numbers ['14'] instead of ['13']"),
        ("Vent 3 uger", "انتظر ٣ أسابيع", "has digits that are not 0-9"),
        ("Se https://a.dk/b.", "Siehe https://a.dk/c.",
         "has the addresses ['https://a.dk/c'] instead of ['https://a.dk/b']"),
        ("En [[hearing|høring]]", "Eine Anhörung", "has the terms [] instead of ['hearing']"),
        ("Det her er ikke oversat", "Det her er ikke oversat", "is the Danish text"),
    ],
)  # fmt: skip
def test_a_difference_is_found(danish: str, other: str, fault: str) -> None:
    assert f"{FILE}: k: {fault}" in wrong(danish, other)


@pytest.mark.parametrize(
    ("danish", "other"),
    [
        ("Sag %(number)s", "Fall %(number)s"),
        ("1.297,50 kr. kl. 9.30", "1,297.50 DKK, 9:30"),
        ("100 %% af %(count)s", "100 %% von %(count)s"),
        ("En [[hearing|høring]]", "Eine [[hearing|Anhörung]]"),
        ("Skriv til a@b.dk.", "Schreiben Sie an a@b.dk."),
        ("Som navn@eksempel.dk", "Wie name@beispiel.de"),
        ("MitID", "MitID"),
    ],
)
def test_what_says_the_same_has_no_fault(danish: str, other: str) -> None:
    assert wrong(danish, other) == []


def test_what_is_missing_and_what_nothing_says_are_found() -> None:
    both = told("a", key="x"), told("a", key="y")
    assert faults(*both, PLURALS, {}, rewritten=False) == [
        f"{FILE}: x: is missing",
        f"{FILE}: y: is a text that nothing says",
    ]


def test_a_rewritten_view_may_leave_a_number_out_but_invents_no_place() -> None:
    assert wrong("Vent 13 uger, {due}", "Vent lidt", rewritten=True) == []
    assert wrong("Vent", "Vent {due}", rewritten=True)


def test_an_excused_text_differs_on_purpose() -> None:
    assert wrong("Vent 13 uger", "Warten Sie", excused="k") == []
    assert wrong("Vent {due}", "Warten Sie", excused="k")


def test_a_stale_translation_is_found() -> None:
    original, other = told("a", version=2), told("b", version=1)
    assert faults(original, other, PLURALS, {}, rewritten=False) == [
        f"{FILE}: k: is version 1 of the original's 2"
    ]


def test_each_plural_of_the_language_has_a_form() -> None:
    danish = counted(one="%(count)s uge", other="%(count)s uger")
    whole = counted(one="tydzień", few="%(count)s tygodnie", many="%(count)s tygodni")
    assert faults(danish, whole, PLURALS, {}, rewritten=False) == []
    named = f"{FILE}: k: needs a form for each of: one, few, many"
    assert faults(danish, counted(one="tydzień"), PLURALS, {}, rewritten=False) == [named]
    assert named in faults(danish, told("%(count)s t."), PLURALS, {}, rewritten=False)
    more = counted(one="a", few="b", many="c", other="d")
    assert faults(danish, more, PLURALS, {}, rewritten=False) == [
        f"{FILE}: k: has forms that are not asked for: other"
    ]
    empty = counted(one="a", few=" ", many="c")
    assert faults(danish, empty, PLURALS, {}, rewritten=False) == [
        f"{FILE}: k: says nothing for few"
    ]


DANISH = Glossary({"hearing": Term("partshøring", ("partshøring", "partshøringen"))})
GERMAN = Glossary({"hearing": Term("Anhörung", ("anhörung",))})


def terms(danish: str, other: str, glossary: Glossary = GERMAN, file: str = FILE) -> list[str]:
    return list(term_faults(told(danish, file), told(other, file), DANISH, glossary))


def test_a_term_is_said_as_the_glossary_has_it() -> None:
    assert terms("En partshøring er slut.", "Eine Anhörung ist vorbei.") == []
    assert terms("Partshøringen", "Das Anhörungsrecht") == []
    missed = f"{FILE}: k: does not use the glossary's word for hearing: Anhörung"
    assert terms("En partshøring", "Eine Befragung") == [missed]
    english = Glossary({"hearing": Term("hearing", ("hearing",))})
    assert terms("En [[hearing|partshøring]]", "A [[hearing|talk]]", english)
    assert terms("En partshøringsfrist", "Eine Frist") == []  # another word
    assert terms("En partshøring", "Eine Befragung", file="staff/a.po") == []


def test_a_term_may_be_said_otherwise_for_a_reason() -> None:
    excused = Glossary(GERMAN.terms, {"k": "it is another hearing"})
    assert terms("En partshøring", "Eine Befragung", excused) == []
    gone = Glossary(GERMAN.terms, {"old": "?"})
    assert terms("a", "b", gone) == ["glossary.toml: exceptions: old: is no text"]


def test_a_glossary_has_every_term() -> None:
    assert terms("a", "b", Glossary()) == ["glossary.toml: hearing: is missing"]


def test_arabic_words_are_found_behind_what_is_written_with_them() -> None:
    arabic = Glossary({"hearing": Term("سماع", ("سماع",))})
    assert terms("En partshøring", "وبالسماع", arabic) == []


def test_glossaries_stand_side_by_side() -> None:
    assert table({"Dansk": DANISH, "Deutsch": GERMAN, "Polski": Glossary()}).splitlines() == [
        "| Term | Dansk | Deutsch | Polski |",
        "| --- | --- | --- | --- |",
        "| `hearing` | partshøring | Anhörung | – |",
    ]
