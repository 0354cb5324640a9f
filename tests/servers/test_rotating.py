"""Every key is replaced while people and machines are served, and the one who does it is killed.

INDBLIK_ROTATION_KILLS sets how often, on each database.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.app import create_app
from portal.cli.database import rooms
from portal.cli.house import vault_of
from portal.cli.keys import initialised
from portal.db import engine_for
from portal.identity.actions import persons_with_cprs, sign_in_citizen
from portal.identity.models import Person
from portal.identity.words import CitizenClaims, Loa
from portal.keys.actions import left, sealed_columns
from portal.keys.queries import stored
from portal.keys.words import State
from portal.pages.sessions import SIGNED_IN_AT
from portal.settings import read
from portal.vault import Purpose
from tests.api.conftest import BATCH
from tests.cli.conftest import environment
from tests.cli.key_rows import opened
from tests.cli.test_keys import FIRST, SECOND, kek
from tests.rooms.feed.examples import told
from tests.servers.machines import serving
from tests.servers.processes import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from portal.settings import Settings
    from tests.servers.machines import Served

KILLS = int(os.environ.get("INDBLIK_ROTATION_KILLS", "1"))
FRESH = 1
CITIZENS, MACHINES = 2, 2
PEOPLE = 150  # whose rows are there before it begins
ORDER = ("lookup", "data", "form", "session", "audit", "kek")
CLAIMS = CitizenClaims(
    "https://idp.example", "anna", Loa.SUBSTANTIAL, "6101900001", "Anna Opfundet"
)
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
VERSION = re.compile(r'name="version" value="([^"]+)"')
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def env(database_url: str, tmp_path: Path) -> dict[str, str]:
    both = kek(SECOND, FIRST)  # the state in which a key-encryption key is replaced
    return environment(database_url, tmp_path) | {
        "INDBLIK_KEK": both, "INDBLIK_KEYS_FRESH": str(FRESH)
    }  # fmt: skip


def prepared(settings: Settings, engine: Engine) -> str:
    """Tables, keys wrapped with the older key, people; the cookie of one who has signed in."""
    rooms().metadata.create_all(engine)
    initialised(engine, (FIRST,))
    app = create_app(settings)
    names = {f"620190{number:04}": f"N {number}" for number in range(PEOPLE)}
    with Session(engine.execution_options(writes=True)) as session:
        vault = vault_of(settings)
        persons_with_cprs(session, vault, names, NOW)
        account = sign_in_citizen(session, vault, CLAIMS, clock.now()).id
        session.commit()
    client = app.test_client()
    with client.session_transaction(base_url=settings.public_url) as opened_session:
        opened_session["_user_id"] = f"citizen:{account}"
        opened_session[SIGNED_IN_AT] = int(clock.now().timestamp())
    cookie = client.get_cookie("indblik", domain="127.0.0.1")
    app.extensions["engine"].dispose()
    assert cookie is not None
    return str(cookie.value)


class Visits:
    """What people and machines do meanwhile, and what was wrong with the answers."""

    def __init__(self, served: Served, cookie: str) -> None:
        self._served, self._cookie = served, cookie
        self.over = threading.Event()
        self.answered: Counter[str] = Counter()
        self.wrong: list[str] = []

    def _ask(self, method: str, path: str, wanted: set[int], **more: object) -> requests.Response:
        answer = requests.request(
            method, f"{self._served.address}{path}", timeout=30, allow_redirects=False,
            **more,  # type: ignore[arg-type]
        )  # fmt: skip
        self.answered[f"{method} {path}"] += 1
        if answer.status_code not in wanted:
            self.wrong.append(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
        return answer

    def began(self) -> None:
        """Open a page with a form: what its tokens are made of is in the session from then on."""
        self._ask("GET", "/deltag", {200}, cookies={"indblik": self._cookie})

    def citizen(self, number: int) -> None:
        """Reads pages, and sends a form that was loaded a while ago."""
        cookies = {"indblik": self._cookie}
        while not self.over.wait(0.1):
            self._ask("GET", "/sager", {200}, cookies=cookies)
            page = self._ask("GET", "/deltag", {200}, cookies=cookies).text
            token, version = TOKEN.search(page), VERSION.search(page)
            if token is None:
                self.wrong.append("no form")
                return
            form = {"csrf_token": token[1], "kinds": "panel", "contact": f"a{number}@eksempel.dk",
                    "agree": "yes", "version": version[1] if version else ""}  # fmt: skip
            self.over.wait(random.uniform(0, 2 * FRESH))  # noqa: S311 - no secret
            self._ask("POST", "/deltag", {303}, cookies=cookies, data=form)

    def machine(self, number: int) -> None:
        """Tells of new people and of known ones, and asks for their cases."""
        step = 0
        while not self.over.wait(0.3):
            step += 1
            # The same people are told of by both machines, at about the same moment.
            numbers = [f"630190{(step * 3 + place) % 3000:04}" for place in range(3)]
            records = [
                told("party-added", {"cpr": cpr, "role": "complainant"},
                     id=f"{number}-{step}-{cpr}", subject=f"{number}-{step}-{cpr}")
                for cpr in numbers
            ]  # fmt: skip
            body = b"[" + b",".join(records) + b"]"
            headers = {**self._served.headers, "Content-Type": BATCH}
            answer = self._ask("POST", "/api/v1/events", {200}, data=body, headers=headers)
            if answer.ok and answer.json()["accepted"] != len(records):
                self.wrong.append(answer.text[:300])
            for cpr in numbers:
                asked = self._ask("POST", "/hentsagsliste/v2.0.0", {200}, json={"cprNummer": cpr},
                                  headers=self._served.headers)  # fmt: skip
                if asked.ok and not asked.json()["sager"]:
                    self.wrong.append(f"cases of {number}-{step} were not found")


def rotating(env: dict[str, str], what: str, log: Path) -> subprocess.Popen[bytes]:
    program = Path(sys.executable).with_name("indblik")
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("INDBLIK_")}
    with log.open("ab") as out:
        return subprocess.Popen(
            [program, "keys", "rotate", what], env=inherited | env, stdout=out, stderr=out
        )


def replaced(env: dict[str, str], what: str, log: Path, kills: int) -> int:
    """Replace a key, killed so often at random moments; how often it was."""
    killed = 0
    while True:
        process = rotating(env, what, log)
        if killed < kills:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(random.uniform(1, 1 + 4 * FRESH))  # noqa: S311 - no secret
            process.kill()
        status = process.wait(5 * PATIENCE)
        killed += status == -signal.SIGKILL
        if status != -signal.SIGKILL:
            assert status == 0, log.read_text()
            return killed


def visited(served: Served, cookie: str, meanwhile: Callable[[], None]) -> Visits:
    """People and machines are served until this is done."""
    visits = Visits(served, cookie)
    visits.began()
    with ThreadPoolExecutor(CITIZENS + MACHINES) as clients:
        going = [clients.submit(visits.citizen, number) for number in range(CITIZENS)]
        going += [clients.submit(visits.machine, number) for number in range(MACHINES)]
        try:
            time.sleep(2 * FRESH)
            meanwhile()
            time.sleep(2 * FRESH)
        finally:
            visits.over.set()
        for one in going:
            one.result()
    return visits


@pytest.mark.stored
def test_every_key_is_replaced_while_requests_run(env: dict[str, str], tmp_path: Path) -> None:
    settings = read(env)
    engine = engine_for(settings.database_url, 30)
    cookie = prepared(settings, engine)
    killed: Counter[str] = Counter()
    plan = Counter(random.choice(ORDER[:2]) for _ in range(KILLS))  # noqa: S311 - no secret

    def replace() -> None:
        for what in ORDER:
            killed[what] = replaced(env, what, tmp_path / "rotation.log", plan[what])

    with serving(env, tmp_path) as served:
        visits = visited(served, cookie, replace)
    assert not visits.wrong, (visits.wrong[:5], len(visits.wrong))
    _all_opens(settings, engine)
    print(f"{visits.answered.total()} requests, {killed.total()} kills")  # noqa: T201 - of a long run
    engine.dispose()


def _all_opens(settings: Settings, engine: Engine) -> None:
    """Everything opens with the current keys, and each number is one person."""
    vault = vault_of(settings)
    assert all(vault.key(purpose).id != "1" for purpose in Purpose)
    assert opened(engine, vault)["persons.cpr_sealed"]
    assert sum(left(engine, vault, one) for one in sealed_columns()) == 0
    numbers = opened(engine, vault)["persons.cpr_sealed"]
    assert len(numbers) == len(set(numbers))
    with Session(engine) as session:
        rows = stored(session)
        assert {row.kek for row in rows} == {SECOND.id}
        assert [row.state for row in rows if row.purpose is Purpose.LOOKUP] == [State.CURRENT]
        known = persons_with_cprs(session, vault, dict.fromkeys(numbers), NOW)
        assert len(set(known.values())) == len(numbers)
        assert session.scalar(select(func.count()).select_from(Person)) == len(numbers)
