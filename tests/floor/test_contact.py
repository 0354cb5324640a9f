"""Whom to tell of a weakness: the file as RFC 9116 has it, whenever it is asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.contact import security_txt

SITE, PAGE = "https://indblik.example", "https://indblik.example/tilgaengelighed"
NOW = datetime(2026, 11, 22, 23, 59, 59, tzinfo=UTC)


def fields(text: str) -> list[tuple[str, str]]:
    return [
        (name, value) for line in text.splitlines() for name, _, value in [line.partition(": ")]
    ]


def test_the_whole_file() -> None:
    assert security_txt(NOW, SITE, "sikkerhed@indblik.example", "33 41 12 00", PAGE) == (
        "Contact: mailto:sikkerhed@indblik.example\n"
        "Contact: tel:+4533411200\n"
        "Expires: 2027-05-21T00:00:00Z\n"
        "Preferred-Languages: da, en\n"
        "Canonical: https://indblik.example/.well-known/security.txt\n"
    )


@given(
    st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001 - given a zone below
    st.integers(-12, 12),
)
def test_it_expires_ahead_and_within_a_year(naive: datetime, hours: int) -> None:
    now = naive.replace(tzinfo=UTC) + timedelta(hours=hours)
    told = [value for name, value in fields(security_txt(now, SITE, None, "33411200", PAGE))
            if name == "Expires"]  # fmt: skip
    (expires,) = (datetime.fromisoformat(value) for value in told)
    assert timedelta(days=90) < expires - now < timedelta(days=365)


@pytest.mark.parametrize(
    ("phone", "dialled"),
    [
        ("33 41 12 00", "tel:+4533411200"),
        ("+45 33 41 12 00", "tel:+4533411200"),
        ("0045 33 41 12 00", "tel:+4533411200"),
        ("00 00 00 00", "tel:+4500000000"),
        ("112", PAGE),
        ("efter aftale", PAGE),
    ],
)
def test_a_phone_can_be_dialled_from_anywhere(phone: str, dialled: str) -> None:
    assert fields(security_txt(NOW, SITE, None, phone, PAGE))[0] == ("Contact", dialled)
