"""Canaries: people whose number, name and address stand nowhere else, sent through everything.

Afterwards every store is searched for them, in every spelling: what is sealed is not found.
"""

from __future__ import annotations

import base64
import os
import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
import requests
from redis import Redis
from sqlalchemy.orm import Session

from portal import clock
from portal.answers.models import Store
from portal.answers.queries import store
from portal.cli.database import rooms
from portal.cli.house import vault_of
from portal.cli.keys import initialised
from portal.db import engine_for
from portal.quarantine.actions import take_in
from portal.quarantine.words import Door
from portal.settings import read
from portal.simulator import Invented, create_simulator
from tests.cli.conftest import environment
from tests.cli.test_keys import FIRST, kek
from tests.dumps.copies import Copy, of_database, of_redis
from tests.pages.public.conftest import served
from tests.rooms.feed.examples import told
from tests.servers.processes import answers, free_port, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page
    from sqlalchemy import Engine

ROOT = Path(__file__).parents[2]
NAME, CPR, ADDRESS = "Zenobia Kvæstorfugl", "9107430917", "Xylofonvænget 8714"
OTHER_NAME, OTHER_CPR = "Quirinus Wolframsnæb", "8211761293"
MAIL, CALLED = "zk.ugle@eksempel.dk", "Zibbelzobbel"
TEXT = f"Jeg bor nu på {ADDRESS} og hedder {NAME}"
CANARIES = {
    "name": NAME, "number": CPR, "address": ADDRESS, "other name": OTHER_NAME,
    "other number": OTHER_CPR, "mail": MAIL, "called": CALLED,
}  # fmt: skip
STAFF = Invented("Opfunden Frigiver", roles=("release",))
PEOPLE = [Invented(NAME, CPR), Invented(OTHER_NAME, OTHER_CPR), STAFF]
PAGES = ("/sager", "/deltag", "/dine-oplysninger", "/mine-sessioner", "/ord", "/sager/indsigt")
# What the browser keeps of a site, all of it.
KEPT = """async () => {
  const bases = indexedDB.databases ? await indexedDB.databases() : [];
  return JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, bases,
    history.state, await caches.keys().catch(() => [])]);
}"""


