"""Mail addresses, names on networks, and pages of people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portal.scrubbing.words import Hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

BEFORE, AFTER = 64, 120  # characters of an address on each side of its @
AT = re.compile(
    r" {0,2}@ {0,2}"
    r"| {0,2}[(\[{<] ?(?:at|ät|et|snabel-?\s?a|a|@|małpa|malpa|kukac|собака|равлик|آت) "
    r"?[)\]}>] {0,2}"
    r"| (?:snabel-? ?a|snabela|snabel|alfakrøl|krøl-?a|małpa|malpa|kuyruklu a|собака|равлик|آت"
    r"|at) ",
    re.IGNORECASE,
)
DOT = (
    r"(?:\.| ?[(\[] ?(?:dot|punktum|prik|punkt|kropka|nokta|крапка|نقطة|\.) ?[)\]] ?| (?:dot"
    r"|punktum|prik|punkt|kropka|nokta|крапка|نقطة) | ?\. ?)"
)
LOCAL = re.compile(
    r"[^\W]{1,40}(?:(?:[.\-+']| (?:dot|punktum|prik|punkt|kropka|nokta|крапка|bindestreg"
    r"|underscore|understreg) |[(\[](?:dot|punktum|prik)[)\]])[^\W]{1,40}){0,5}$",
    re.IGNORECASE,
)
DOMAIN = re.compile(
    rf"[^\W_]{{1,40}}(?:-[^\W_]{{1,30}}){{0,4}}(?:{DOT}[^\W_]{{1,40}}(?:-[^\W_]{{1,30}}){{0,4}}"
    rf"){{1,5}}",
    re.IGNORECASE,
)
PLAIN_DOMAIN = re.compile(r"[^\W_]{1,40}(?:[.\-][^\W_]{1,40}){0,6}")
SPOKEN_DOT = re.compile(r"dot|punktum|prik|punkt|kropka|nokta|крапка|نقطة", re.IGNORECASE)
MAILERS = re.compile(
    r"(?:g?mail|hotmail|yahoo|live|outlook|icloud|protonmail|example|mail)\b", re.IGNORECASE
)
HANDLE = re.compile(r"(?<![^\W])@[^\W](?:[.\-]?[^\W]){1,40}")
NETWORK = re.compile(
    r"(?<![^\W_])(?:instagram|insta|ig|snapchat|snap|twitter|facebook|fb|tiktok|telegram"
    r"|discord|skype|"
    r"messenger|linkedin|brugernavn|username|user name|kullanıcı adı|انستغرام|سناب|інстаграм"
    r"|телеграм)\b"
    r"[ :=(\-]{0,3}(?:(?:navn|er|profil|hedder|som|name|is|as|under|@|:) ?){0,3}"
    r"(?P<name>[^\W](?:[.\-]?[^\W]){2,40})",
    re.IGNORECASE,
)
PAGE = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]{1,300}"
    r"|(?<![^\W])(?:[\w\-]{1,30}\.){0,2}(?:facebook|instagram|linkedin|twitter|x|tiktok"
    r"|youtube|github)\.com/[^\s<>\"]{1,200}",
    re.IGNORECASE,
)
PUBLIC = re.compile(
    r"(?:https?://)?(?:www\.)?(?:[\w\-]+\.)?(?:ankestyrelsen|borger|virk|retsinformation|ast"
    r"|star|sst|sm|cpr|"
    r"digst|nemlog-in|mitid|e-boks|skat|jobnet|sundhed|atp|aes|ombudsmanden|ft|kl|dukh)\.(?:dk"
    r"|gov\.dk)(?:/.*)?",
    re.IGNORECASE,
)


def emails(text: str) -> Iterator[Hidden]:
    for match in AT.finditer(text):
        start, end = match.span()
        local = LOCAL.search(text[max(0, start - BEFORE) : start])
        if local is None:
            continue
        after = text[end : end + AFTER]
        domain = DOMAIN.match(after)
        sign = match.group().strip().lower()
        if domain is None and sign == "@":
            domain = PLAIN_DOMAIN.match(after) if match.group() == "@" else None
        if domain is None or (sign == "at" and not _spelt(domain.group())):
            continue
        tail = domain.group().rstrip()
        yield Hidden(max(0, start - BEFORE) + local.start(), end + len(tail), "email")


def _spelt(domain: str) -> bool:
    """Whether a bare "at" stood for the sign: in Danish and English it is a word of its own."""
    return bool(SPOKEN_DOT.search(domain) or MAILERS.match(domain))


def handles(text: str) -> Iterator[Hidden]:
    for match in HANDLE.finditer(text):
        yield Hidden(match.start(), match.end(), "handle")
    for match in NETWORK.finditer(text):
        name = match.group("name")
        if re.search(r"[\d_.]", name):
            yield Hidden(match.start("name"), match.end(), "handle")
    for match in PAGE.finditer(text):
        if not PUBLIC.fullmatch(match.group().rstrip(".,;:!?)")):
            yield Hidden(match.start(), match.end(), "handle")
