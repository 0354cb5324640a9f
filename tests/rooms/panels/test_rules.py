from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.panels.queries import purposes
from portal.panels.rules import contact_of, last_day, purpose_on
from portal.panels.words import Kind, Purpose, Reach, WrongContact


@pytest.mark.parametrize(
    ("agreed", "months", "last"),
    [
        (date(2026, 11, 22), 12, date(2027, 11, 22)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
        (date(2026, 11, 30), 13, date(2027, 12, 30)),
    ],
)
def test_the_last_day(agreed: date, months: int, last: date) -> None:
    assert last_day(agreed, months) == last


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_the_last_day_is_that_many_months_on(agreed: date, months: int) -> None:
    last = last_day(agreed, months)
    passed = (last.year - agreed.year) * 12 + last.month - agreed.month
    assert passed == months
    assert last.day <= agreed.day


def test_the_purposes_follow_each_other() -> None:
    found = purposes()
    assert list(found) == sorted(found, key=lambda one: one.valid_from)
    assert len({one.version for one in found}) == len(found)
    assert found[0] == Purpose("2026-1", date(2026, 11, 1), 12, tuple(Kind))


def test_the_purpose_of_a_day() -> None:
    old = Purpose("1", date(2026, 1, 1), 12, (Kind.PANEL,))
    new = Purpose("2", date(2027, 1, 1), 6, (Kind.PANEL,))
    assert purpose_on((old, new), date(2025, 12, 31)) is None
    assert purpose_on((old, new), date(2026, 12, 31)) is old
    assert purpose_on((new, old), date(2027, 1, 1)) is new


@pytest.mark.parametrize(
    ("told", "reach", "kept"),
    [
        (" anna@eksempel.dk ", Reach.EMAIL, "anna@eksempel.dk"),
        ("a.b+c@post.eksempel.dk", Reach.EMAIL, "a.b+c@post.eksempel.dk"),
        ("åse@blåbærgrød.dk", Reach.EMAIL, "åse@blåbærgrød.dk"),
        ("12 34 56 78", Reach.PHONE, "12345678"),
        ("+45 12-34.56(78)", Reach.PHONE, "+4512345678"),
        ("0045 12345678", Reach.PHONE, "004512345678"),
    ],
)
def test_how_somebody_is_reached(told: str, reach: Reach, kept: str) -> None:
    assert contact_of(told) == (reach, kept)


@pytest.mark.parametrize(
    "told",
    ["", "x", "1234567", "1" * 16, "a@b", "a@b.", "@b.dk", "a@@b.dk", "a b@c.dk", "a@b.dk, c@d.dk",
     "a@b.dk\nBcc: x@y.dk", "a@b.dk\x00", "12345678\x07", "<script>@b.dk", "١٢٣٤٥٦٧٨",
     "x" * 250 + "@b.dk", "1" * 100_000, "a@" + "b." * 50_000],
    ids=lambda told: ascii(told)[:20],
)  # fmt: skip
def test_what_leads_to_nobody(told: str) -> None:
    with pytest.raises(WrongContact):
        contact_of(told)
