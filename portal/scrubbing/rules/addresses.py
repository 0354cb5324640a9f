"""Streets with a number, floors, doors, and postcodes with their towns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portal.scrubbing.words import Hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.scrubbing.words import Words

CAPITAL = "A-ZÆØÅÄÖÜÉÓŁŚŻŹĆÇŞİА-ЯІЇЄҐ"
SUFFIX = (
    "vej|vejen|gade|gaden|stræde|strædet|allé|alle|alléen|alleen|plads|pladsen|torv|torvet"
    "|vænge|vænget|have|haven|"
    "parken|park|bakke|bakken|toft|toften|tofte|gyde|gyden|sti|stien|boulevard|boulevarden|eng"
    "|engen|mark|marken|"
    "lund|lunden|skov|skoven|dal|dalen|høj|højen|hegn|hegnet|ager|ageren|krog|krogen|kær|kæret"
    "|vang|vangen|kvarter|"
    "kvarteret|kant|kanten|sving|svinget|brink|brinken|skrænt|skrænten|kaj|kajen|brygge"
    "|bryggen|stranden|strandvej|"
    "passage|passagen|gård|gården|gaard|husene|huse|leddet|ledet|løkke|løkken|mose|mosen|ås"
    "|åsen|bo|bro|broen|kilde|"
    "kilden|bæk|bækken|led|hoved|ringen|buen|vejs|tværvej|center|centret|lyng|lyngen|klit"
    "|klitten|banke|banken|sø|søen|"
    "å|åen|vænget|vænger|bjerg|bjerget|holm|holmen|port|porten|trappe|slippe|slippen|plantage"
    "|hede|heden|eje|hytten"
)
HOUSE = (
    r" ?(?:nr\.? ?)?\d{1,3}(?: ?[A-Za-zÆØÅæøå](?![^\W_]))?(?: ?- ?\d{1,3}(?!\d)| ?/ "
    r"?\d{1,4}(?!\d))?(?![\d])"
)
FLOOR = (
    r"(?:,? ?(?i:st|stuen|kl|kld|kælderen|\d{1,2})(?:\.|\b)(?:,? ?(?i:sal|etage|floor|piętro"
    r"|kat)\b\.?)?)?"
    r"(?:[., ]{0,3}(?:(?i:th|tv|mf|til højre|til venstre|midtfor)(?![^\W_])\.?|(?i:dør|lejl"
    r"|lejlighed|værelse|vær|lok|apt|m|кв|daire|no|d)\b[.:]? ?\d{1,4}|\d{1,2}(?![\d.])))?"
)
TOWN = (
    rf"(?:[{CAPITAL}][\w.'\-]{{0,30}}(?: (?:[{CAPITAL}]{{1,2}}(?![\w])"
    rf"|[{CAPITAL}][\w\-]{{1,25}}(?! (?:er|har|var|skal))|[a-zæøå](?![\w]))){{0,2}}"
    rf"|[^\W\d_]{{2,30}}(?: [a-zæøå](?![\w]))?)"
)
POST = (
    rf"(?:,? ?(?:[{CAPITAL}][\w.]{{0,25}} ?){{1,3}},)?(?:[,\n ]{{1,3}}(?:DK-? ?)?\d{{4}},? "
    rf"{TOWN})?"
)
STREET = re.compile(
    rf"(?<![^\W_])(?P<lead>(?:[{CAPITAL}][\w.'\-]{{0,30}} "
    rf"){{0,3}})(?P<stem>[^\W\d_][\w'\-]{{0,30}}?)"
    rf"(?P<suffix>(?i:{SUFFIX}))(?P<house>{HOUSE}){FLOOR}{POST}"
)
ALONE = re.compile(  # Store Kongensgade has its suffix inside; "Nørre Allé 5" has it as a word
    rf"(?<![^\W_])(?:[{CAPITAL}][\w.'\-]{{0,30}} ){{1,3}}(?i:vej|gade|stræde|allé|alle|plads"
    rf"|torv|vænge|have|park|boulevard|"
    rf"bakke|strand|kaj|brygge|sti|å|havn|mark|gård|street|road|avenue|lane"
    rf"|close){HOUSE}{FLOOR}{POST}"
)
ANY = re.compile(  # a name, a number, a postcode: whatever the street is called
    rf"(?<![^\W_])[{CAPITAL}][\w.'\-]{{1,30}}(?: [{CAPITAL}][\w.'\-]{{1,30}}){{0,3}} \d{{1,3}} "
    rf"?[A-Za-z]?"
    rf"{FLOOR}[,\n ]{{1,3}}(?:DK-? ?)?\d{{4}},? {TOWN}"
)
DOOR = re.compile(  # a house number that only its floor and door give away
    rf"(?<![^\W_])[{CAPITAL}][\w.'\-]{{1,30}} \d{{1,3}} ?[A-Za-z]?,? ?(?i:st|stuen|kl"
    rf"|\d{{1,2}})\.?(?: ?(?i:sal))?,? ?(?i:th|tv|mf)(?![^\W_])\.?{POST}"
)
ABROAD = re.compile(
    rf"(?<![^\W_])(?i:ul|ulica|ulicy|al|os|вул|вулиця|вулиці|просп|пров|بشارع|شارع|street"
    rf"|str)\.? "
    rf"(?:[{CAPITAL}\u0621-\u064a][\w.'\-]{{0,30}} ?){{1,4}},? ?(?:буд\.? ?|رقم ?"
    rf"|No:? ?|m\. "
    rf"?)?\d{{1,4}}"
    rf"(?: ?/ ?\d{{1,4}}| ?(?:m\.|кв\.?) ?\d{{1,4}})?(?:,? кв\.? ?\d{{1,4}})?(?:,? "
    rf"\d{{2}}-\d{{3}} {TOWN})?"
    rf"|(?<![^\W_])[{CAPITAL}][\w\-]{{1,30}}(?:straße|strasse|str\.|weg|platz|allee|gasse) "
    rf"?\d{{1,4}} ?[a-z]?(?:,? \d{{5}} {TOWN})?"
    rf"|(?<![^\W_])\d{{1,4}} (?:[{CAPITAL}][\w'\-]{{1,30}} ){{1,3}}(?:Street|Road|Avenue|Lane"
    rf"|Drive|Close|St|Rd|Ave)\b\.?"
    rf"|(?<![^\W_])(?:[{CAPITAL}][\w'\-]{{1,30}} ){{1,3}}(?:Mah|Mahallesi|Sok|Sokak|Sokağı|Cad"
    rf"|Caddesi|Bulvarı)\b\.?(?:[,: ]{{1,3}}(?:No:? ?)?\d{{1,4}}(?:/\d{{1,4}})?)?"
)
ZIP = re.compile(rf"(?<![\w.,/\-])(?:DK-? ?)?(?P<code>\d{{4}}),? (?P<town>{TOWN})")
NUMBER = re.compile(
    r"(?<![^\W_])(?:nr|nummer|opgang|husnummer|hus nr)\.? (?P<house>\d{1,3} "
    r"?[A-Z](?![\w])(?:,? ?\d{1,2}\.? ?(?:th|tv|mf)\b\.?)?)"
)
LETTERED = re.compile(r"(?<![\w.,§/\-])\d{1,3} [A-Z](?![\w.\-])")
SHORT = 3
YEARS = re.compile(r"(?:19|20)\d\d")
PLAIN_BEFORE = re.compile(r"[§]|(?:stk|nr|kap|pkt|litra|kr)\.? ?$", re.IGNORECASE)


def addresses(text: str, towns: Words, unsure: Words) -> Iterator[Hidden]:
    streets = [match for match in STREET.finditer(text) if _street(match, unsure)]
    streets += [match for pattern in (ALONE, ANY, DOOR, ABROAD) for match in pattern.finditer(text)]
    for match in streets:
        yield Hidden(match.start(), _end(text, match), "address")
    for match in ZIP.finditer(text):
        if _town(match, towns):
            yield Hidden(match.start(), match.end(), "address")
    for match in NUMBER.finditer(text):
        yield Hidden(match.start("house"), match.end("house"), "address")
    # The other house number of a text about a street.
    for match in LETTERED.finditer(text) if streets else ():
        if not PLAIN_BEFORE.search(text[max(0, match.start() - 6) : match.start()]):
            yield Hidden(match.start(), match.end(), "address")


def _town(match: re.Match[str], towns: Words) -> bool:
    town = match.group("town")
    words = town.lower().split()
    if " ".join(words) in towns or words[0] in towns:
        return True
    return town[0].isupper() and len(words[0]) > SHORT and not YEARS.fullmatch(match.group("code"))


def _street(match: re.Match[str], unsure: Words) -> bool:
    stem, suffix = match.group("stem"), match.group("suffix")
    capital = (match.group("lead") or stem)[0].isupper()
    if capital:
        return len(stem) > 2 or bool(match.group("lead"))  # noqa: PLR2004 "Haven 2" is a garden
    return len(stem) > 2 and suffix.lower() not in unsure  # noqa: PLR2004 as above


def _end(text: str, match: re.Match[str]) -> int:
    end = match.end()
    while end > match.start() and text[end - 1] in " ,\n":
        end -= 1
    return end
