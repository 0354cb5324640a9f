"""Our own probes that look at the page as it stands: one program of all `probes/*.js`."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.access.programs import AXE, bring
from tests.access.words import Finding

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROBES = Path(__file__).with_name("probes")
# Each may use what those before it have defined.
ORDER = (
    "ground", "images", "media", "headings", "tables", "keys", "forms", "links", "typography",
    "languages", "page",
)  # fmt: skip
# `getEventListeners` is known to the developer's console alone: it is asked there, and the answer
# is left where the probes find it.
LISTENERS = """(() => {
  const heard = new Map(), codes = (told) => new Map(Object.entries(told).map(([kind, list]) =>
    [kind, list.map(one => String(one.listener && one.listener.handleEvent || one.listener))]));
  for (const it of document.querySelectorAll("*")) {
    const told = codes(getEventListeners(it));
    for (const { name, value } of it.attributes) if (name.startsWith("on"))
      told.set(name.slice(2), [...(told.get(name.slice(2)) || []), value]);
    if (told.size) heard.set(it, told);
  }
  const everywhere = codes(getEventListeners(window));
  for (const [kind, list] of codes(getEventListeners(document)))
    everywhere.set(kind, [...(everywhere.get(kind) || []), ...list]);
  globalThis[Symbol.for("listeners")] = [heard, everywhere];
})()"""
BEFORE = """
const [LISTENERS, WINDOW_LISTENERS] = globalThis[Symbol.for("listeners")];
const DOCUMENT_MOVES = ["mousemove", "pointermove", "touchmove"].some(k => WINDOW_LISTENERS.has(k));
const SCRIPTED = document.scripts.length > 0 || LISTENERS.size > 0;
axe.setup(document);
"""
AFTER = """
axe.teardown();
return findings;
"""


@cache
def vocabulary() -> dict[str, Any]:
    """What the probes know of words."""
    return tomllib.loads((PROBES / "vocabulary.toml").read_text())


@cache
def program() -> str:
    """The ground, then every probe, as one function."""
    parts = [PROBES / f"{name}.js" for name in ORDER]
    text = "\n".join(path.read_text() for path in parts)
    words = json.dumps(vocabulary(), ensure_ascii=False)
    return f"() => {{ const WORDS = {words};\n{BEFORE}\n{text}\n{AFTER} }}"


def prepare(page: Page) -> None:
    """Bring axe into the page, and what its scripts listen to."""
    bring(page, "axe", AXE)
    listeners(page)


def listeners(page: Page) -> None:
    """Have the page know what its scripts listen to."""
    console = page.context.new_cdp_session(page)
    console.send("Runtime.evaluate", {"expression": LISTENERS, "includeCommandLineAPI": True})
    console.detach()


def probe(page: Page) -> list[Finding]:
    """What our own probes find in the page as it stands."""
    prepare(page)
    told: list[dict[str, Any]] = page.evaluate(program())
    return [Finding(tool="probe", **found) for found in told]
