"""Every page that there is to look at, and who looks."""

from __future__ import annotations

from typing import NamedTuple

from portal.cli.demo.people import toml
from tests.cast import citizens, employees, stories


class Look(NamedTuple):
    """A page as somebody sees it. `path` may name a case: {26-10101}."""

    who: str | None  # a short name, or nobody
    path: str
    status: int = 200
    staff: bool = False


def texts() -> list[str]:
    """The keys of three texts: one that is released, one in another script, one with markup."""
    told = toml("texts.toml")
    return [
        next(key for key, one in told.items() if wanted in one["text"])
        for wanted in ("otte sider", "بالعربية", "<b>")
    ]


PUBLIC = [
    Look(None, "/"),
    Look(None, "/ord"),
    Look(None, "/skoen"),
    Look(None, "/i-sagde-vi-gjorde"),
    Look(None, "/tal"),
    Look(None, "/tal/2019", 404),
    Look(None, "/deltagelse/noegler"),
    Look(None, "/tilgaengelighed"),
    Look(None, "/cookies"),
    Look(None, "/laesning"),
    Look(None, "/log-ind"),
    Look(None, "/log-ind?next=/sager"),
    Look(None, "/medarbejder/log-ind"),
    Look(None, "/logget-ud"),
    Look(None, "/logget-ud?fordi=tid"),
    Look(None, "/log-ind?bevaret=ja"),
    Look(None, "/log-ind?igen=niveau&next=/sager"),
    Look(None, "/medarbejder/log-ind?igen=frisk"),
    Look(None, "/log-ind/retur?state=x", 400),
    Look(None, "/findes-ikke", 404),
    Look(None, "/log-ud", 405),
]
SIGNED_IN = [
    Look("amalie", "/"),
    Look("amalie", "/sager/00000000-0000-4000-8000-000000000000", 404),
    Look("amalie", "/medarbejder", 403),
    Look("yusuf", "/sager/{26-10301}/udskrift"),
    Look("sigrid", "/sager/{26-10708}/udskrift"),
    Look("thi", "/sager/{26-10303}/udskrift"),
    Look("aputsiaq", "/sager/{26-10803}/indsigt"),
    Look("jens", "/sager/{26-10404}/indsigt"),
    Look("leyla", "/sager/indsigt"),
    Look("leyla", "/sager/{26-10906}/haendelser"),
    Look("thi", "/sager/{26-10303}"),
    Look("thi", "/sager/{26-11202}"),
    Look("camilla", "/sager/{26-11301}"),
    Look("helle", "/sager/{26-11401}"),
    Look("jens", "/sager/{26-10404}"),
    Look("tekst", "/medarbejder", staff=True),
    Look("tekst", "/medarbejder/koder", staff=True),
    Look("kvalitet", "/medarbejder", staff=True),
    Look("kvalitet", "/medarbejder/koder", 403, staff=True),
    Look("kvalitet", "/medarbejder/skoen", staff=True),
    Look("kvalitet", "/medarbejder/svar", staff=True),
    Look("kvalitet", "/medarbejder/frigivelse", 403, staff=True),
    Look("kvalitet", "/medarbejder/tal", staff=True),
    Look("kvalitet", "/medarbejder/tal/ordbog", staff=True),
    Look("kvalitet", "/medarbejder/tal/2019-1", 404, staff=True),
    Look("temaejer", "/medarbejder/rapporter", staff=True),
    Look("frigiver", "/medarbejder/tal", 403, staff=True),
    Look("frigiver", "/medarbejder", staff=True),
    Look("frigiver", "/medarbejder/frigivelse", staff=True),
    Look("frigiver", "/medarbejder/frigivelse/frigivne", staff=True),
    *(Look("frigiver", f"/medarbejder/frigivelse/{key}", staff=True) for key in texts()),
    Look("frigiver", f"/medarbejder/frigivelse/{'0' * 32}", 404, staff=True),
    Look("inviterer", "/medarbejder/deltagere", staff=True),
    Look("databeskytter", "/medarbejder/adgangslog", staff=True),
    Look("koder", "/medarbejder/kodning", staff=True),
    Look("temaejer", "/medarbejder/kodebog", staff=True),
    Look("temaejer", "/medarbejder/kodebog/nyt", staff=True),
    Look("temaejer", "/medarbejder/kodebog/forslag", staff=True),
    Look("temaejer", "/medarbejder/kodebog/enighed", staff=True),
    Look("kvalitet", "/medarbejder/temaer", staff=True),
    Look("kvalitet", "/medarbejder/temaer/soeg", staff=True),
    Look("kvalitet", "/medarbejder/aendringer", staff=True),
    Look("kvalitet", "/medarbejder/ideer", staff=True),
    Look("temaejer", "/medarbejder/aendringer/ny", staff=True),
    Look("temaejer", "/medarbejder/ideer/ny", staff=True),
    Look("amalie", "/mine-sessioner"),
    Look("tekst", "/medarbejder/mine-sessioner", staff=True),
    Look("amalie", "/deltag"),
    Look("fatima", "/dine-oplysninger"),
    Look("camilla", "/dine-oplysninger"),  # who acts for another
    Look("amalie", "/dine-oplysninger/ret"),
    Look("noor", "/dine-oplysninger/slet"),  # who has no case
    Look("amalie", "/dine-oplysninger/profilering"),
    Look("amalie", "/dine-oplysninger/anmodninger/00000000-0000-4000-8000-000000000000", 404),
    Look("databeskytter", "/medarbejder/anmodninger", staff=True),
    Look("sigrid", "/deltag"),  # who has volunteered
]
LISTS = [Look(key, "/sager") for key in citizens()]
# One page for each case of the cast; of the lawyer's forty the first of each story.
CASES = [
    Look(story.complainant, f"/sager/{{{story.subject}}}")
    for story in stories()
    if story.subject != "26-11601"  # withheld
    and (not story.complainant.startswith("klient") or story.subject.endswith("00"))
]
WHOLE = [*PUBLIC, *SIGNED_IN]


def name_of(key: str) -> str:
    """How the simulator calls somebody."""
    known = citizens()
    return known[key].name if key in known else employees()[key].name


def sampled() -> list[tuple[Look, str, int]]:
    """Which page is looked at in which view and width.

    Public and special pages: all six. Lists and cases: each in every view, and in both widths, but
    not in every pair of them: which view is the odd one out in width goes by turns.
    """
    views, widths = ("da", "da-simple", "en"), (1280, 320)
    whole = [(look, view, width) for look in WHOLE for view in views for width in widths]
    turn = [
        (look, view, widths[(number + place) % 3 == 0])
        for number, look in enumerate([*LISTS, *CASES])
        for place, view in enumerate(views)
    ]
    return whole + turn
