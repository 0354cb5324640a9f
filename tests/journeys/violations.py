"""What the content policy stopped, in every window of every test that drives a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, WebError

MARK = "Content Security Policy"  # in every line in which Chromium tells of it


@dataclass
class Violations:
    """The lines in which the browser tells of what it stopped, with scripts on or off."""

    told: list[str] = field(default_factory=list)

    def _heard(self, message: ConsoleMessage) -> None:
        if MARK in message.text:
            self.told.append(f"{message.page.url if message.page else '?'}: {message.text}")

    def _failed(self, error: WebError) -> None:
        if MARK in str(error.error):  # text that is run fails where it is run
            self.told.append(str(error.error))

    def listen(self, browser: Browser) -> None:
        """Hear each window that the browser will open."""
        plain = browser.new_context

        def heard(**options: object) -> BrowserContext:
            context = plain(**options)  # type: ignore[arg-type]  # passed on
            context.on("console", self._heard)
            context.on("weberror", self._failed)
            return context

        browser.new_context = heard  # type: ignore[method-assign]  # it has no event

    def taken(self) -> list[str]:
        """What was told since the last time."""
        told, self.told = self.told, []
        return told
