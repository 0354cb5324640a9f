"""The corpus: pages with one fault each, and pages without, made from `corpus/*.toml`."""

from __future__ import annotations

import base64
import struct
import tomllib
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

CORPUS = Path(__file__).with_name("corpus")
CLEAN = "clean"

# The page around what is planted: without a fault of its own.
FRAME = """<!doctype html>
<html lang="{lang}" dir="{dir}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="{viewport}">
<style>
body {{ font: 1.125rem/1.5 sans-serif; color: #1a1a1a; background: #fff; margin: 1rem }}
p, li, dd {{ max-width: 38em }}
a {{ color: #14508c }}
:focus-visible {{ outline: 3px solid #14508c; outline-offset: 2px }}
input:not([type=radio], [type=checkbox]), select {{ border: 1px solid #555; min-height: 32px }}
button, .button {{ min-height: 32px; min-width: 32px; border: 1px solid #555 }}
nav ul {{ list-style: none; padding: 0 }} nav li, footer a {{ padding-block: 6px }}
.skip {{ position: absolute; inset-block-start: -100px }}
.skip:focus {{ position: static }}
fieldset {{ max-width: 38em; min-width: 0 }}
</style>
{head}
</head>
<body>
{skip}
<header><p>{board}</p>{header}</header>
{before}
<main id="main" tabindex="-1">
{heading}
{body}
</main>
<footer><p>{foot}</p></footer>
</body>
</html>
"""
DEFAULTS = {
    "lang": "en",
    "dir": "ltr",
    "title": "How to complain – the Board of Appeal",
    "viewport": "width=device-width, initial-scale=1",
    "head": "",
    "skip": '<a class="skip" href="#main">Skip to the content</a>',
    "board": "The Board of Appeal",
    "header": '<nav aria-label="Main"><ul><li><a href="/a">About complaints</a></li></ul></nav>',
    "before": "",
    "body": "",
    "foot": "Telephone 33 41 12 00",
}
IN_DANISH = {
    "skip": '<a class="skip" href="#main">Gå til indholdet</a>',
    "board": "Klagenævnet",
    "header": '<nav aria-label="Hovedmenu"><ul><li><a href="/a">Om klager</a></li></ul></nav>',
    "foot": "Telefon 33 41 12 00",
}


@dataclass(frozen=True, slots=True)
class Planted:
    """One page of the corpus."""

    name: str
    topic: str
    criterion: str  # what the fault breaks; nothing on a clean page
    also: tuple[str, ...]  # what may be said of the same fault with as good a reason
    html: str
    lang: str

    @property
    def criteria(self) -> frozenset[str]:
        return frozenset({self.criterion, *self.also})


def pages(topic: str | None = None) -> list[Planted]:
    """The faulty pages, of all topics or of one; «clean» gives the clean ones."""
    files = sorted(CORPUS.glob("*.toml"))
    wanted = [file for file in files
              if (file.stem == topic if topic else file.stem != CLEAN)]  # fmt: skip
    return [
        _page(entry, file.stem)
        for file in wanted
        for entry in tomllib.loads(file.read_text())["page"]
    ]


def _page(entry: dict[str, str], topic: str) -> Planted:
    danish = entry.get("lang") == "da" and "title" in entry
    filled = {**DEFAULTS, **(IN_DANISH if danish else {}), **entry}
    titled = DEFAULTS["title"] if entry.get("criterion") == "2.4.2" else filled["title"]
    filled.setdefault("heading", f"<h1>{titled.partition(' – ')[0]}</h1>")
    html = entry.get("whole") or FRAME.format(**filled)
    if not filled["lang"]:
        html = html.replace('<html lang=""', "<html")
    if not filled["title"]:
        html = html.replace("<title></title>\n", "")
    for name, picture in PICTURES.items():
        html = html.replace(f"{{{name}}}", picture())
    also = tuple(entry.get("also", ()))
    criterion = entry.get("criterion", "")
    return Planted(entry["name"], topic, criterion, also, html, filled["lang"])


@cache
def _picture(width: int, height: int, ink: Callable[[int, int], bytes]) -> str:
    """A small picture as an address."""
    rows = b"".join(b"\0" + b"".join(ink(x, y) for x in range(width)) for y in range(height))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    ]
    chunks = [struct.pack(">I", len(data)) + kind + data
              + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts]  # fmt: skip
    whole = b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
    return "data:image/png;base64," + base64.b64encode(whole).decode()


def _photo(x: int, y: int) -> bytes:
    return bytes((90 + y, 120 + x, 200 - y))


def _columns(x: int, y: int) -> bytes:
    return b"\x10\x30\x60" if x // 12 % 2 and y > 60 - x // 2 else b"\xff\xff\xff"


def _dots(x: int, y: int) -> bytes:
    return b"\x60\x20\x20" if (x // 4 + y // 4) % 2 else b"\xff\xff\xff"


PICTURES: dict[str, Callable[[], str]] = {
    "photo": lambda: _picture(120, 80, _photo),
    "chart": lambda: _picture(120, 80, _columns),
    "dots": lambda: _picture(24, 24, _dots),
}
