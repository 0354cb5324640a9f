"""A page read aloud from beginning to end by a virtual screen reader, as lines of text."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.servers.checkers import NODE_MODULES
from tests.servers.skips import missing

if TYPE_CHECKING:
    from playwright.sync_api import Page

READER = NODE_MODULES / "@guidepup/virtual-screen-reader/lib/esm/index.browser.js"
FOLDER = Path(__file__).parent / "transcripts"
MOST = 1500  # phrases: a page that says more goes round in a circle
LISTEN = """async ([selector, most]) => {
  const reader = window.indblikReader;
  await reader.start({container: document.querySelector(selector)});
  const first = await reader.lastSpokenPhrase();
  for (let told = 0; told < most; told += 1) {
    await reader.next();
    if ([first, "end of document"].includes(await reader.lastSpokenPhrase())) break;
  }
  const said = await reader.spokenPhraseLog();
  await reader.stop();
  return said;
}"""
REFERENCE = re.compile(r"\b[0-9a-f]{12}\b")  # of one answer: another each time
ENDS = "end of "  # where something ends is said as well; a transcript is read without


@cache
def _reader() -> str:
    """The reader as a script: a page's policy lets nobody load a module into it."""
    if not READER.exists():
        missing("the virtual screen reader")
    whole = READER.read_text()
    exported = re.search(r"export\s*\{([^}]*)\}", whole)
    assert exported is not None
    name = re.search(r"([\w$]+) as virtual\b", exported[1])
    assert name is not None
    body = whole[: exported.start()] + whole[exported.end() :]
    return f"(() => {{ {body}\nwindow.indblikReader = {name[1]}; }})()"


def transcript(page: Page, selector: str) -> list[str]:
    """What is said of this part of the page, a phrase a line, once through."""
    page.evaluate(_reader())
    said = [str(phrase) for phrase in page.evaluate(LISTEN, [selector, MOST])]
    assert len(said) < MOST
    once = said[:-1] if len(said) > 1 and said[-1] == said[0] else said
    return [REFERENCE.sub("…", phrase) for phrase in once if not phrase.startswith(ENDS)]
