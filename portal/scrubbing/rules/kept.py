"""What tempts a filter and identifies nobody: law, practice, authorities, illnesses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NUMBER = r"[\d]{1,4}(?: ?[a-z](?![^\W_]))?"
LAW = re.compile(
    rf"§{{1,2}} ?{NUMBER}(?:(?:,| og| eller| i|-| jf\.| and| und| i| та)? ?(?:§{{1,2}} ?"
    rf"|stk\.? ?|nr\.? ?|pkt\.? ?|litra )?{NUMBER}){{0,8}}"
    r"|(?<![^\W_])(?:stk|pkt|kap|kapitel|litra|art|artikel|artykuł|ust|afsnit|bilag|side|s"
    r"|punkt)\.? ?\d{1,3}(?: ?[a-z](?![^\W_]))?"
    r"|(?<![^\W_])(?:princip(?:meddelelse|afgørelse|sag)\w{0,4}|PM|P\.?M\.?|principle decision"
    r"|zasadn\w{1,10}|ilke kararı)[ :]{1,2}(?:nr\.? |no\.? )?"
    r"(?:[A-ZÆØÅ]{1,3}-)?\d{1,4}-\d{2,4}(?:(?:,| og|;| i| and| ve) "
    r"(?:[A-ZÆØÅ]{1,3}-)?\d{1,4}-\d{2}){0,6}"
    r"|(?<![\w\-/])[A-ZÆØÅ]{1,2}-\d{1,2}-\d{2}(?![\w\-])|(?<![\w\-/.])\d{1,3}-\d{2}(?![\w\-/])"
    r"|(?<![^\W_])(?:lov(?:bekendtgørelse)?|bekendtgørelse|vejledning|cirkulære|lbk|bek|vej"
    r"|cir|ken|forordning|direktiv|regulation|act)"
    r"(?: ?\(?(?:EU|EF|EØF)\)?)?(?:\.|,)?(?: nr\.?| no\.?)? \d{1,5}(?:/\d{1,4})?(?: (?:af|of"
    r"|fra|vom) (?:den )?\d{1,2}\.? ?[/\w]{1,10}\.?[ /]{0,2}(?:\d{4})?)?"
    r"|(?<![^\W_])(?:UfR|U|FOB|FED|TfS)[ .]?\d{4}[.\-/ ]\d{1,4}(?:[./ ]?[HVØ])?",
    re.IGNORECASE,
)
ILLNESS = re.compile(
    r"(?<![^\W_])(?P<name>[^\W\d_]{3,20}(?:-[^\W\d_]{3,20})?)(?:s|'s|')? "
    r"(?:syndrom|syndromet|sygdom|sygdommen|syge|muskelsvind|muskeldystrofi|dystrofi|demens"
    r"|kontraktur|thyreoiditis|lymfom|ataksi|"
    r"syndrome|disease|dystrophy|palsy|lymphoma|krankheit|sendromu|hastalığı|distrofisi)(?![^\W_])",
    re.IGNORECASE,
)
ILLNESS_AFTER = re.compile(
    r"(?<![^\W_])(?:chorob\w{1,3}|zespó?[łl]\w{0,3}|morbus|синдром\w{0,3}|хвороб\w{1,3}"
    r"|متلازمة|مرض|داء) (?P<name>[^\W\d_]{3,20}(?:-[^\W\d_]{3,20})?)",
    re.IGNORECASE,
)
PHRASES = re.compile(
    r"(?<![^\W_])(?:arbejdsmarkedets erhvervssikrings?|folketingets ombudsmands?|udbetaling "
    r"danmarks?|digital post|e-boks|eboks|mitid|nemid|"
    r"dansk(?:e)? (?:handicapforbund|handicaporganisationer|blindesamfund|regioner"
    r"|socialrådgiverforening|psykologforening)|ældre ?sagen|"
    r"(?:østre|vestre) landsrets?|region (?:midtjylland|nordjylland|syddanmark|sjælland"
    r"|hovedstaden)s?|styrelsen for [^\W\d_]{1,30}(?: og [^\W\d_]{1,30})?|"
    r"ankestyrelsens?|den uvildige konsulentordning(?: på handicapområdet)?|european court"
    r"|national board|udlændingestyrelsens?|gule ærter|red barnet|røde kors|"
    r"mødrehjælpens?|børns vilkårs?|ældre sagen|borger\.dk|retsinformation)(?![^\W_])",
    re.IGNORECASE,
)


def kept_numbers(text: str) -> list[tuple[int, int]]:
    """Places of citations: no number in them is anybody's."""
    return [match.span() for match in LAW.finditer(text)]


def kept_names(text: str) -> Iterator[tuple[int, int]]:
    """Places of names that are not people's: authorities and illnesses."""
    for match in PHRASES.finditer(text):
        yield match.span()
    for pattern in (ILLNESS, ILLNESS_AFTER):
        for match in pattern.finditer(text):
            yield match.span("name")
