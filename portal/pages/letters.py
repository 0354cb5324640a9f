"""Names in the alphabet of a language: with a capital, and in the order that its readers know."""

# ruff: noqa: RUF001 it names letters of several alphabets

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portal.i18n import View

# Alphabets that Unicode has in another order, by language; a letter that is none of its own
# stands where it stands in the Latin or Cyrillic one.
ALPHABETS = {
    "da": "abcdefghijklmnopqrstuvwxyzæøå",
    "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
    "tr": "abcçdefgğhıijklmnoöpqrsştuüvwxyz",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}
ALIKE = {"de": str.maketrans("äöü", "aou"), "ar": str.maketrans("أإآ", "ااا")}
SMALL = {"tr": str.maketrans("Iİ", "ıi")}  # Turkish has an i with and one without a dot
CAPITAL = {"tr": str.maketrans("ıi", "Iİ")}
FIRST = 0xE000  # of the signs that no language uses: in their order stand the letters of one
ORDERS = {
    language: str.maketrans({letter: chr(FIRST + at) for at, letter in enumerate(letters)})
    for language, letters in ALPHABETS.items()
}


def with_capital(name: str, view: View) -> str:
    """A name as it begins a line: «itiraz» is «İtiraz» in Turkish."""
    first = name[:1].translate(CAPITAL.get(_language(view), {}))
    return first.upper() + name[1:]


def place(name: str, view: View) -> str:
    """What to order names by."""
    language = _language(view)
    small = name.translate(SMALL.get(language, {})).lower().translate(ALIKE.get(language, {}))
    return small.translate(ORDERS.get(language, {}))


def _language(view: View) -> str:
    return view.locale.partition("_")[0]
