"""The views: which languages there are, their catalogs, and how they write dates.

A view is a key of our own, because easy-read Danish (`da-simple`) is a variant that locale
libraries drop without a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from portal.clock import local

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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
    plural_rule: str = "nplurals=2; plural=(n != 1);"  # CLDR's, as gettext's tools are told it
    dir: str = "ltr"
    own_type: bool = True  # whether our type has its letters; else the platform's is used


_DANISH = ("da", "EEEE 'den' d. MMMM y", "d. MMMM y", "{day} kl. {time}")
# Every view that is told or is being translated, the Danish one first: its text is the
# authoritative one.
KNOWN = {
    view.key: view
    for view in (
        View("da", "da", "Dansk", *_DANISH),
        View("da-simple", "da-simple", "Let dansk", *_DANISH),
        View("en", "en", "English", "en_GB", "EEEE d MMMM y", "d MMMM y", "{day} at {time}"),
        View("de", "de", "Deutsch", "de", "EEEE, d. MMMM y", "d. MMMM y", "{day} um {time} Uhr"),
        View(
            "pl", "pl", "Polski", "pl", "d MMMM y (EEEE)", "d MMMM y", "{day}, godz. {time}",
            "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
        ),
        View(
            "uk", "uk", "Українська", "uk",
            "d MMMM y 'року' (EEEE)", "d MMMM y 'року'", "{day}, {time}",
            "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
            "n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
            own_type=False,
        ),
        View("tr", "tr", "Türkçe", "tr", "d MMMM y EEEE", "d MMMM y", "{day}, saat {time}"),
        View(
            "ar", "ar", "العربية", "ar",
            "EEEE d MMMM y", "d MMMM y", "{day}، الساعة {time}",
            "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
            "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
            "rtl", own_type=False,
        ),
    )
}  # fmt: skip
UNFINISHED: frozenset[str] = frozenset()  # being translated: no reader is offered these yet
VIEWS = {key: view for key, view in KNOWN.items() if key not in UNFINISHED}
STAFF_VIEWS = {key: VIEWS[key] for key in ("da", "da-simple", "en")}  # those of staff pages
DEFAULT = VIEWS["da"]
BEGIN, END = "\u2068", "\u2069"  # what stands between has a direction of its own
CITIZENS = "LC_MESSAGES/*.po"  # what citizens may meet; beside it, `staff` is of staff pages alone
ALL = "*/*.po"
# The names that CLDR gives to plurals, as it orders them.
PLURALS = ("zero", "one", "two", "few", "many", "other")


class IncompleteCatalogsError(Exception):
    """Views do not say all that the Danish one says. `args[0]` lists what, a line each."""


def language(view: View) -> str:
    """The language of the view, without region and variant: «da» for easy-read Danish."""
    return view.locale.partition("_")[0]


def nearest(asked: str, fallback: View) -> View:
    """The view in the first of these languages that there is one in: «uk-UA en»."""
    for tag in asked.split():
        for view in VIEWS.values():
            if language(view) == tag.partition("-")[0].lower():
                return view
    return fallback


@cache
def plural_of(number: int, view: View) -> str:
    """Which plural a number of things takes: «few» for 3 in Polish."""
    return Locale.parse(view.locale).plural_form(number)


@cache
def plurals(view: View) -> tuple[str, ...]:
    """The plurals that whole numbers take in the language of the view, in the order of CLDR."""
    taken = {plural_of(number, view) for number in range(1001)}
    return tuple(name for name in PLURALS if name in taken)


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
    return local(at).strftime("%H.%M" if view.locale == "da" else "%H:%M")


@lru_cache(maxsize=4096)
def figure(number: float, view: View) -> str:
    """A number as the view writes it: «1.234»."""
    return format_decimal(number, locale=Locale.parse(view.locale), numbering_system="latn")


def apart(said: str, view: View) -> str:
    """A text that may run the other way than the page around it, set apart from what is beside it.

    By signs, because a title or an attribute can hold no element.
    """
    return f"{BEGIN}{said}{END}" if view.dir == "rtl" else said


def listed(names: Sequence[str], view: View) -> str:
    """Names as a list in words: «Amalie, Bo og Carla»."""
    return format_list(names, locale=Locale.parse(view.locale))


class Catalog:
    """The sentences of a view by their keys; where something is counted, one for each plural."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._said: dict[str, str] = {}
        self._counted: dict[str, dict[str, str]] = {}

    def gettext(self, key: str) -> str:
        """The sentence that a key stands for; the key itself where there is none."""
        return self._said.get(key, key)

    def counted(self, key: str, count: int) -> str:
        """The sentence that a key stands for when so many are told of, with the number in it."""
        form = self._counted[key][plural_of(count, self._view)]
        return form.replace("%(count)s", figure(count, self._view))

    def forms(self, key: str) -> Mapping[str, str]:
        """The forms of a sentence by the plurals of the language; none where nothing is counted."""
        return self._counted.get(key, {})

    def keys(self) -> set[str]:
        """Every key that says something in each plural of the language."""
        whole = {key for key, forms in self._counted.items() if all(forms.values())}
        return whole | {key for key, said in self._said.items() if said}

    def add(self, path: Path) -> None:
        """Take in what a file says. Raises PoFileError where it cannot be read."""
        with path.open("rb") as file:
            parsed = read_po(file, locale=self._view.locale, abort_invalid=True)
        for one in parsed:
            if isinstance(one.id, str):
                self._said[one.id] = str(one.string)
            else:
                forms = zip(plurals(self._view), one.string or (), strict=True)
                self._counted[one.id[0]] = dict(forms)
        self._said.pop("", None)


@cache
def catalogs(folder: Path) -> Mapping[str, Catalog]:
    """The catalog of each view, merged from the .po files of its folder.

    They are read as they are, once in a process: no compiled copy could be stale. Raises
    IncompleteCatalogsError where one lacks what the Danish one says.
    """
    found = {key: _catalog(folder / key, key) for key in VIEWS}
    everybody = _catalog(folder / DEFAULT.key, DEFAULT.key, CITIZENS).keys()
    wanted = {key: found[DEFAULT.key].keys() if key in STAFF_VIEWS else everybody for key in found}
    lacking = [
        f"{key}: {one}: has no text"
        for key, catalog in found.items()
        for one in sorted(wanted[key] - catalog.keys())
    ]
    if lacking:
        raise IncompleteCatalogsError(lacking)
    return found


def _catalog(folder: Path, key: str, fragments: str = ALL) -> Catalog:
    merged = Catalog(VIEWS[key])
    for path in sorted(folder.glob(fragments)):
        merged.add(path)
    return merged
