"""Names begin with the capital of their language, and stand in its order."""

from __future__ import annotations

import pytest

from portal.i18n import KNOWN
from portal.pages.letters import place, with_capital

ORDERED = {
    "da": ["Afgørelse", "klage", "Værge", "ændring", "Øvrige", "årsag"],
    "de": ["Akte", "ändern", "Anhörung", "Übergang", "Urteil"],
    "pl": ["akta", "ątki", "biuro", "cel", "ćma", "dom", "łaska", "mapa", "zakaz", "źródło", "żal"],
    "tr": [
        "cevap",
        "çocuk",
        "değer",
        "ırmak",
        "İşlem",
        "itiraz",
        "soru",
        "şikâyet",
        "uzman",
        "üye",
    ],
    "uk": ["закон", "ім'я", "їжа", "йод", "клієнт"],
    "ar": ["أجل", "استئناف", "بلدية"],
    "en": ["appeal", "Board", "case"],
}


@pytest.mark.parametrize("language", ORDERED)
def test_names_stand_in_the_order_of_the_language(language: str) -> None:
    view, names = KNOWN[language], ORDERED[language]
    assert sorted(set(names), key=lambda name: place(name, view)) == names


@pytest.mark.parametrize(
    ("language", "name", "written"),
    [
        ("tr", "itiraz", "İtiraz"),
        ("tr", "ısı", "Isı"),
        ("tr", "üye", "Üye"),
        ("da", "indsigt", "Indsigt"),
        ("uk", "їжа", "Їжа"),
        ("ar", "شكوى", "شكوى"),
        ("en", "", ""),
    ],
)
def test_a_name_begins_with_the_capital_of_its_language(
    language: str, name: str, written: str
) -> None:
    assert with_capital(name, KNOWN[language]) == written
