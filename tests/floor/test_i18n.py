"""Dates and times as each view writes them, and the catalogs behind the views."""

from __future__ import annotations

from datetime import UTC, date, datetime
from gettext import c2py
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import PoFileError

from portal.i18n import (
    DEFAULT,
    KNOWN,
    PLURALS,
    STAFF_VIEWS,
    VIEWS,
    Catalog,
    IncompleteCatalogsError,
    View,
    catalogs,
    long_date,
    moment,
    plain_date,
    plural_of,
    plurals,
)

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
        ("de", "Dienstag, 12. Mai 2026", "12. Mai 2026", "15. Juli 2026 um 00:30 Uhr"),
        ("pl", "12 maja 2026 (wtorek)", "12 maja 2026", "15 lipca 2026, godz. 00:30"),
        (
            "uk", "12 травня 2026 року (вівторок)", "12 травня 2026 року",
            "15 липня 2026 року, 00:30",
        ),
        ("tr", "12 Mayıs 2026 Salı", "12 Mayıs 2026", "15 Temmuz 2026, saat 00:30"),
        ("ar", "الثلاثاء 12 مايو 2026", "12 مايو 2026", "15 يوليو 2026، الساعة 00:30"),
    ],
)  # fmt: skip
def test_days_and_moments_are_written_as_people_say_them(
    view: str, long: str, plain: str, night: str
) -> None:
    assert long_date(DAY, KNOWN[view]) == long
    assert plain_date(DAY, KNOWN[view]) == plain
    assert moment(SUMMER_NIGHT, KNOWN[view]) == night


def test_danish_is_the_view_of_whoever_has_not_chosen() -> None:
    assert DEFAULT.key == "da"


def test_a_view_is_found_by_its_key() -> None:
    assert [view.key for view in VIEWS.values()] == list(VIEWS)


def _written(folder: Path, view: str, file: str, key: str, said: str) -> None:
    path = folder / view / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PO.format(key, said), "utf-8")


def test_the_files_of_a_view_are_one_catalog(tmp_path: Path) -> None:
    for view in VIEWS:
        _written(tmp_path, view, "LC_MESSAGES/a.po", "nav.home", f"Forside {view}")
        _written(tmp_path, view, "LC_MESSAGES/b.po", "nav.out", "Log ud nu — æøå")
    for view in STAFF_VIEWS:
        _written(tmp_path, view, "staff/a.po", "staff.home", "Opgaver")
    found = catalogs(tmp_path)
    assert found["da"].gettext("nav.home") == "Forside da"
    assert found["en"].gettext("nav.out") == "Log ud nu — æøå"
    assert found["da"].gettext("staff.home") == "Opgaver"
    assert found["da"].gettext("nav.none") == "nav.none"


@pytest.mark.parametrize("said", [None, ""])
def test_a_view_that_lacks_a_text_stops_the_start(tmp_path: Path, said: str | None) -> None:
    for view in VIEWS:
        _written(tmp_path, view, "LC_MESSAGES/a.po", "nav.home", f"Forside {view}")
    _written(tmp_path, "da", "LC_MESSAGES/b.po", "nav.out", "Log ud")
    if said is not None:
        _written(tmp_path, "da-simple", "LC_MESSAGES/b.po", "nav.out", said)
    with pytest.raises(IncompleteCatalogsError) as refused:
        catalogs(tmp_path)
    assert "da-simple: nav.out: has no text" in refused.value.args[0]


# For 0, 1, 2, 3, 5, 11, 21 and 100 of something; as CLDR has it, and as gettext's tools are told.
TAKEN = {
    "da": "other one other other other other other other",
    "da-simple": "other one other other other other other other",
    "en": "other one other other other other other other",
    "de": "other one other other other other other other",
    "pl": "many one few few many many many many",
    "uk": "many one few few many many one many",
    "tr": "other one other other other other other other",
    "ar": "zero one two few few many many other",
}
COUNTS = (0, 1, 2, 3, 5, 11, 21, 100)


@pytest.mark.parametrize("view", KNOWN.values(), ids=KNOWN)
def test_numbers_take_the_plurals_of_the_language(view: View) -> None:
    assert [plural_of(count, view) for count in COUNTS] == TAKEN[view.key].split()
    rule = c2py(view.plural_rule.split("plural=")[1].rstrip(";"))
    for count in range(300):
        assert plurals(view)[rule(count)] == plural_of(count, view)


def test_a_sentence_takes_the_plural_of_its_number(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    forms = "\n".join(f'msgstr[{at}] "%(count)s {name}"' for at, name in enumerate(PLURALS))
    rule = KNOWN["ar"].plural_rule
    path.write_text(
        PO.format("", "").split("\n\n")[0].replace("8\\n", f"8\\nPlural-Forms: {rule}\\n")
        + f'\n\nmsgid "n"\nmsgid_plural "n"\n{forms}\n'
    )
    catalog = Catalog(KNOWN["ar"])
    catalog.add(path)
    found = [catalog.counted("n", count) for count in (*COUNTS, 1000)]
    assert found == [
        "0 zero", "1 one", "2 two", "3 few", "5 few", "11 many", "21 many", "100 other",
        "1,000 other",
    ]  # fmt: skip
    assert tuple(catalog.forms("n")) == PLURALS
    assert catalog.keys() == {"n"}


def test_a_broken_catalog_stops_the_start(tmp_path: Path) -> None:
    folder = tmp_path / "da" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "a.po").write_text('msgid "nav.home"\nmsgstr "For\nside"\nrubbish\n', "utf-8")
    with pytest.raises(PoFileError):
        catalogs(tmp_path)
