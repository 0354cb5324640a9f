"""Names by capitals, lists and neighbours, in each language. All are invented."""

from __future__ import annotations

import pytest

from tests.rooms.scrubbing.texts import covered, hidden, shown

NAMED = (
    ("da", "Min datter Freja har ventet i et år.", "Freja"),
    ("da", "Tak til Abdirahman Warsame for hjælpen.", "Abdirahman Warsame"),
    ("da", "Det var Rune Falk Østergaard, der ringede.", "Rune Falk Østergaard"),
    ("da", "Rikke S. sagde det modsatte.", "Rikke S."),
    ("da", "H. C. Brorholt kom forbi.", "H. C. Brorholt"),
    ("da", "Signe svarede aldrig.", "Signe"),
    ("da", "Kim Skotte svarede aldrig.", "Kim Skotte"),
    ("da", "Hun bor i Vinderup.", "Vinderup"),
    ("da", "jeg talte med majbritt og hun lovede at ringe", "majbritt"),
    ("da", "min sagsbehandler kvistgaard svarede ikke", "kvistgaard"),
    ("da", "min sagsbehandler hr. per lund svarede ikke", "per"),
    ("da", "vi bor i vinderup og venter", "vinderup"),
    ("da", "JEG HAR TALT MED SØREN BRORHOLT TRE GANGE", "SØREN BRORHOLT"),
    ("da", "Jeg så mistroisk på brevet fra wjxqaz wqxrtz.", "wjxqaz wqxrtz"),
    ("en", "The caseworker Mette never answered.", "Mette"),
    ("en", "Mark Kjeldgaard said no.", "Mark Kjeldgaard"),
    ("de", "Die Sachbearbeiterin Frau Kjeldgaard schrieb nie.", "Kjeldgaard"),
    ("pl", "Dziękuję pani Wiśniewskiej za pomoc.", "Wiśniewskiej"),
    ("uk", "Дякую пані Крістіні за допомогу.", "Крістіні"),
    ("tr", "Elif Hanım çok yardımcı oldu.", "Elif"),
    ("tr", "Ismail'in dosyası kayboldu.", "Ismail"),
    ("ar", "السيدة كرستينا لم ترد", "كرستينا"),
    ("ar", "ابني يزن عنده شلل", "يزن"),
    ("ar", "زوجي فادي قنواتي مفقود", "فادي قنواتي"),
    ("ar", "أم سلمى كتبت لكم", "سلمى"),
    ("ar", "شكراً كريم على المساعدة", "كريم"),
    ("ar", "جاء عبد الحليم معي", "عبد الحليم"),
    ("ar", "كتبت د. هالة تقريراً", "هالة"),
    ("ar", "أعمل في مخبز السنابل هنا", "السنابل"),
    ("ar", "نسكن في أودنسه منذ سنوات", "أودنسه"),
)
PLAIN = (
    ("da", "Kommunen har sendt sagen tilbage til Ankestyrelsen. Afgørelsen kom i Digital Post."),
    ("da", "Per telefon er I umulige. De andre tre erklæringer siger det samme."),
    ("da", "Min søn har Duchennes muskelsvind og Prader-Willis syndrom."),
    ("da", "Speciallægeerklæringen fra Danmark siger noget andet. SU-reglerne er svære."),
    ("da", "HAR ALDRIG HØRT OM NOGEN DER HAR FÅET RET HOS JER"),
    ("da", "dejligt nemt brev at forstå og det lå i e-boks dagen efter I ringede"),
    ("en", "The Danish authorities in Denmark never told me. I'm tired of it."),
    ("de", "Die Entscheidung der Behörde war für meine Tochter eine Enttäuschung."),
    ("pl", "Bardzo dziękuję za pomoc. Państwo w Danii pomagają."),
    ("uk", "Чекала вісім місяців. Мій син хворіє."),
    ("tr", "Karar çok geç geldi. Danimarka'da her şey yavaş."),
    ("ar", "كتبنا رداً طويلاً على كل نقطة ولم نجد في القرار جواباً"),
    ("ar", "الدكتور قال إن التقرير قديم"),
)


@pytest.mark.parametrize(("lang", "text", "name"), NAMED)
def test_a_name_is_hidden(lang: str, text: str, name: str) -> None:
    assert covered(text, name, lang)


@pytest.mark.parametrize(("lang", "text"), PLAIN)
def test_plain_words_stay(lang: str, text: str) -> None:
    assert hidden(text, lang) == []


def test_workplaces_are_hidden() -> None:
    for name in (
        "Svendborg Sygehus",
        "Brdr. Vammen Tag",
        "Nordhavns Smede ApS",
        "Bostedet Solgården",
    ):
        assert covered(f"Jeg var ansat hos {name} i ti år.", name)


def test_the_script_decides_before_the_page() -> None:
    assert covered("ابني يزن عنده شلل", "يزن", "da")
    assert covered("Дякую пані Крістіні за допомогу.", "Крістіні", "en")
    assert hidden("Kommunen har sendt sagen tilbage.", "ar") == []
    assert hidden("Kommunen har sendt sagen tilbage.", "da-simple") == []
    assert hidden("Kommunen har sendt sagen tilbage.", "no such view") == []


def test_the_text_without_names() -> None:
    text = "Tak til Freja, som bor på Kornblomstvej 117."
    assert shown(text) == "Tak til ⟦person⟧, som bor på ⟦address⟧."
