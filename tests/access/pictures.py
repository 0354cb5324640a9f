"""Pictures that move: told by the bytes of their files."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes, urlsplit
from urllib.request import url2pathname

from playwright.sync_api import Error

from tests.access.words import Finding

if TYPE_CHECKING:
    from playwright.sync_api import Page

# The kinds that can move, by what their addresses end or begin with.
SHOWN = """() => {
  const kinds = /^data:image.(gif|webp|apng|png)|[.](gif|webp|apng)([?#]|$)/i;
  return [...document.querySelectorAll("img, input[type=image]")]
    .filter(it => it.checkVisibility() && kinds.test(it.src))
    .map(it => [it.id ? "#" + it.id : it.localName, it.src]); }"""
FRAME = b"\x21\xf9\x04"  # before each frame of a GIF


def moving(page: Page) -> list[Finding]:
    """Pictures of several frames on the page."""
    return [
        Finding("2.2.2", "probe", "picture-that-moves", path, address[:80], certain=True)
        for path, address in page.evaluate(SHOWN)
        if _moves(_bytes(page, address))
    ]


def _moves(held: bytes) -> bool:
    """Several frames, in one of the three kinds."""
    return held.count(FRAME) > 1 or held.count(b"ANMF") > 1 or b"acTL" in held[:200]


def _bytes(page: Page, address: str) -> bytes:
    if address.startswith("data:"):
        head, _, data = address.partition(",")
        return base64.b64decode(data) if head.endswith(";base64") else unquote_to_bytes(data)
    parts = urlsplit(address)
    try:
        if parts.scheme == "file":
            with open(url2pathname(parts.path), "rb") as file:  # noqa: PTH123 - a path of the page's
                return file.read()
        return page.request.get(address).body()
    except (OSError, Error):
        return b""  # a picture that is not there does not move
