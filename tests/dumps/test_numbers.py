"""Who has taken the databases and Redis, but no key, recovers no CPR number.

INDBLIK_NUMBERS sets of how many people; in the suite there are few.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from redis import Redis
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.answers.models import Store
from portal.answers.queries import store
from portal.app import create_app
from portal.cli.database import rooms
from portal.cli.house import vault_of
from portal.cli.keys import initialised
from portal.db import engine_for
from portal.feed.actions import accept
from portal.identity.actions import sign_in_citizen
from portal.identity.models import Account, Person
from portal.identity.rules import about_cpr
from portal.identity.words import CitizenClaims, Loa
from portal.pages.sessions import SIGNED_IN_AT
from portal.quarantine.actions import take_in
from portal.quarantine.words import Door
from portal.settings import read
from portal.vault import LOOKUP_DOMAIN, Purpose
from tests.cli.conftest import environment
from tests.cli.test_keys import FIRST, kek
from tests.dumps.copies import Copy, of_database, of_redis
from tests.dumps.searching import KEYED, candidates, hashed, keyed, opened, plain, salted
from tests.rooms.feed.examples import told

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from portal.settings import Settings
    from portal.vault import Vault

NUMBERS = int(os.environ.get("INDBLIK_NUMBERS", "60"))
FEW = 1000
SALTED = 40  # people whose rows are searched with all numbers of these: each costs all the others
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
PERSONAL = {"persons", "accounts", "case_events", "case_parties", "cases", "audit_entries",
            "quarantine"}  # fmt: skip


def numbers(count: int) -> list[str]:
    """Invented numbers from all of the space: their days have 60 added."""
    dice = random.Random(count)  # noqa: S311 - no secret
    made: set[str] = set()
    while len(made) < count:
        day, month, year = dice.randrange(61, 92), dice.randrange(1, 13), dice.randrange(100)
        made.add(f"{day:02}{month:02}{year:02}{dice.randrange(10_000):04}")
    return sorted(made)


def told_of(cprs: list[str], engine: Engine, vault: Vault) -> None:
    """People come in by every way that a number has in."""
    for start in range(0, len(cprs), 500):
        part = cprs[start : start + 500]
        records = [
            told("party-added", {"cpr": cpr, "role": "complainant", "note": f"CPR {cpr}"},
                 id=f"p-{cpr[::-1]}"[:6] + str(start + place), subject=f"c-{start + place}")
            for place, cpr in enumerate(part)
        ]  # fmt: skip
        broken = [told("decided", {"outcome": None, "cpr": cpr}, id=f"b-{start + place}")
                  for place, cpr in enumerate(part[:50])]  # fmt: skip
        with Session(engine.execution_options(writes=True)) as session:
            accept(session, vault, records, NOW)
            take_in(session, vault, broken, NOW, Door.FILE, range(len(broken)))
            for place, cpr in enumerate(part[:100]):
                claims = CitizenClaims("https://idp.example", f"s{start + place}",
                                       Loa.SUBSTANTIAL, cpr, f"Person {cpr}")  # fmt: skip
                sign_in_citizen(session, vault, claims, NOW)
            session.commit()


def signed_in(settings: Settings, engine: Engine) -> None:
    """Their sessions are in Redis, with what the pages keep there."""
    app = create_app(settings)
    with Session(engine) as session:
        accounts = session.scalars(select(Account.id).limit(20)).all()
    for account in accounts:
        client = app.test_client()
        with client.session_transaction(base_url=settings.public_url) as opened_session:
            opened_session["_user_id"] = f"citizen:{account}"
            opened_session[SIGNED_IN_AT] = int(clock.now().timestamp())
        assert client.get("/sager", base_url=settings.public_url).status_code == 200
    app.extensions["engine"].dispose()


@pytest.fixture
def copy_and_numbers(
    database_url: str, tmp_path: Path, redis_url: str
) -> tuple[Copy, list[str], Vault]:
    """The copies of the portal's database, of Redis and of the answer door's database."""
    env = environment(database_url, tmp_path) | {
        "INDBLIK_KEK": kek(FIRST), "INDBLIK_REDIS_URL": redis_url
    }  # fmt: skip
    settings, engine = read(env), engine_for(database_url, 60)
    rooms().metadata.create_all(engine)
    initialised(engine, settings.keks)
    vault, cprs, copy = vault_of(settings), numbers(NUMBERS), Copy()
    told_of(cprs, engine, vault)
    signed_in(settings, engine)
    with Redis.from_url(redis_url) as redis:
        of_redis(copy, redis)
    assert copy.rows["redis"]
    of_database(copy, engine)
    answers = store(f"sqlite:///{tmp_path / 'answers.db'}")
    Store.metadata.create_all(answers)
    of_database(copy, answers)
    engine.dispose()
    answers.dispose()
    return copy, cprs, vault


@pytest.mark.stored
def test_no_number_is_recovered(
    copy_and_numbers: tuple[Copy, list[str], Vault], database_url: str
) -> None:
    copy, cprs, _ = copy_and_numbers
    keys = candidates(copy, copy.rows.keys() - PERSONAL)
    assert len(copy.rows["persons"]) == len(cprs)
    # Of many people the one function that the portal uses: each key costs a number two tries.
    names = KEYED if NUMBERS <= FEW else KEYED[:1]
    found = plain(copy, cprs) | hashed(copy, cprs) | keyed(copy, cprs, keys, names)
    found |= salted(copy, cprs[:SALTED], "persons")
    assert len(found) == 0
    engine = engine_for(database_url)
    with Session(engine) as session:
        sealed = [(row.cpr_sealed, about_cpr(row.id).encode()) for row in
                  session.scalars(select(Person).limit(50)) if row.cpr_sealed]  # fmt: skip
    assert len(sealed) >= min(50, NUMBERS)
    assert opened(sealed, keys) == 0
    engine.dispose()
    print(f"{len(cprs)} numbers, {len(keys)} candidates for keys, "  # noqa: T201 - of a long run
          f"{len(copy.pieces)} pieces: {len(found)} recovered")  # fmt: skip


def test_what_is_planted_is_found(copy_and_numbers: tuple[Copy, list[str], Vault]) -> None:
    copy, cprs, vault = copy_and_numbers
    key = vault.key(Purpose.LOOKUP).secret
    assert keyed(copy, cprs[:5], {key}) == set(cprs[:5])  # it is the key that protects them
    copy.add("planted", [f"mail to {cprs[0]} sent"])
    assert plain(copy, cprs) == {cprs[0]}
    copy.add("planted", [hashlib.sha1(cprs[1].encode()).hexdigest()])  # noqa: S324 - planted
    assert hashed(copy, cprs[:9]) == {cprs[1]}
    copy.add("settings", [b"k" * 32])
    message = LOOKUP_DOMAIN + cprs[2].encode()
    copy.add("planted", [hmac.digest(b"k" * 32, message, "sha256")[:16]])
    assert keyed(copy, cprs[:9], candidates(copy, {"settings"})) == {cprs[2]}
    salt = b"salt of a row"
    copy.add("salted", [salt, hashlib.sha256(salt + cprs[3].encode()).digest()])
    assert salted(copy, cprs[:9], "salted") == {cprs[3]}
