"""How many people a second are given a token and hand in an answer, and what the door holds."""

from __future__ import annotations

import os
import re
import secrets
import time
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

import msgspec

from forms.answers import PREFIX
from portal import clock
from portal import settings as surroundings
from portal.blind.rules import blind, finalize, prepare, public_key
from portal.cli.database import OF_ANSWERS, upgraded
from portal.cli.participation import refreshed
from portal.db import engine_for
from portal.keys.queries import vault_of
from portal.scrubbing.queries import scrubber
from tests.bench.ground import HOST, ground, serving
from tests.bench.loading import load
from tests.bench.memory import children, memory_while
from tests.bench.stories import patterns
from tests.bench.tables import spread_of, table
from tests.bench.visitors import visitors
from tests.servers.doors import serving_door
from tests.servers.doors import surroundings as of_door

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portal.blind.words import PublicKey
    from tests.bench.ground import Database, Ground
    from tests.bench.tables import Effort, Spread
    from tests.bench.visitors import Visitor
    from tests.servers.doors import ServedDoor

CASES = 10_000
AT_ONCE = 8  # people
IN_ROUND = 120  # people
COMMENTS = 300  # in a round
FORM = "application/x-www-form-urlencoded"
SECTION = re.compile(r'<section[^>]*id="participation".*?</section>', re.DOTALL)
FIELD = r'{}="([^"]*)"'
SAYS = (
    "Jeg forstod ikke, hvorfor lægens brev ikke talte med. Det var svært at finde ud af, hvem "
    "jeg kunne ringe til, og der gik lang tid. Skriv gerne kortere, og sig hvad jeg kan gøre. "
)


class Told(msgspec.Struct):
    """What the portal answers."""

    cohort: str
    signature: str


@dataclass(frozen=True, slots=True)
class Answering:
    """Somebody on the page of their decision, whose browser has blinded a message."""

    visitor: Visitor
    csrf: str
    key: PublicKey
    prepared: bytes
    blinded: bytes
    inverse: bytes


class Measured(NamedTuple):
    pairs: list[float]  # people a second, of each round
    worked: list[float]  # milliseconds of the processor for each, of all processes
    issued: list[float]  # milliseconds of each request for a token
    handed_in: list[float]
    megabytes: float  # of all processes of the door, at its most


def run(effort: Effort) -> str:
    """Measure, and give the table back as Markdown."""
    with ground() as base:
        database, people = _portal(base)
        store = base.postgres.url(base.postgres.create())
        upgraded(store, OF_ANSWERS)
        env = of_door(store, Path(database.env["INDBLIK_COHORTS_FILE"]))
        env["INDBLIK_DOOR_PUBLIC_URL"] = "http://localhost"
        env["INDBLIK_PORTAL_URL"] = f"http://{HOST}"
        with serving(database, "wsgi:app") as port, serving_door(env, base.folder) as door:
            found = _measured(port, door, people, effort.rounds)
    return _table(found, spread_of(_scrubbed(effort.rounds)))


def _portal(base: Ground) -> tuple[Database, list[Visitor]]:
    """A portal with many decided cases, and the keys of their cohorts; who may come."""
    plain, now = base.database(), clock.now()
    file = base.folder / "cohorts.jsonl"
    env = plain.env | {
        "INDBLIK_ANSWERS_URL": "http://localhost:9",
        "INDBLIK_COHORTS_FILE": str(file),
    }
    database = replace(plain, env=env, settings=surroundings.read(env))
    vault = vault_of(database.settings)
    accounts = load(database.dsn, vault, patterns(now), CASES, now)
    engine = engine_for(database.settings.database_url, wait=60)
    refreshed(engine, vault, file, clock.day_of(now))
    engine.dispose()
    return database, visitors(database, accounts)


def _measured(port: int, door: ServedDoor, people: Sequence[Visitor], rounds: int) -> Measured:
    found = Measured([], [], [], [], 0)
    ready = (one for visitor in people if (one := _opened(port, visitor)))
    for number in range(rounds + 1):
        group = list(islice(ready, IN_ROUND))
        began, before = time.perf_counter(), _worked()
        with ThreadPoolExecutor(AT_ONCE) as threads:
            took = list(threads.map(lambda one: _answered(port, door, one), group))
        if number:  # the first one only warms up
            found.pairs.append(len(group) / (time.perf_counter() - began))
            found.worked.append((_worked() - before) * 1000 / len(group))
            found.issued.extend(issued for issued, _ in took)
            found.handed_in.extend(handed_in for _, handed_in in took)
    return found._replace(megabytes=next(iter(memory_while(door.process))))


