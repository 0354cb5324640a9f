"""Numbers that belong to one person, car, account or case. Every repetition has a bound."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portal.scrubbing.words import Hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

GAP = r"[ .\-/_]{0,3}"
CPR = re.compile(
    rf"(?<![\d])([0-9]{GAP}[0-9]){GAP}([0-9]{GAP}[0-9]){GAP}(?:19|20)?([0-9]{GAP}[0-9])"
    rf"{GAP}(?:[0-9](?:{GAP}[0-9]){{3}}|[xX*#?]{{4}})(?!\d)"
)
DAYS = (range(1, 32), range(61, 92))
# Groups of the eight digits of a Danish number; a date or a span of years is looked for first.
EIGHT = re.compile(
    r"(?<![\d.,/\-+])(?:\+|00)?(?:\(?\+?45\)?[ .\-]{0,2})?(?:\d{8}|\d{4}[ .\-]\d{4}"
    r"|\d\d[ .\-/]{1,2}\d\d[ .\-/]{1,2}\d\d[ .\-/]{1,2}\d\d|\d\d[ .\-]\d{3}[ .\-]\d{3}"
    r"|\d{3}[ .\-]\d{3}[ .\-]\d\d|\d{3}[ .\-]\d\d[ .\-]\d{3}|\d\d[ .]\d{6}|\d\d[ .\-]\d\d[ "
    r".\-]\d{4}"
    r"|\d{4}[ .\-]\d\d[ .\-]\d\d|\d[ .\-]\d[ .\-]\d[ .\-]\d[ .\-]\d[ .\-]\d[ .\-]\d[ "
    r".\-]\d)(?![\d])"
)
ABROAD = re.compile(r"(?<![\d\w])(?:\+|00)\(?\d{1,3}\)?(?:[ .\-/]{0,2}\(?\d{1,8}\)?){1,7}(?!\d)")
YEARS = re.compile(r"(?:1[5-9]|20)\d\d ?\W ?(?:1[5-9]|20)\d\d")
DATELIKE = re.compile(
    r"(?:19|20)\d\d\D(?:0\d|1[0-2])\D[0-3]\d|[0-3]?\d\D(?:0?\d|1[0-2])\D(?:19|20)\d\d"
)
MONEY_AFTER = re.compile(
    r"[ ]?(?:,-|,\d\d|kr|kroner|dkk|eur|euro|€|\$|zł|крон|грн|kron|tl\b|كرون|tusind|mio|mill|%"
    r"|pct)",
    re.IGNORECASE,
)
MONEY_BEFORE = re.compile(r"(?:kr\.?|dkk|eur|€|\$|beløb(?:et)? på) ?$", re.IGNORECASE)
IBAN = re.compile(r"(?<![^\W_])[A-Za-z]{2}\d{2}(?:[ \-]?[A-Za-z]{4})?(?:[ \-]?\d{2,4}){3,8}(?!\d)")
ACCOUNT = re.compile(r"(?<![\d.,\-/])\d{4}[ \-]{1,3}\d{6,10}(?!\d)")
CARD = re.compile(r"(?<!\d)\d{4}[ \-]?\d{4}[ \-]?\d{4}[ \-]?\d{1,7}(?!\d)")
PLATE = re.compile(
    r"(?<![^\W_])(?!(?:KR|NR|ST|TV|TH|MF|KL|PR) ?\d)[A-ZÆØÅ]{2}[ \-]?\d{2}[ .\-]?\d{3}(?![^\W_])"
)
LONG = re.compile(r"(?<![\d.,])\d{9,24}(?!\d)")
# What stands before a number and says whose it is: (words, what the number looks like, kind).
DIGITS = r"\d(?:[ .\-/]{0,2}\d){2,20}(?!\d)"
MARKED = r"(?=[^\s]{0,40}\d)[^\W_](?:[\-./_]?[^\W_]){1,40}"
LINK = (
    r"(?:(?:er|var|is|lautet|to|hedder|med|på|nr|no|nummer|number|numer|nummeret|numarası"
    r"|numaram|numaralı|номер|№|رقم|هو|هي)\b[.:]?|[:.#=№\-(]|\s){0,6}"
)
CONTEXT: tuple[tuple[str, str, str], ...] = (
    (
        (
            r"cpr|personnummer|cpr-?nummer|cprnr|personnr|pesel|peselu|fødselsnummer"
            r"|идентификационный|срr|مدني|الشخصي"
        ),
        DIGITS,
        "cpr",
    ),
    (
        (
            r"tlf|telefon|telefonnummer|telefonnr|mobil|mobilnummer|mobilnr|mob|sms|whatsapp|viber"
            r"|phone|telephone|cell"
            r"|cellphone|mobile|tel|handy|komórka|komórkę|komórkowy|cep|телефон|телефону|телефоном"
            r"|тел|моб"
            r"|هاتف|هاتفي|الهاتف|جوال|جوالي|موبايل|تلفون|تلفوني|واتساب|واتس"
        ),
        DIGITS,
        "phone",
    ),
    (
        (
            r"konto|kontonummer|kontonr|kontoen|nemkonto|reg|regnr|registreringsnummer|iban"
            r"|account|konta|hesap|hesabım|hesabı"
            r"|рахунок|рахунку|حساب|حسابي|الحساب|آيبان"
        ),
        r"(?:[A-Za-z]{2})?\d(?:[ .\-/]{0,3}\d){3,30}",
        "account",
    ),
    (
        (
            r"sag|sagen|sags|sagsnr|sagsnummer|sagsnummeret|journalnr|journalnummer|journal|jnr"
            r"|j\.nr|j\. nr|sagsid|ref|reference"
            r"|case|file|aktenzeichen|az|fallnummer|vorgang|sprawa|sprawy|sprawę|sygnatura|sygn"
            r"|akt|dosya|dosyam|dava|vaka|esas"
            r"|справа|справи|справу|справі|قضية|القضية|قضيتي|الملف|ملف|المعاملة"
        ),
        MARKED,
        "case_number",
    ),
    (
        (
            r"nummerplade|nummerpladen|plade|reg\.?nr|indregistreret|license plate|plate|plaka"
            r"|plakalı|rejestracyjny|номерний знак|لوحة"
        ),
        r"[^\W\d_]{2,3}[ \-]?\d{2}[ .\-]?\d{2,3}",
        "plate",
    ),
)
CONTEXTS = tuple(
    (re.compile(rf"(?<![^\W_])(?:{words})\b[.:]?{LINK}(?P<number>{number})", re.IGNORECASE), kind)
    for words, number, kind in CONTEXT
)
CASE = re.compile(
    r"(?<![\d.,\w\-/])(?:19|20)?\d{2} ?[\-/] ?\d{4,9}"
    r"(?:[\-/]\d{1,6})?(?![\d\w])"
    r"|(?<![\d.,\w\-/])(?!(?:19|20)\d\d[\-/]\d\d(?!\d))\d{4,7}[\-/](?:19|20)?\d{2}(?![\d\w\-/])"
    r"|(?<![\w])\d{2}\.\d{2}\.\d{2}-[A-ZÆØÅ]\d{2}-\d{1,6}-\d{2}(?!\w)"
    r"|(?<![\w\-/.])[^\W\d_]{1,6}[\-/]?(?:19|20)?\d{2}[\-/]\d{3,8}(?:[\-/]\d{1,6})?(?!\w)"
    r"|(?<![\w\-/.])(?:19|20)\d{2}[\-/]\d{1,4}[\-/]\d{3,8}(?!\w)"
    r"|(?<![\w\-/.])(?:19|20)\d{2} ?[\-/ ] ?\d{2,3} ?\d{3}(?![\w])"
)


def cprs(text: str) -> Iterator[Hidden]:
    for match in CPR.finditer(text):
        day, month = (int("".join(filter(str.isdigit, match.group(part)))) for part in (1, 2))
        if any(day in days for days in DAYS) and 1 <= month <= 12:  # noqa: PLR2004 months
            yield Hidden(match.start(), match.end(), "cpr")


def phones(text: str) -> Iterator[Hidden]:
    for match in EIGHT.finditer(text):
        if not YEARS.fullmatch(match.group()) and not _money(text, match):
            yield Hidden(match.start(), match.end(), "phone")
    for match in ABROAD.finditer(text):
        if sum(map(str.isdigit, match.group())) > 6:  # noqa: PLR2004 fewer is no number abroad
            yield Hidden(match.start(), match.end(), "phone")


def accounts(text: str) -> Iterator[Hidden]:
    for pattern in (IBAN, ACCOUNT, CARD):
        for match in pattern.finditer(text):
            if not _money(text, match):
                yield Hidden(match.start(), match.end(), "account")


def plates(text: str) -> Iterator[Hidden]:
    for match in PLATE.finditer(text):
        yield Hidden(match.start(), match.end(), "plate")


def case_numbers(text: str) -> Iterator[Hidden]:
    for match in CASE.finditer(text):
        if not YEARS.fullmatch(match.group()) and not _money(text, match):
            yield Hidden(match.start(), match.end(), "case_number")
    for match in LONG.finditer(text):
        if not _money(text, match):
            yield Hidden(match.start(), match.end(), "case_number")


def named_numbers(text: str) -> Iterator[Hidden]:
    """Numbers that the words before them tell the meaning of."""
    for pattern, kind in CONTEXTS:
        for match in pattern.finditer(text):
            start, end = match.span("number")
            number = match.group("number")
            enough = sum(map(str.isdigit, number)) > SHORT and not YEAR.fullmatch(number)
            if enough and not MONEY_AFTER.match(text, end):
                yield Hidden(start, end, kind)


SHORT = 3  # digits that are no number of anything
YEAR = re.compile(r"(?:19|20)\d\d(?:[/\-](?:19|20)?\d\d)?")


def _money(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 12) : match.start()]
    return bool(MONEY_AFTER.match(text, match.end()) or MONEY_BEFORE.search(before))
