"""What happens when one presses, hovers, chooses, types, or only waits: tried on a second copy."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error

from tests.access import probing
from tests.access.window import eye
from tests.access.words import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

MOST = 10  # things tried on one page
MOMENT = 120  # milliseconds for a script to answer
WAITED = 300_000  # milliseconds of the page's own clock
OFTEN = 3  # changes of one text that nobody has asked for


# Whether anything on the page can happen: scripts, handlers in the markup, rules for hovering.
LIVELY = """document.scripts.length > 0 || document.styleSheets.length > 0
  || globalThis[Symbol.for("listeners")]?.[0].size > 0"""


@dataclass
class Trial:
    """A copy of a page, and what trying it has brought to light."""

    page: Page
    address: str
    found: list[Finding] = field(default_factory=list)

    def tell(self, criterion: str, rule: str, selector: str, evidence: str) -> None:
        self.found.append(Finding(criterion, "probe", rule, selector, evidence, certain=True))

    def left(self) -> bool:
        return self.page.url.split("#")[0] != self.address.split("#")[0]

    def anew(self) -> list[dict[str, Any]]:
        """The page as it is at first; what there is to try on it."""
        self.page.goto(self.address)
        probing.listeners(self.page)
        listed: list[dict[str, Any]] = self.page.evaluate(eye("acts"), ["list", 0])
        return listed


@contextlib.contextmanager
def _copy(page: Page) -> Iterator[Page]:
    copy = page.context.new_page()
    if page.viewport_size:
        copy.set_viewport_size(page.viewport_size)
    copy.on("dialog", lambda dialog: dialog.dismiss())
    try:
        yield copy
    finally:
        copy.close()


def behave(page: Page) -> list[Finding]:
    """What goes wrong when the page is used."""
    if not page.evaluate(LIVELY):
        return []
    with _copy(page) as copy:
        trial = Trial(copy, page.url)
        acts = trial.anew()
        for number, act in enumerate(acts[:MOST]):
            if number and len(trial.anew()) <= number:
                break
            with contextlib.suppress(Error):  # the page went elsewhere under our hands
                KINDS[act["kind"]](trial, number, act)
    return trial.found + _wait(page)


def _press(trial: Trial, number: int, act: dict[str, Any]) -> None:
    page = trial.page
    if not page.evaluate(eye("acts"), ["before", number])["focused"]:
        return  # no key reaches it: another probe tells of that
    page.keyboard.press("Enter")
    page.wait_for_timeout(MOMENT)
    if trial.left():
        return
    after = page.evaluate(eye("acts"), ["after", number])
    over = [root for root in after["roots"] if root["over"]]
    for root in over[:1]:
        _opened(trial, number, act, root)
    fresh = [root for root in after["roots"] if not root["over"] and not root["menu"]]
    if after["moved"] or after["gone"] or over:
        return
    silent = [one for one in [*fresh, *after["changed"]] if not one["live"]]
    unfolds = [root for root in fresh if not root["live"] and len(root["text"]) > 1]
    if unfolds and not after["state"] and act["kind"] == "press":
        trial.tell("4.1.2", "opens-and-does-not-say-so", act["path"], unfolds[0]["text"])
    if silent and not after["state"] and not all(one.get("tied") for one in silent):
        trial.tell("4.1.3", "message-nobody-is-told-of", silent[0]["path"], silent[0]["text"])


def _opened(trial: Trial, number: int, act: dict[str, Any], root: dict[str, Any]) -> None:
    """Something lies over the page now."""
    if not root["dialog"] and not root["menu"] and not root["live"]:
        trial.tell("4.1.2", "opens-over-the-page-without-a-role", root["path"], root["text"])
    if not root["inside"] and not root["live"] and not root["tip"]:
        trial.tell("2.4.3", "opens-and-leaves-the-focus-behind", root["path"], root["text"])
    trial.page.keyboard.press("Escape")
    trial.page.wait_for_timeout(MOMENT)
    still = trial.page.evaluate(eye("acts"), ["still", number])
    if still["seen"]:
        trial.tell("2.1.2", "escape-does-not-close", root["path"], root["text"])
    elif root["inside"] and not still["back"]:
        trial.tell("2.4.3", "focus-is-lost-at-closing", act["path"], act["text"])


def _hover(trial: Trial, number: int, act: dict[str, Any]) -> None:
    page = trial.page
    page.mouse.move(0, 0)
    at = page.evaluate(eye("acts"), ["before", number])
    page.mouse.move(at["x"], at["y"])
    page.wait_for_timeout(MOMENT)
    after = page.evaluate(eye("acts"), ["after", number])
    if not after["roots"]:
        return
    root = after["roots"][0]
    page.mouse.move(root["x"], root["y"], steps=4)
    page.wait_for_timeout(MOMENT)
    if not page.evaluate(eye("acts"), ["still", number])["seen"]:
        trial.tell("1.4.13", "goes-before-one-is-there", act["path"], root["text"])
        return
    page.mouse.move(at["x"], at["y"], steps=2)
    page.keyboard.press("Escape")
    page.wait_for_timeout(MOMENT)
    if page.evaluate(eye("acts"), ["still", number])["seen"]:
        trial.tell("1.4.13", "escape-does-not-put-it-away", act["path"], root["text"])


def _choose(trial: Trial, number: int, act: dict[str, Any]) -> None:
    page = trial.page
    page.evaluate(eye("acts"), ["before", number])
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(MOMENT)
    if trial.left():
        trial.tell("3.2.2", "leads-on-at-a-choice", act["path"], page.url)
    elif page.evaluate(eye("acts"), ["after", number])["moved"]:
        trial.tell("3.2.2", "moves-the-focus-at-a-choice", act["path"], act["text"])


def _type(trial: Trial, number: int, act: dict[str, Any]) -> None:
    page = trial.page
    page.evaluate(eye("acts"), ["before", number])
    page.keyboard.type("2612")
    page.wait_for_timeout(MOMENT)
    if trial.left() or page.evaluate(eye("acts"), ["after", number])["moved"]:
        trial.tell("3.2.2", "leads-on-while-one-types", act["path"], act["text"])


def _submit(trial: Trial, number: int, act: dict[str, Any]) -> None:
    """Send a form as it is: what is then said to be wrong has to be said well."""
    known = {(one.rule, one.selector) for one in probing.probe(trial.page)}
    _press(trial, number, act)
    if not trial.left():
        trial.found += [one for one in probing.probe(trial.page)
                        if (one.rule, one.selector) not in known]  # fmt: skip


KINDS = {"press": _press, "hover": _hover, "choose": _choose, "type": _type, "submit": _submit}

# Which texts change by themselves, and how often.
WATCH = """() => { const told = globalThis[Symbol.for("told")] = new Map();
  new MutationObserver(list => { for (const one of list) {
    const it = one.target.nodeType === 1 ? one.target : one.target.parentElement;
    if (it && it.checkVisibility() && !it.closest("[role=timer]"))
      told.set(it, (told.get(it) || 0) + 1); } })
  .observe(document.body, {childList: true, characterData: true, subtree: true, attributes: true,
    attributeFilter: ["src", "style", "class", "hidden"]}); }"""
CHANGED = """() => [...globalThis[Symbol.for("told")] || []].map(([it, times]) =>
  [it.id ? "#" + it.id : it.localName, times, (it.innerText || "").slice(0, 60),
   [...document.querySelectorAll("button, [role=button]")].some(b =>
     /pause|stop|stands|anhalten|zatrzym|зупин|пауза|durdur|إيقاف/i.test(b.innerText))])"""


def _wait(page: Page) -> list[Finding]:
    """Five minutes of the page's own clock, which pass at once."""
    if not page.evaluate("document.scripts.length"):
        return []
    with _copy(page) as copy:
        trial = Trial(copy, page.url)
        copy.goto(page.url)
        copy.evaluate(WATCH)
        passed: list[object] = []
        console = copy.context.new_cdp_session(copy)
        ended = "Emulation.virtualTimeBudgetExpired"
        console.on(ended, lambda told: passed.append(told))  # noqa: PLW0108 - Playwright takes no built-in
        asked = {"policy": "advance", "budget": WAITED}
        console.send("Emulation.setVirtualTimePolicy", asked)
        for _moment in range(40):
            if passed or trial.left():
                break
            copy.wait_for_timeout(20)
        if trial.left():
            trial.tell("2.2.1", "leads-on-by-itself", "html", copy.url)
        elif passed:
            _moved(trial, copy.evaluate(CHANGED))
    return trial.found


def _moved(trial: Trial, changes: list[tuple[str, int, str, bool]]) -> None:
    for path, times, said, pauses in changes:
        if times >= OFTEN and not pauses:
            trial.tell("2.2.2", "changes-by-itself", path, f"{times} times: {said}")
            return
