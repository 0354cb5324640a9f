"""What a file may tell of offices, and where groups are counted."""

from __future__ import annotations

from datetime import date

import pytest

from portal.organisation.queries import read
from portal.organisation.rules import faults, holder_of, joined, lost, structure_of
from portal.organisation.words import (
    AGENCY,
    FaultyOrganisation,
    Level,
    Organisation,
    ToldDepartment,
    ToldOffice,
)

DAY = date(2027, 3, 31)
WORK = ToldOffice("work", "Arbejde", "east", ("employment", "work_injury"), date(2026, 1, 1))
CARE = ToldOffice("care", "Omsorg", "east", ("disability",), date(2026, 1, 1))
YOUNG = ToldOffice("young", "Børn", "west", ("children",), date(2026, 1, 1), DAY)
EAST, WEST = ToldDepartment("east", "Øst"), ToldDepartment("west", "Vest")
WHOLE = Organisation((EAST, WEST), (WORK, CARE, YOUNG))

FILE = """
[[departments]]
code = "east"
name = "Øst"

[[offices]]
code = "work"
name = "Arbejde"
department = "east"
groups = ["employment", "work_injury"]
since = 2026-01-01
"""


def test_a_file_is_read() -> None:
    assert read(FILE) == Organisation((EAST,), (WORK,))
    assert read("") == Organisation((), ())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("2026-01-01", '"soon"'), "since"),
        (("[[offices]]", "[[office]]"), "what is office?"),
        (('name = "Øst"', 'name = "Øst'), "line"),
        (('name = "Øst"', 'name = " "'), "the department east has no name"),
        (('name = "Arbejde"', 'name = ""'), "work since 2026-01-01 has no name"),
        (('department = "east"', 'department = "north"'), "in north, which is no department"),
        (('"employment"', '"fishing"'), "holds fishing, which is no group"),
        (('"employment"', '"work_injury"'), "holds work_injury twice"),
        (('"employment", "work_injury"', ""), "holds no group"),
        (("since = 2026-01-01", "since = 2026-01-01\nuntil = 2025-01-01"), "ends before it begins"),
        (('code = "work"', 'code = "W 1"'), "'W 1' is no code"),
        (
            ("[[offices]]", '[[departments]]\ncode = "east"\nname = "x"\n\n[[offices]]'),
            "the department east stands twice",
        ),
    ],
)
def test_a_wrong_file_is_refused(change: tuple[str, str], said: str) -> None:
    with pytest.raises(FaultyOrganisation, match=said):
        read(FILE.replace(*change, 1))


def test_a_group_belongs_to_one_office_on_a_day() -> None:
    other = ToldOffice("other", "Andet", "east", ("employment",), date(2027, 1, 1))
    again = ToldOffice("work", "Arbejde", "east", ("benefits",), date(2027, 1, 1))
    assert list(faults(Organisation((EAST,), (WORK, other, again)))) == [
        "employment is held by work and by other on 2027-01-01",
        "the office work stands twice on 2027-01-01",
    ]
    later = ToldOffice("late", "Senere", "west", ("children",), date(2027, 4, 1))
    assert list(faults(Organisation((EAST, WEST), (YOUNG, later)))) == []


def test_what_is_at_work_is_not_left_out_and_what_was_is_not_changed() -> None:
    today = date(2027, 5, 1)
    moved = ToldOffice("young", "Unge", "west", ("children",), date(2026, 1, 1), DAY)
    told = Organisation((EAST, WEST), (CARE, moved))
    assert list(lost(told, WHOLE.offices, today)) == [
        "the office work since 2026-01-01 is not told: give it a last day instead",
        "the office young since 2026-01-01 is over and cannot be changed",
    ]
    left = Organisation((EAST,), (WORK, CARE))
    assert list(lost(left, WHOLE.offices, today)) == []
    assert joined(left, WHOLE) == Organisation((EAST, WEST), (WORK, CARE, YOUNG))


def test_units_are_those_of_the_day() -> None:
    structure = structure_of(WHOLE, DAY)
    assert [unit.key for unit in structure.units] == [
        "agency:agency", "department:east", "department:west",
        "office:care", "office:work", "office:young",
    ]  # fmt: skip
    after = structure_of(WHOLE, date(2027, 4, 1))
    assert "office:young" not in {unit.key for unit in after.units}
    assert "department:west" not in {unit.key for unit in after.units}
    assert structure_of(WHOLE, date(2025, 1, 1)).units == (AGENCY,)


@pytest.mark.parametrize(
    ("groups", "key"),
    [
        (("employment",), "office:work"),
        (("employment", "work_injury"), "office:work"),
        (("employment", "disability"), "department:east"),
        (("employment", "children"), "agency:agency"),
        (("employment", "boards"), "agency:agency"),
        (("boards",), "agency:agency"),
        ((), "agency:agency"),
    ],
)
def test_groups_are_counted_at_the_lowest_unit_that_holds_them(
    groups: tuple[str, ...], key: str
) -> None:
    assert holder_of(structure_of(WHOLE, DAY), groups).key == key


def test_levels_go_no_lower_than_a_group() -> None:
    assert list(Level) == ["agency", "department", "office", "group"]
