"""Two hands that go the same ways: a mouse, and a keyboard alone. Both count what they do.

A step is one thing done on purpose: a link followed, a button pressed, a choice made, a field
filled in. The keys that lead from one thing to the next are counted apart.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

FAR = 120  # presses of Tab: further away than anything is
STILL = 3  # Tabs that change nothing: a trap


class Lost(Exception):  # noqa: N818 - it says what happened
    """The way does not come to its end."""


class Hand(ABC):
    """Somebody who goes a way."""

    name: str

    def __init__(self, page: Page) -> None:
        self.page = page
        self.steps = 0
        self.presses = 0

    def follow(self, selector: str, to: str = "**") -> None:
        """Follow a link or press a button that leads to another page."""
        with self.page.expect_navigation(url=to):
            self.press(selector)

    def press(self, selector: str) -> None:
        """Press something."""
        self.steps += 1
        self._press(selector)

    def choose(self, selector: str) -> None:
        """Choose one of several, or mark a box."""
        self.steps += 1
        self._choose(selector)
        if not self.page.locator(selector).is_checked():
            message = f"{selector} was chosen, and is not"
            raise Lost(message)

    def write(self, selector: str, text: str) -> None:
        """Fill in a field."""
        self.steps += 1
        self._write(selector, text)

    def close(self, selector: str) -> None:
        """Put away what has opened: it has a button for that, and Esc."""
        self.steps += 1
        self._close(selector)

    @abstractmethod
    def _press(self, selector: str) -> None: ...

    @abstractmethod
    def _choose(self, selector: str) -> None: ...

    @abstractmethod
    def _write(self, selector: str, text: str) -> None: ...

    @abstractmethod
    def _close(self, selector: str) -> None: ...


class Mouse(Hand):
    """Points and clicks."""

    name = "mouse"

    def _press(self, selector: str) -> None:
        self.page.locator(selector).first.click()

    def _choose(self, selector: str) -> None:
        key = self.page.locator(selector).get_attribute("id")
        self.page.locator(f"label[for='{key}']").click()

    def _write(self, selector: str, text: str) -> None:
        self.page.locator(selector).click()
        self.page.keyboard.type(text)

    def _close(self, selector: str) -> None:
        self.page.locator(selector).first.click()


class Keyboard(Hand):
    """Tab, Enter, Space, arrows, Esc, and letters. It never points."""

    name = "keyboard"

    def _press(self, selector: str) -> None:
        self._walk(self.page.locator(selector).first)
        self.page.keyboard.press("Enter")

    def _choose(self, selector: str) -> None:
        wanted = self.page.locator(selector)
        if wanted.get_attribute("type") == "checkbox":
            self._walk(wanted)
            self.page.keyboard.press("Space")
            return
        group = wanted.get_attribute("name")
        self._walk(self.page.locator(f"input[name='{group}']"))
        if self._is_at(wanted):
            self.page.keyboard.press("Space")
        for _ in range(FAR):
            if self._is_at(wanted):
                return
            self._key("ArrowDown")
        message = f"{selector} was not reached by arrows"
        raise Lost(message)

    def _write(self, selector: str, text: str) -> None:
        self._walk(self.page.locator(selector))
        self.page.keyboard.type(text)

    def _close(self, selector: str) -> None:
        del selector
        self.page.keyboard.press("Escape")

    def _key(self, name: str) -> None:
        self.presses += 1
        self.page.keyboard.press(name)

    def _is_at(self, wanted: Locator) -> bool:
        return wanted.and_(self.page.locator(":focus")).count() > 0

    def _walk(self, wanted: Locator) -> None:
        """Tab until it has the focus. Raises Lost where the focus is caught or never comes."""
        same, before = 0, None
        for _ in range(FAR):
            if self._is_at(wanted):
                self._see(wanted)
                return
            self._key("Tab")
            now = self._where()
            same = same + 1 if now and now == before else 0
            if same >= STILL:
                message = f"the focus is caught at {now}"
                raise Lost(message)
            before = now
        message = f"{wanted} was not reached by Tab"
        raise Lost(message)

    def _where(self) -> str | None:
        """What has the focus; None where it is the browser's own window."""
        focused = self.page.locator(":focus")
        if not focused.count():
            return None
        return f"{focused.bounding_box()} {focused.get_attribute('id')}"

    def _see(self, wanted: Locator) -> None:
        focused = wanted.and_(self.page.locator(":focus"))
        box, window = focused.bounding_box(), self.page.viewport_size
        if box is None or window is None:
            message = f"{wanted} has the focus and is not seen"
            raise Lost(message)
        if box["y"] + box["height"] <= 0 or box["y"] >= window["height"]:
            message = f"{wanted} has the focus outside the window"
            raise Lost(message)
