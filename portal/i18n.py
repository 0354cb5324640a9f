"""The views: which languages there are, their catalogs, and how they write dates.

A view is a key of our own, because easy-read Danish (`da-simple`) is a variant that locale
libraries drop without a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from portal.clock import local

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class View:
    """One language as a reader chooses it."""

    key: str
    lang: str  # for the `lang` attribute
    name: str  # in its own language
    locale: str  # for numbers and dates
    long_date: str
    plain_date: str
    moment: str
    dir: str = "ltr"


VIEWS = {
    view.key: view
    for view in (
        View("da", "da", "Dansk", "da", "EEEE 'den' d. MMMM y", "d. MMMM y", "{day} kl. {time}"),
        View(
            "da-simple", "da-simple", "Let dansk", "da",
            "EEEE 'den' d. MMMM y", "d. MMMM y", "{day} kl. {time}",
        ),
        View("en", "en", "English", "en_GB", "EEEE d MMMM y", "d MMMM y", "{day} at {time}"),
    )
}  # fmt: skip
DEFAULT = VIEWS["da"]


@lru_cache(maxsize=4096)
def long_date(day: date, view: View) -> str:
    """A day with its weekday: «tirsdag den 12. maj 2026»."""
    return format_date(day, view.long_date, Locale.parse(view.locale))


@lru_cache(maxsize=4096)
def plain_date(day: date, view: View) -> str:
    """A day without its weekday: «12. maj 2026»."""
    return format_date(day, view.plain_date, Locale.parse(view.locale))


def moment(at: datetime, view: View) -> str:
    """A moment in Copenhagen: «22. november 2026 kl. 06.10»."""
    day = plain_date(local(at).date(), view)
    return view.moment.format(day=day, time=clock_time(at, view))


def clock_time(at: datetime, view: View) -> str:
    """The time of day in Copenhagen: «06.10»."""
    return local(at).strftime("%H:%M" if view.locale.startswith("en") else "%H.%M")


def listed(names: Sequence[str], view: View) -> str:
    """Names as a list in words: «Amalie, Bo og Carla»."""
    return format_list(names, locale=Locale.parse(view.locale))


def catalogs(folder: Path) -> dict[str, Translations]:
    """The catalog of each view, merged from the .po files of its folder.

    They are read as they are: there is no compiled copy that could be stale.
    """
    return {key: _catalog(folder / key / "LC_MESSAGES", key) for key in VIEWS}


def _catalog(folder: Path, key: str) -> Translations:
    merged = Translations()
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            parsed = read_po(file, locale=VIEWS[key].locale, abort_invalid=True)
        compiled = BytesIO()
        write_mo(compiled, parsed)
        compiled.seek(0)
        merged.merge(Translations(fp=compiled))
    return merged
