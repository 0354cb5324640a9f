"""Numbers, addresses, contacts and dates: what is hidden and what stays. All are invented."""

from __future__ import annotations

import pytest

from portal.scrubbing.rules.dates import dates
from portal.scrubbing.rules.folding import fold
from portal.scrubbing.rules.numbers import accounts, case_numbers, named_numbers
from tests.rooms.scrubbing.texts import covered, hidden

HIDDEN = {
    "cpr": (
        *("711190-1234", "7111901234", "711190 1234", "71 11 90-1234", "71.11.90-1234"),
        *("71-11-90-1234", "711190/1234", "711190 - 1234", "7 1 1 1 9 0 1 2 3 4", "711190-xxxx"),
        *("٧١١١٩٠-١٢٣٤", "71\u200b1190-1234", "７１１１９０－１２３４"),
    ),
    "phone": (
        *("84206613", "84 20 66 13", "8420 6613", "84.20.66.13", "84-20-66-13", "842 066 13"),
        *("+45 84206613", "+4584206613", "0045 84 20 66 13", "(+45) 84 20 66 13", "84 206 613"),
        *("+48 601 555 019", "٨٤ ٢٠ ٦٦ ١٣", "8 4 2 0 6 6 1 3"),
    ),
    "email": (
        *("anders.and@example.dk", "a_b-c+d@mail.example.com", "x@y.example.co.uk"),
        *("andersand snabel-a example.dk", "andersand (at) example (dot) com"),
        *(
            "andersand[at]example.dk",
            "andersand snabela example punktum dk",
            "andersand @ example.dk",
        ),
        *("andersand at gmail.com", "andersand (małpa) example.pl", "andersand собака example.com"),
    ),
    "case_number": (
        *(
            "24-061883",
            "2024/30977",
            "2024-81345",
            "24-061883-7",
            "SAG-2024-12345",
            "2024-12-345678",
        ),
        *("27.12.00-K08-12-23", "24 - 061883", "123456789012"),
    ),
    "account": ("5501 0008812407", "5501-0008812407", "DK50 0040 0440 1162 43"),
    "plate": ("QL57338", "QV 61 905", "QV61.905"),
    "date": (
        *("3. maj", "3/5-2024", "03.05.2024", "2024-05-03", "3. maj 2024", "tredje maj"),
        *(
            "May 3rd, 2024",
            "3 maja 2024",
            "3 Mayıs 2024",
            "3 травня 2024",
            "٣ أيار ٢٠٢٤",
            "3rd of May",
        ),
    ),
    "address": (
        *(
            "Kornblomstvej 117",
            "Rævebakken 40, 2. tv., 7260 Sønder Omme",
            "Åkandevej 2, 7760 Hurup",
        ),
        *("Nørre Allé 5, st. th, 8000 Aarhus C", "brobyggervej 61 st th", "Store Torv 4, 1. sal"),
        *(
            "Lærkebo 29, 1. sal, 6950 Ringkøbing",
            "Egevangen 12 A",
            "Hauptstraße 5",
            "ul. Długa 5/7",
        ),
        *("12 Orchard Close", "Atatürk Mah. Gül Sok. No: 5", "вул. Шевченка, 5", "5000 Odense"),
    ),
    "handle": ("@mortilto87", "@sol_skin.99", "www.facebook.com/anders.and.9"),
}
STAYS = (
    *(
        "§ 41, stk. 2",
        "§§ 112 og 113 b",
        "principmeddelelse 12-23",
        "C-20-07",
        "servicelovens § 100",
    ),
    *("lov nr. 1089 af 16. august 2023", "principafgørelse N-5-06", "principmeddelelse 2019-12-23"),
    *("12.345.678 kr.", "1.150 kr.", "25.000 kr", "kr. 84206613", "8.400 kroner", "500,-"),
    *(
        "2023/24",
        "2019-20",
        "2019-2020",
        "2023/2024",
        "maj",
        "i november",
        "i maj 2024",
        "2023",
        "12 %",
        "37,5 timer",
    ),
    *("31/40", "24/7", "8 måneder", "13 timer", "U 2015.1234 H", "stk. 2", "COVID-19", "A4"),
    *(
        "log ind på borger.dk",
        "https://www.borger.dk/pension",
        "4 år og 3 måneder",
        "haven 2 gange",
    ),
)


@pytest.mark.parametrize(
    ("kind", "piece"), [(kind, piece) for kind, pieces in HIDDEN.items() for piece in pieces]
)
def test_an_identifier_is_hidden_whole(kind: str, piece: str) -> None:
    text = f"I kan se det her: {piece}, som jeg skrev."
    assert covered(text, piece)


@pytest.mark.parametrize("piece", STAYS)
def test_what_identifies_nobody_stays(piece: str) -> None:
    assert hidden(f"Det handler om {piece} og ikke andet.") == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Mit cpr-nummer er 1234567", "1234567"),
        ("telefon 1234 56", "1234 56"),
        ("ring på tlf. 70 12 34", "70 12 34"),
        ("Reg. 1234 konto 567890", "567890"),
        ("sagsnr. 305772", "305772"),
        ("Aktenzeichen AB-12345", "AB-12345"),
        ("numer sprawy 44321", "44321"),
        ("справа № 44321", "44321"),
        ("رقم القضية 44321", "44321"),
        ("født 711190", "711190"),
        ("instagram: sol_skin99", "sol_skin99"),
        ("det var den 12/4", "12/4"),
        ("nummerplade ab 12 345", "ab 12 345"),
        ("sendt til nr. 14 B", "14 B"),
    ],
)
def test_the_words_before_a_number_say_whose_it_is(text: str, number: str) -> None:
    assert covered(text, number)


def test_a_number_after_such_a_word_may_be_an_amount_or_a_year() -> None:
    assert hidden("min konto blev på 12000 kr. i sag fra 2019") == []


def test_the_other_house_number_of_a_street_is_hidden() -> None:
    text = "Kornblomstvej 14 B er ikke 14 A, men § 14 A er en lov."
    assert covered(text, "14 A")
    assert hidden(text)[-1][0] == "14 A"


def test_kinds_are_told() -> None:
    text = "711190-1234, a@example.dk, @mortilto87, 84206613, QL57338, 24-061883"
    assert [kind for _, kind in hidden(text)] == [
        *("cpr", "email", "handle", "phone", "plate", "case_number"),
    ]


def test_an_address_ends_with_its_last_letter() -> None:
    text = "Jeg bor på Kornblomstvej 117, Vejby, og venter."
    assert hidden(text) == [("Kornblomstvej 117, Vejby", "address")]


def test_an_amount_is_no_account() -> None:
    assert [*accounts("Der stod 5501 0008812407 kr. i brevet.")] == []
    assert [*case_numbers("Der stod 12345678901 kr. i brevet.")] == []
    assert [kind for *_, kind in case_numbers("Der stod 12345678901.")] == ["case_number"]
    assert [*named_numbers("På min konto: 1.200 kr.")] == []
    assert [kind for *_, kind in named_numbers("På min konto: 1.200")] == ["account"]


def test_a_share_with_a_dot_is_no_day_without_a_word_for_one() -> None:
    assert [*dates("Det steg fra 3.4 til 7.5 i snit.")] == []
    assert [text for text, _ in hidden("Det var den 3.4 om morgenen.")] == ["3.4"]


def test_a_letter_with_an_accent_of_its_own_stays_two() -> None:
    folded = fold("x\u0301y\u0301")
    assert folded.text == "x\u0301ý"
    assert folded.origin(2, 3) == (2, 3)
