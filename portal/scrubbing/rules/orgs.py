"""Workplaces, schools and clinics by the words in their names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portal.scrubbing.words import Hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

CAPITAL = "A-ZÆØÅÄÖÜ"
HEAD = (
    r"[^\W\d_]{0,25}(?:skole|skolen|gymnasium|klinik|klinikken|hospital|hospitalet|sygehus"
    r"|sygehuset|børnehave|børnehaven|børnehus|børnehuset"
    r"|vuggestue|vuggestuen|institution|plejehjem|plejehjemmet|plejecenter|plejecentret|bosted"
    r"|bostedet|botilbud|botilbuddet|opholdssted|opholdsstedet"
    r"|familiehus|familiehuset|behandlingssted|værksted|værkstedet|fabrik|fabrikken"
    r"|planteskole|slagteri|bageri|lægehus|lægehuset|lægerne|tandlægerne"
    r"|lægeklinik|rehabiliteringscenter|rehabiliteringscentret|genoptræningscenter|dagtilbud"
    r"|efterskole|højskole|friskole|privatskole|gartneriet|gartneri"
    r"|værft|auto|transport|entreprise|murerfirma|tømrerfirma|rengøring|kollegiet|krisecenter"
    r"|krisecentret|aktivitetscenter|specialskole|fysioterapi|apotek)"
)
NAME = rf"[{CAPITAL}][\w\-'&]{{1,30}}"
FOLLOWED = re.compile(
    rf"(?<![^\W_])(?i:{HEAD}) (?:(?i:for|på|ved) )?{NAME}(?: (?:& |og )?{NAME}){{0,3}}"
)
PRECEDED = re.compile(rf"(?<![^\W_]){NAME}(?: (?:& |og )?{NAME}){{0,3}} (?i:{HEAD})(?![^\W_])")
COMPANY = re.compile(
    rf"(?<![^\W_]){NAME}(?: (?:& |og |of )?{NAME}){{0,4}} (?:ApS|A/S|I/S|IVS|P/S|K/S|Ltd|GmbH"
    rf"|& Søn(?:ner)?|& Co)(?![^\W_])"
)
BROTHERS = re.compile(
    rf"(?<![^\W_])(?:Brdr|Brødrene|Firmaet|Gebr)\.? {NAME}(?: (?:& |og )?{NAME}){{0,3}}"
)
INSTITUTION = re.compile(
    rf"(?<![^\W_]){NAME}(?: (?:of |og |& )?{NAME}){{0,3}} (?:Hospital|Clinic|School|University"
    rf"|Nursery|Kindergarten|College|Hastanesi|Okulu|Kliniği)(?: {NAME}){{0,2}}"
)


def orgs(text: str) -> Iterator[Hidden]:
    for pattern in (FOLLOWED, PRECEDED, COMPANY, BROTHERS, INSTITUTION):
        for match in pattern.finditer(text):
            yield Hidden(match.start(), match.end(), "org")
