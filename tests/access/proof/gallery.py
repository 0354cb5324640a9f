"""Which pages, states and views there are to look at: all that the gallery lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin, urlsplit
from zlib import crc32

import msgspec
import requests

from portal.i18n import DEFAULT, VIEWS
from tests.access.proof.words import WIDTHS, Look, Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

INDEX = "/tilgaengelighed/galleri/index.json"


class Listed(msgspec.Struct, frozen=True):
    """A line of the index."""

    key: str
    page: str
    state: str
    title: str
    address: str
    views: tuple[str, ...]
    audience: str


@dataclass(frozen=True)
class Wanted:
    """Which part of it: everything, unless something is named."""

    pages: str = ""  # a pattern
    views: tuple[str, ...] = ()
    widths: tuple[int, ...] = WIDTHS
    shard: tuple[int, int] = (1, 1)  # the first of one

    @property
    def everything(self) -> bool:
        return self == Wanted()


def index(address: str) -> list[Listed]:
    """What the gallery at this address lists."""
    answer = requests.get(urljoin(address, INDEX), timeout=60)
    answer.raise_for_status()
    return msgspec.json.decode(answer.content, type=list[Listed])


def looks(address: str, listed: Sequence[Listed], wanted: Wanted) -> list[Look]:
    """Every look, in an order that has seen a bit of everything early."""
    found = list(_looks(address, listed))
    mine = [
        look
        for look in found
        if re.search(wanted.pages, look.key)
        and (not wanted.views or look.view in wanted.views)
        and look.width in wanted.widths
    ]
    number, of = wanted.shard
    return mine[number - 1 :: of]


def _looks(address: str, listed: Iterable[Listed]) -> Iterator[Look]:
    """View by view: those of a right-to-left script first, as most is learned from them."""
    order = sorted(VIEWS.values(), key=lambda view: (view.dir != "rtl", view.key))
    for view in order:
        for one in listed:
            if view.key in one.views:
                for width in WIDTHS:
                    where = _in_view(urljoin(address, one.address), view.key)
                    yield Look(one.key, view.key, width, where,
                               one.page, one.state, one.title, one.audience)  # fmt: skip


def tasks(found: Sequence[Look], *, quick: bool) -> list[Task]:
    """In which order, and how long: what has to be done first, then what time is left for.

    The Danish and the right-to-left view are looked at whole on every page, and of the other views
    one by turns; in the rest nothing is changed at first. What comes last looks at those whole
    as well, as far as time goes: a later run goes on there, as what was seen is kept.
    """
    if quick:
        return [Task(look, whole=False) for look in found]
    must = {look for look in found if _first(look)}
    rest = [look for look in found if look not in must]
    return [
        *(Task(look, look in must) for look in found),
        *(Task(look, whole=True) for look in rest),
    ]


def _first(look: Look) -> bool:
    view = VIEWS[look.view]
    if view == DEFAULT or view.dir == "rtl":
        return True
    others = [one.key for one in VIEWS.values() if one != DEFAULT and one.dir != "rtl"]
    return others[crc32(look.key.encode()) % len(others)] == view.key


def _in_view(address: str, view: str) -> str:
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode({'visning': view})}"