def _scrubbed(rounds: int) -> Iterator[float]:
    """Comments a second that one process hides names in."""
    hiding = scrubber()
    for _ in range(rounds + 1):
        began = time.perf_counter()
        for number in range(COMMENTS):
            hiding.spans(f"{SAYS}{number}", "da")
        yield COMMENTS / (time.perf_counter() - began)


def _worked() -> float:
    """Seconds of the processor that all processes of this benchmark have used, people included."""
    return sum(map(_spent, [os.getpid(), *children(os.getpid())])) / os.sysconf("SC_CLK_TCK")


def _spent(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):  # it has just ended
        return 0
    return int(fields[11]) + int(fields[12])


def _ask(port: int, method: str, path: str, body: str, headers: dict[str, str]) -> tuple[int, str]:
    with closing(HTTPConnection(HOST, port, timeout=30)) as connection:
        connection.request(method, path, body, headers | {"Content-Type": FORM})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def _opened(port: int, visitor: Visitor) -> Answering | None:
    """The page of the case, and what a browser makes of it; None where nobody is asked."""
    _, page = _ask(port, "GET", f"/sager/{visitor.case}", "", {"Cookie": visitor.cookie})
    section = SECTION.search(page)
    if section is None:
        return None
    csrf, key = (
        found[1]
        for name in (r'name="csrf_token" value', "data-key")
        if (found := re.search(FIELD.format(name), section[0]))
    )
    public = public_key(b64decode(key))
    prepared = prepare(secrets.token_bytes(32))
    return Answering(visitor, csrf, public, prepared, *blind(public, prepared))


def _answered(port: int, door: ServedDoor, one: Answering) -> tuple[float, float]:
    """A token, and an answer with it; milliseconds of the two requests."""
    began = time.perf_counter()
    body = urlencode({"csrf_token": one.csrf, "blinded": _text(one.blinded)})
    path = f"/sager/{one.visitor.case}/deltagelse"
    status, answer = _ask(port, "POST", path, body, {"Cookie": one.visitor.cookie})
    issued = time.perf_counter()
    if status != 200:
        message = f"{status} {answer[:200]}"
        raise RuntimeError(message)
    told = msgspec.json.decode(answer, type=Told)
    signature = finalize(one.key, one.prepared, _bytes(told.signature), one.inverse)
    ticket = {"cohort": told.cohort, "token": _text(one.prepared), "signature": _text(signature)}
    fields = ticket | {
        "version": "2026-1", "side": "tjek", "til": "send",
        f"{PREFIX}trust": "high", f"{PREFIX}could_be_better_text": SAYS,
    }  # fmt: skip
    handed = time.perf_counter()
    door_port = int(door.address.rpartition(":")[2])
    status, answer = _ask(door_port, "POST", "/svar", urlencode(fields), {"Host": "localhost"})
    if status != 303:
        message = f"{status} {answer[:200]}"
        raise RuntimeError(message)
    return (issued - began) * 1000, (time.perf_counter() - handed) * 1000


def _text(block: bytes) -> str:
    return urlsafe_b64encode(block).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _table(found: Measured, scrubbed: Spread) -> str:
    issued, handed_in = spread_of(found.issued), spread_of(found.handed_in)
    return table(
        ["people who are given a token and hand in an answer", "figure"],
        [
            f"| a second | {spread_of(found.pairs).shown(0)} |",
            f"| ms of the processor, people's own included | {spread_of(found.worked).shown(0)} |",
            f"| ms for the token | {issued.shown(0)} |",
            f"| ms for handing in | {handed_in.shown(0)} |",
            f"| MB of the door, all processes | {found.megabytes:.0f} |",
            f"| texts of {len(SAYS)} characters scrubbed a second | {scrubbed.shown(0)} |",
        ],
    )