def spellings(secret: str) -> set[bytes]:
    """What a secret may look like where somebody has put it in a form of their own."""
    plain = {secret, secret.lower(), secret.upper()}
    if secret.isdecimal():
        plain |= {f"{secret[:6]}-{secret[6:]}", f"{secret[:6]} {secret[6:]}"}
    else:
        plain |= {part for part in re.split(r"[\s@]", secret) if len(part) > 6}
    found = set()
    for one in plain:
        raw = one.encode()
        found |= {raw, raw.hex().encode(), raw.hex().upper().encode(), quote(one).encode()}
        found |= {quote(one, safe="").replace("%20", "+").encode(), one.encode("latin-1")}
        found |= {one.encode("unicode_escape"), one.encode("utf-16-le")}
        for start in range(3):  # base64 of it, wherever in a longer text it stands
            coded = base64.b64encode(b"\0" * start + raw).rstrip(b"=")
            inner = coded[-(-start * 8 // 6) : len(coded) - 1]
            found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return {one for one in found if len(one) >= 6}


def found_in(stores: dict[str, bytes]) -> list[str]:
    """Where a canary stands."""
    return [
        f"{what} in {name}"
        for name, content in stores.items()
        for what, secret in CANARIES.items()
        if any(one in content for one in spellings(secret))
    ]


@dataclass
class Seen:
    """What a browser went through."""

    addresses: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def all(self) -> bytes:
        return "\n".join(self.addresses + self.kept).encode()


@contextmanager
def portal_with(env: dict[str, str], folder: Path) -> Iterator[str]:
    """The portal in processes of its own, and its simulator; the portal's address."""
    port, beyond = free_port(), free_port()
    address = f"http://127.0.0.1:{port}"
    env |= {"INDBLIK_PUBLIC_URL": address}
    env |= {f"INDBLIK_{who}_ISSUER": f"http://127.0.0.1:{beyond}" for who in ("CITIZEN", "STAFF")}
    env |= {f"INDBLIK_{who}_CLIENT_ID": f"portal-{who.lower()}" for who in ("CITIZEN", "STAFF")}
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("INDBLIK_")}
    pairs = [f"{name}={value}" for name, value in (inherited | env).items()]
    command = [sys.executable, "-m", "gunicorn", "-c", "python:portal.serving",
               "--bind", f"127.0.0.1:{port}"]  # fmt: skip
    log = folder / "gunicorn.log"
    with (
        served(create_simulator(read(env), PEOPLE), beyond),
        running(["env", "-C", str(ROOT), *pairs, *command], lambda: answers(port), log),
    ):
        yield address


def entered(env: dict[str, str], engine: Engine) -> None:
    """Their cases come in, and a record that is rejected with all that it says."""
    vault = vault_of(read(env))
    case = {"subject": "kanarie-1"}
    records = [
        told("party-added", {"cpr": CPR, "name": NAME, "role": "complainant",
                             "street": ADDRESS}, id="k-1", **case),
        told("party-added", {"cpr": OTHER_CPR, "name": OTHER_NAME, "role": "representative",
                             "acts_for_cpr": CPR}, id="k-2", **case),
        told("received", {"number": "26-1", "area": "aids", "authority": "Odder Kommune",
                          "address_of_party": ADDRESS}, id="k-3", **case),
        told("decided", {"outcome": None, "name": NAME, "cpr": CPR, "at": ADDRESS}, id="k-4"),
    ]  # fmt: skip
    with Session(engine.execution_options(writes=True)) as session:
        take_in(session, vault, records, clock.now(), Door.FILE, range(len(records)))
        session.commit()


def signed_in(page: Page, address: str, who: str, start: str = "/log-ind") -> None:
    page.goto(address + start)
    page.locator(f"main form[action='{start}'] button, main form button").first.click()
    page.get_by_role("button", name=who).click()
    page.wait_for_url(re.compile(re.escape(address) + r"/(sager|medarbejder).*"))


def visited(page: Page, address: str, seen: Seen) -> None:
    """Open everything that there is, and follow what leads to a case."""
    for path in PAGES:
        page.goto(address + path)
        seen.kept.append(str(page.evaluate(KEPT)))
    page.goto(f"{address}/sager")
    cases = page.eval_on_selector_all("a", "links => links.map(one => one.href)")
    for link in {one for one in cases if re.search(r"/sager/[0-9a-f-]{36}$", one)}:
        for more in ("", "/udskrift", "/indsigt", "/haendelser"):
            page.goto(link + more)
            seen.kept.append(str(page.evaluate(KEPT)))


def volunteered(page: Page, address: str) -> None:
    page.goto(f"{address}/deltag")
    page.locator("input[name=kinds]").first.check()
    page.locator("input[name=contact]").fill(MAIL)
    page.locator("input[name=called]").fill(CALLED)
    page.locator("input[name=agree]").check()
    page.locator("main form button[type=submit]").first.click()


def asked_for_correction(page: Page, address: str) -> None:
    page.goto(f"{address}/dine-oplysninger")
    link = page.locator("main a[href*='ret']").first
    page.goto(address + str(link.get_attribute("href")))
    page.locator("main input[type=radio]").first.check()
    page.locator("main textarea").first.fill(TEXT)
    page.locator("main form button[type=submit]").first.click()


def typed_too_late(context: BrowserContext, page: Page, address: str) -> None:
    """A form that is sent when the session has ended is kept until the sign-in after it."""
    page.goto(f"{address}/deltag")
    page.locator("input[name=contact]").fill(MAIL)
    context.clear_cookies()
    page.locator("form:has(input[name=contact]) button[type=submit]").click()


def watched(context: BrowserContext, seen: Seen) -> Page:
    page = context.new_page()
    page.on("request", lambda request: seen.addresses.append(request.url))
    page.on("framenavigated", lambda frame: seen.addresses.append(frame.url))
    return page


@pytest.mark.stored
def test_no_canary_is_found_anywhere(
    browser: Browser, database_url: str, redis_url: str, tmp_path: Path
) -> None:
    env = environment(database_url, tmp_path) | {
        "INDBLIK_KEK": kek(FIRST), "INDBLIK_REDIS_URL": redis_url,
    }  # fmt: skip
    engine, seen = engine_for(database_url), Seen()
    rooms().metadata.create_all(engine)
    initialised(engine, (FIRST,))
    entered(env, engine)
    with portal_with(env, tmp_path) as address:
        for name in (NAME, OTHER_NAME):
            context = browser.new_context(locale="da-DK")
            context.set_default_timeout(30_000)
            page = watched(context, seen)
            signed_in(page, address, name)
            visited(page, address, seen)
            if name == NAME:
                volunteered(page, address)
                asked_for_correction(page, address)
                typed_too_late(context, page, address)
            seen.kept.append(str(context.storage_state()))
            context.close()
        wrong = requests.get(f"{address}/sager/{CPR}", timeout=10)  # what somebody may type
        assert wrong.status_code in {303, 302, 404}
        database = Copy()
        of_database(database, engine)
        stores = _stores(database, redis_url, tmp_path, seen)
    engine.dispose()
    _says_enough(stores, database, seen)
    # The one address that somebody typed with a number in it was not asked by any of our pages.
    assert not found_in(stores)


def _stores(database: Copy, redis_url: str, folder: Path, seen: Seen) -> dict[str, bytes]:
    """Each store as bytes."""
    redis, door = Copy(), Copy()
    with Redis.from_url(redis_url) as connection:
        of_redis(redis, connection)
    of_answers = store(f"sqlite:///{folder / 'answers.db'}")
    Store.metadata.create_all(of_answers)
    of_database(door, of_answers)
    of_answers.dispose()
    files = {f"file {path.relative_to(folder)}": path.read_bytes()
             for path in folder.rglob("*") if path.is_file()}  # fmt: skip
    return files | {
        "database": b"\n".join(database.raw),
        "redis": b"\n".join(redis.raw),
        "answer door": b"\n".join(door.raw),
        "browser": seen.all(),
    }


def _says_enough(stores: dict[str, bytes], copies: Copy, seen: Seen) -> None:
    """They went through the portal: there is something in each store to be searched."""
    assert any("/udskrift" in one for one in seen.addresses)
    assert any("/log-ind/retur" in one for one in seen.addresses)
    assert stores["redis"]
    assert b"citizen.case" in stores["file gunicorn.log"]
    assert b"complainant" in stores["database"]
    for table in ("volunteers", "rights_requests", "kept_forms", "quarantine", "sign_ins"):
        assert copies.rows[table], table


@pytest.mark.parametrize("secret", CANARIES.values())
def test_a_planted_canary_is_found(secret: str) -> None:
    for planted in (
        secret.encode(), b"x" + base64.b64encode(b"ab" + secret.encode() + b"c"),
        base64.urlsafe_b64encode(secret.encode()), secret.encode().hex().encode(),
        quote(secret).encode(), b"CPR=" + secret.lower().encode() + b";",
    ):  # fmt: skip
        assert found_in({"planted": planted}), planted
