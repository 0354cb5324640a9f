"""The ten ways that citizens go most, each told once, for any hand and any view.

Things are named by where they lead and what they are for, never by what they say: so the same way
is gone in every language.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from tests.access.journeys.hands import Lost
from tests.journeys.conftest import signed_in
from tests.journeys.pages import name_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.access.journeys.hands import Hand
    from tests.journeys.conftest import Demo

WHO = "sigrid"
DECIDED, GOES_ON = "26-10701", "26-10708"
TEXT = "Brevet var svært at forstå."
PAGES = 6  # of the questionnaire


def _sees(hand: Hand, selector: str) -> None:
    """Wait until this can be seen. Raises Lost."""
    hand.page.locator(selector).first.wait_for(state="visible")


def _as(hand: Hand, demo: Demo, who: str) -> None:
    """Be somebody else from here on."""
    hand.page.context.add_cookies(signed_in(demo, name_of(who)))  # type: ignore[arg-type]  # as Playwright takes them


def _case(hand: Hand, demo: Demo, number: str) -> None:
    hand.page.goto(f"{demo.address}/sager")
    hand.follow(f"a[href='{demo.case(number)}']", "**/sager/*")


def sign_in_and_out(hand: Hand, demo: Demo) -> None:
    """From the front page to the own case, and out again."""
    hand.page.context.clear_cookies(name="indblik")
    hand.page.goto(f"{demo.address}/")
    hand.follow("main a[href^='/log-ind']", "**/log-ind*")
    hand.follow("main button.button-primary", f"{demo.simulator}/**")
    hand.follow(f"button:has-text('{name_of(WHO)}')", f"{demo.address}/sager*")
    hand.follow(f"a[href='{demo.case(GOES_ON)}']", "**/sager/*")
    hand.follow("form[action='/log-ud'] button", "**/logget-ud*")


def another_language(hand: Hand, demo: Demo) -> None:
    """Read a case in another language, and on in that one."""
    view = hand.page.locator("html").get_attribute
    other = "en" if _view(hand) != "en" else "da"
    _case(hand, demo, GOES_ON)
    hand.follow(f"footer a[href*='visning={other}']")
    if view("lang") != other:
        message = f"{other} was chosen, {view('lang')} is shown"
        raise Lost(message)
    hand.follow("nav.back a", "**/sager*")
    if view("lang") != other:
        message = f"{other} was chosen, and is forgotten on the next page"
        raise Lost(message)


def _view(hand: Hand) -> str:
    return next(str(one["value"]) for one in hand.page.context.cookies()
                if one["name"] == "visning")  # fmt: skip


def a_word(hand: Hand, demo: Demo) -> None:
    """Have a word explained in the middle of a sentence, then read all words."""
    _case(hand, demo, GOES_ON)
    term = hand.page.locator("main button.term").first
    note = f"#{term.get_attribute('popovertarget')}"
    hand.press("main button.term")
    _sees(hand, note)
    hand.close(f"{note} button.term-close")
    hand.page.locator(note).wait_for(state="hidden")
    hand.follow("footer a[href='/ord']", "**/ord")


def what_happened(hand: Hand, demo: Demo) -> None:
    """Read all that has happened in a case, then the page for paper."""
    _case(hand, demo, GOES_ON)
    hand.follow("main a[href$='/haendelser']", "**/haendelser*")
    hand.follow("nav.back a", f"**{demo.case(GOES_ON)}")
    hand.follow("main a[href$='/udskrift']", "**/udskrift*")


def who_looked(hand: Hand, demo: Demo) -> None:
    """See who has looked at a case, then at all of them."""
    _case(hand, demo, GOES_ON)
    hand.follow("main a[href$='/indsigt']", "**/indsigt*")
    hand.follow("main a[href='/sager/indsigt']", "**/sager/indsigt")


def answering(hand: Hand, demo: Demo) -> None:
    """From a decision to an answer that is sent, without a name."""
    none_was_issued(demo)
    _case(hand, demo, DECIDED)
    if hand.page.locator("[data-when=ready]").is_hidden():
        hand.page.wait_for_timeout(1500)  # with scripts a token comes by itself
    if hand.page.locator("[data-when=ready]").is_hidden():
        hand.follow("#participation [data-when=plain] button")
    hand.follow(f"form[action='{demo.door}/'] button", f"{demo.door}/**")
    hand.follow("#svar button[value='1']")
    for number in range(1, PAGES):
        first = hand.page.locator("#svar fieldset input").first.get_attribute("id")
        hand.choose(f"[id='{first}']")
        hand.follow(f"#svar button[value='{number + 1}']")
    hand.write("#svar textarea >> nth=0", TEXT)
    hand.follow("#svar button[value='tjek']")
    hand.follow("#svar button[value='send']", "**/tak*")


def none_was_issued(demo: Demo) -> None:
    with closing(sqlite3.connect(demo.folder / "indblik.db", timeout=20)) as store:
        store.execute("DELETE FROM participation_tokens")
        store.commit()


def volunteering(hand: Hand, demo: Demo) -> None:
    """Offer to take part, and take it back."""
    _as(hand, demo, "amalie")  # who has not offered yet
    hand.page.goto(f"{demo.address}/sager")
    hand.follow("main a[href='/deltag']", "**/deltag")
    hand.choose("#kinds")
    hand.write("#contact", "sigrid@opfundet.example")
    hand.choose("#agree")
    hand.follow("form[action='/deltag'] button", "**/deltag*")
    hand.follow("form[action='/deltag/framelding'] button")


def own_data(hand: Hand, demo: Demo) -> None:
    """See what is held about oneself, and ask for something to be put right."""
    hand.page.goto(f"{demo.address}/sager")
    hand.follow("main a[href='/dine-oplysninger']", "**/dine-oplysninger")
    hand.follow("main a[href='/dine-oplysninger/ret']", "**/ret")
    hand.choose("#about")
    hand.write("#text", TEXT)
    hand.follow("form[action='/dine-oplysninger/ret'] button", "**/anmodninger/*")


def own_sessions(hand: Hand, demo: Demo) -> None:
    """See where one is signed in, and end it everywhere."""
    _as(hand, demo, "bjorn")  # who is no use to other ways afterwards
    hand.page.goto(f"{demo.address}/sager")
    hand.follow("header a[href='/mine-sessioner']", "**/mine-sessioner")
    hand.follow("button[name=afslut][value=andre]", "**/mine-sessioner*")
    hand.follow("button[name=afslut][value=alle]")


def the_statement(hand: Hand, demo: Demo) -> None:
    """From the front page to the accessibility statement, and on to the open figures."""
    hand.page.goto(f"{demo.address}/")
    hand.follow("footer a[href='/tilgaengelighed']", "**/tilgaengelighed")
    hand.follow("footer a[href='/tal']", "**/tal")
    hand.follow("header a.solution-title")


WAYS: dict[str, Callable[[Hand, Demo], None]] = {
    way.__name__: way
    for way in (
        *(sign_in_and_out, another_language, a_word, what_happened, who_looked),
        *(answering, volunteering, own_data, own_sessions, the_statement),
    )
}
