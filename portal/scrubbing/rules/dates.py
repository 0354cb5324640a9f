"""Days: a day with its month, in the languages of the views. Months and years alone stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portal.scrubbing.words import Hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

# Stems where a language bends its months.
MONTHS = (
    "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|jan"
    "|feb|mar|apr|jun|jul|aug|sept|sep|okt|nov|dec|january|february|march|may|june|july"
    "|october|jänner|märz|mai|dezember|dez|stycz(?:eń|nia|niu)|lut(?:y|ego|ym)|mar(?:zec|ca"
    "|cu)|kwie(?:cień|tnia|tniu)|maja|maju|czerw(?:iec|ca|cu)|lip(?:iec|ca|cu)|sierp(?:ień|nia"
    "|niu)|wrze(?:sień|śnia|śniu)|październik(?:a|u)?|listopad(?:a|zie)?|grud(?:zień|nia|niu)"
    "|ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık|січ(?:ень|ня"
    "|ні)|лют(?:ий|ого|ому)|берез(?:ень|ня|ні)|квіт(?:ень|ня|ні)|трав(?:ень|ня|ні)|черв(?:ень"
    "|ня|ні)|лип(?:ень|ня|ні)|серп(?:ень|ня|ні)|верес(?:ень|ня|ні)|жовт(?:ень|ня|ні)"
    "|листопад(?:а|і)?|груд(?:ень|ня|ні)|января|февраля|марта|апреля|мая|июня|июля|августа"
    "|сентября|октября|ноября|декабря|يناير|فبراير|مارس|أبريل|ابريل|مايو|يونيو|يوليو|أغسطس"
    "|اغسطس|سبتمبر|أكتوبر|اكتوبر|نوفمبر|ديسمبر|كانون الثاني|كانون الأول|شباط|آذار|اذار|نيسان"
    "|أيار|ايار|حزيران|تموز|آب|أيلول|ايلول|تشرين الأول|تشرين الثاني"
)
YEAR = r"(?:[ ,./\-]{1,3}(?:(?:19|20)\d\d|'\d\d|[0-4]\d(?![\d:.]))(?!\d))?"
ORDINALS = (
    "første|anden|tredje|fjerde|femte|sjette|syvende|ottende|niende|tiende|ellevte|tolvte"
    "|trettende|"
    "fjortende|femtende|sekstende|syttende|attende|nittende|tyvende|enogtyvende|toogtyvende"
    "|treogtyvende|"
    "fireogtyvende|femogtyvende|seksogtyvende|syvogtyvende|otteogtyvende|niogtyvende|tredivte"
    "|enogtredivte|"
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|"
    "fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first"
    "|thirtieth"
)
NAMED = re.compile(
    rf"(?<![\d\w.,])[0-3]?\d(?:\.|st|nd|rd|th|'?(?:de|te)|-?(?:го|е))?[ ]{{0,2}}(?:of |den |i "
    rf"|من |-)?(?:{MONTHS})(?![^\W_]){YEAR}"
    rf"|(?<![^\W_])(?:{MONTHS})\.? (?:the )?[0-3]?\d(?:st|nd|rd|th)?(?![\d\w]|[.,:]\d|[ "
    rf"]?(?:måned|month|kr))(?:,? (?:19|20)\d\d)?"
    rf"|(?<![^\W_])(?:{ORDINALS})(?: of| i)? (?:{MONTHS})(?![^\W_]){YEAR}",
    re.IGNORECASE,
)
NUMERIC = re.compile(
    r"(?<![\d\w.,/\-])(?:(?:[0-2]?\d|3[01])(?P<a>[./\- ] ?)(?:0?[1-9]|1[0-2])(?:[./\- ] ?"
    r"|(?P=a))(?:19|20)\d\d"
    r"|(?:[0-2]?\d|3[01])(?P<b>[./\-])(?:0?[1-9]|1[0-2])(?P=b)\d\d"
    r"|(?:[0-2]?\d|3[01])/(?:0?[1-9]|1[0-2])[ \-]{1,2}'?\d\d"
    r"|(?:19|20)\d\d(?P<c>[./\-])(?:0?[1-9]|1[0-2])(?P=c)(?:[0-2]?\d|3[01]))(?![\d]|[.,/\-]\d)"
)
SHORT = re.compile(
    r"(?<![^\W_])(?P<lead>den|d\.?|på|fra|inden|siden|til|the|on|since|dated|dnia|od|do|am|vom"
    r"|bis|tarihinde|від|з|до|يوم|بتاريخ|født|f\.?|"
    r"fødselsdag|born|ur|doğum|нар) ?(?P<day>(?:[0-2]?\d|3[01])[./](?:0?[1-9]"
    r"|1[0-2])\.?)(?![\d/%]|[ ]?(?:kr|pct|procent|tim|md|år|uge|dag))",
    re.IGNORECASE,
)
BORN = re.compile(
    r"(?<![^\W_])(?:født|f\.|fødselsdato|fødselsdag|born|ur\.|doğum tarihi)[ :]{0,2}(?:den "
    r"|d\. ?)?(?P<day>\d{2}[ .\-]?\d{2}[ .\-]?\d{2,4})(?!\d)",
    re.IGNORECASE,
)


def dates(text: str) -> Iterator[Hidden]:
    for pattern in (NAMED, NUMERIC):
        for match in pattern.finditer(text):
            yield Hidden(match.start(), match.end(), "date")
    for match in SHORT.finditer(text):
        if "." not in match.group("day") or match.group("lead").lower() in {
            "den",
            "d",
            "d.",
            "dnia",
            "am",
            "vom",
        }:
            yield Hidden(match.start("day"), match.end("day"), "date")
    for match in BORN.finditer(text):
        yield Hidden(match.start("day"), match.end("day"), "date")
