"""What only shows when pages are compared: their titles, and the order and names of their ways."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.access.proof.words import Shape
from tests.access.words import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from playwright.sync_api import Page

    from tests.access.proof.words import Look, Seen

# The language links of a page lead to the page itself, and so differ from page to page.
SHAPE = """() => {
  const path = link => new URL(link.href, location).pathname;
  const shown = it => it.checkVisibility();
  const links = where => [...document.querySelectorAll(where)].filter(shown)
    .filter(link => !link.search.includes("visning="));
  const name = link => (link.getAttribute("aria-label") || link.innerText).replace(/\\s+/g, " ");
  return {
    title: document.title.trim(), lang: document.documentElement.lang,
    ways: links("header a[href]").map(link => [path(link), name(link).trim()]),
    help: links("footer a[href]").map(path),
    media: document.querySelectorAll(
      "audio, video, object, embed, marquee, blink, canvas, bgsound").length,
  };
}"""
NOTHING_TO_HEAR = ("1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5", "1.4.2", "2.3.1")


def shape_of(page: Page) -> Shape:
    """What this page is compared by."""
    told = page.evaluate(SHAPE)
    ways = tuple((str(path), str(name)) for path, name in told.pop("ways"))
    return Shape(**told | {"ways": ways, "help": tuple(told["help"])})


def compared(seen: Sequence[Seen]) -> list[Seen]:
    """The same looks, with what is found by comparing them."""
    told: dict[Look, list[Finding]] = defaultdict(list)
    for look, finding in (*_media(seen), *_orders(seen), *_names(seen), *_titles(seen)):
        told[look].append(finding)
    return [replace(one, findings=(*one.findings, *told[one.look])) for one in seen]


Told = tuple["Look", Finding]


def _finding(criterion: str, rule: str, selector: str, evidence: str, *, sure: bool) -> Finding:
    return Finding(criterion, "across", rule, selector, evidence, sure)


def _media(seen: Iterable[Seen]) -> Iterator[Told]:
    for one in seen:
        if one.shape.media:
            for number in NOTHING_TO_HEAR:
                yield one.look, _finding(number, "media", "audio, video, …",
                                         f"{one.shape.media} of them: who judges this now?",
                                         sure=False)  # fmt: skip


def _orders(seen: Iterable[Seen]) -> Iterator[Told]:
    """3.2.3, 3.2.6: what two pages of an audience share stands in the same order on both."""
    first: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for one in seen:
        ways, help_ = [path for path, _ in one.shape.ways], list(one.shape.help)
        known = first.setdefault((one.look.audience, one.look.view), (ways, help_))
        for criterion, rule, before, now in (
            ("3.2.3", "order-of-ways", known[0], ways),
            ("3.2.6", "order-of-help", known[1], help_),
        ):
            if not _same_order(before, now):
                yield one.look, _finding(criterion, rule, "header, footer",
                                         f"{now} after {before}", sure=True)  # fmt: skip


def _same_order(before: list[str], now: list[str]) -> bool:
    shared = set(before) & set(now)
    mine, theirs = ([path for path in paths if path in shared] for paths in (now, before))
    return list(dict.fromkeys(mine)) == list(dict.fromkeys(theirs))


def _names(seen: Iterable[Seen]) -> Iterator[Told]:
    """3.2.4: a way in the head has one name, whichever page it stands on."""
    names: dict[tuple[str, str, str], str] = {}
    for one in seen:
        for path, name in one.shape.ways:
            key = (one.look.view, one.look.audience, path)
            known = names.setdefault(key, name)
            if known != name and path != "/":
                yield one.look, _finding("3.2.4", "names-of-ways", f"header a[href='{path}']",
                                         f"«{name}», elsewhere «{known}»", sure=False)  # fmt: skip


def _titles(seen: Iterable[Seen]) -> Iterator[Told]:
    """2.4.2: two pages that are not states of one share no title."""
    pages: dict[tuple[str, str], str] = {}
    for one in seen:
        page = pages.setdefault((one.look.view, one.shape.title), one.look.page)
        if page != one.look.page:
            yield one.look, _finding("2.4.2", "shared-title", "title",
                                     f"«{one.shape.title}» is also {page}", sure=False)  # fmt: skip
