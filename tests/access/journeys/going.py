"""Going a way, and writing down how it went."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

import msgspec
from playwright.sync_api import Error

from tests.access.journeys.hands import Hand, Keyboard, Lost, Mouse
from tests.access.journeys.ways import WAYS
from tests.access.journeys.words import Gone
from tests.access.proof.keeping import BUILD, ROOT
from tests.journeys.conftest import opened

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.journeys.conftest import Demo

MORE = 1.3  # times the steps of the mouse: the most that a keyboard may need
PATIENCE = 15_000  # milliseconds
HANDS: dict[str, type[Hand]] = {"mouse": Mouse, "keyboard": Keyboard}
DECIDING = ("portal/**/*.py", "templates/**/*.html", "static/[!d]*/**/*", "translations/**/*",
            "tests/access/journeys/*.py")  # fmt: skip


def gone(
    browser: Browser, demo: Demo, way: str, view: str, by: str, *, scripts: bool,
    kept: list[dict[str, str]], fresh: bool = False,
) -> Gone:  # fmt: skip
    """The way from start to end. Unless `fresh`: what is known, where nothing has changed."""
    file = _file(way, view, by, scripts=scripts)
    if not fresh and (known := _known(file)):
        return known
    context = opened(browser, 1280, view, scripts=scripts, kept=kept)
    context.set_default_timeout(PATIENCE)
    hand = HANDS[by](context.new_page())
    fault = ""
    try:
        WAYS[way](hand, demo)
    except (Lost, Error) as error:
        fault = f"{hand.page.url}: {error}"[:600]
    finally:
        context.close()
    told = Gone(way, view, scripts, by, hand.steps, hand.presses, fault, _edition())
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(msgspec.json.encode(told))
    return told


def _file(way: str, view: str, by: str, *, scripts: bool) -> Path:
    return BUILD / "journeys" / f"{way}-{view}-{'with' if scripts else 'without'}-{by}.json"


def _known(file: Path) -> Gone | None:
    if not file.exists():
        return None
    told = msgspec.json.decode(file.read_bytes(), type=Gone)
    return told if told.edition == _edition() and not told.fault else None


@cache
def _edition() -> str:
    """Changes with whatever a way depends on."""
    whole = hashlib.sha256()
    for pattern in DECIDING:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                whole.update(path.read_bytes())
    return whole.hexdigest()
