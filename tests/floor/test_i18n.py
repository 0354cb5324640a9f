"""Dates and times as each view writes them, and the catalogs behind the views."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import PoFileError

from portal.i18n import DEFAULT, VIEWS, catalogs, long_date, moment, plain_date

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 5, 12)
SUMMER_NIGHT = datetime(2026, 7, 14, 22, 30, tzinfo=UTC)
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "{}"\nmsgstr "{}"\n'


@pytest.mark.parametrize(
    ("view", "long", "plain", "night"),
    [
        ("da", "tirsdag den 12. maj 2026", "12. maj 2026", "15. juli 2026 kl. 00.30"),
        ("da-simple", "tirsdag den 12. maj 2026", "12. maj 2026", "15. juli 2026 kl. 00.30"),
        ("en", "Tuesday 12 May 2026", "12 May 2026", "15 July 2026 at 00:30"),
    ],
)
def test_days_and_moments_are_written_as_people_say_them(
    view: str, long: str, plain: str, night: str
) -> None:
    assert long_date(DAY, VIEWS[view]) == long
    assert plain_date(DAY, VIEWS[view]) == plain
    assert moment(SUMMER_NIGHT, VIEWS[view]) == night


def test_danish_is_the_view_of_whoever_has_not_chosen() -> None:
    assert DEFAULT.key == "da"


def test_a_view_is_found_by_its_key() -> None:
    assert [view.key for view in VIEWS.values()] == list(VIEWS)


def test_the_files_of_a_view_are_one_catalog(tmp_path: Path) -> None:
    folder = tmp_path / "da" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "a.po").write_text(PO.format("nav.home", "Forside"), "utf-8")
    (folder / "b.po").write_text(PO.format("nav.out", "Log ud nu — æøå"), "utf-8")
    found = catalogs(tmp_path)
    assert found["da"].gettext("nav.home") == "Forside"
    assert found["da"].gettext("nav.out") == "Log ud nu — æøå"
    assert found["en"].gettext("nav.home") == "nav.home"


def test_a_broken_catalog_stops_the_start(tmp_path: Path) -> None:
    folder = tmp_path / "da" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "a.po").write_text('msgid "nav.home"\nmsgstr "For\nside"\nrubbish\n', "utf-8")
    with pytest.raises(PoFileError):
        catalogs(tmp_path)
