"""Nothing in the repository could belong to a living person, or to one machine only."""

from __future__ import annotations

import re
from datetime import date

from tests.guards.tree import texts

TEN_DIGITS = re.compile(r"(?<![\w.+/=-])(\d{2})(\d{2})(\d{2})([ -]?)(\d{4})(?![\w+/=]|\.\d)")
MACHINE_PATH = re.compile(r"(?<![\w.}/~-])/(?:home|root|work|Users|opt)/\w")
REGISTRY = re.compile(
    r"\b(?:"
    + "|".join(("pypi" + r"\.org", "pythonhosted" + r"\.org", r"registry\.npmjs"))
    + r"|"
    + r"registry\.yarnpkg|deb\.debian|crates\.io)"
)
LEAP_YEAR = 2000  # any day that exists in some year counts


def is_date(day: int, month: int) -> bool:
    """Whether a year could hold this day."""
    try:
        date(LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True


def cpr_like(text: str) -> list[str]:
    """Ten digits that begin with a date, as a Danish civil registration number does.

    The numbers of invented people have 60 added to the day, as the authority's test numbers do:
    no person can have them.
    """
    return [hit[0] for hit in TEN_DIGITS.finditer(text) if is_date(int(hit[1]), int(hit[2]))]


def found(pattern: re.Pattern[str]) -> list[str]:
    return [f"{path}: {hit[0]}" for path, text in texts().items() for hit in pattern.finditer(text)]


def test_no_number_could_be_a_persons() -> None:
    assert not [f"{path}: {hit}" for path, text in texts().items() for hit in cpr_like(text)]


def test_a_planted_number_is_found() -> None:
    digits = f"{1:02}{2:02}{70:02}{1234:04}"  # written in parts, or the guard would find it here
    assert cpr_like(f"x {digits} x") == [digits]
    assert cpr_like(f"{digits[:6]}-{digits[6:]}.") == [f"{digits[:6]}-{digits[6:]}"]
    assert cpr_like(f'"{digits[:6]} {digits[6:]}"') == [f"{digits[:6]} {digits[6:]}"]


def test_an_invented_persons_number_is_not() -> None:
    assert not cpr_like("610270-1234 9112991234")
    assert not cpr_like("sha256:0102701234abcdef")


def test_no_file_names_one_machine() -> None:
    assert not found(MACHINE_PATH)


def test_no_file_names_a_registry() -> None:
    assert not found(REGISTRY)


def test_planted_places_are_found() -> None:
    assert MACHINE_PATH.search("cd /" + "home/anna/x")
    assert REGISTRY.search("https://files.python" + "hosted.org/x")
