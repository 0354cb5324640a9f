"""What door, release job and database server write down: no text, no token, nobody."""

from __future__ import annotations

import subprocess
import sys
from base64 import urlsafe_b64decode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests
from sqlalchemy import text

from forms.answers import PREFIX
from portal import clock
from portal.answers.queries import store
from portal.cli.database import OF_ANSWERS, upgraded
from portal.db import engine_for
from tests.door.tickets import COHORT, Issuer
from tests.servers.doors import serving_door, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.servers.doors import ServedDoor
    from tests.servers.postgres import Postgres

INDBLIK = Path(sys.executable).with_name("indblik")
ANSWERS = 10
SAYS = "Mit nummer er 6102890102 og jeg hedder Sigrid Xylander, ring 20 30 40 50"
BROUGHT = {
    "Cookie": "session=kagen",
    "Referer": "http://localhost/sager/0b9e8f1a",
    "User-Agent": "Browseren/1",
    "X-Forwarded-For": "203.0.113.77",
    "Origin": "http://localhost",
}
NOBODY = ("6102890102", "610289", "Sigrid", "Xylander", "20 30 40 50", "ring", "kagen", "0b9e8f1a",
          "Browseren", "203.0.113.77", "very_high")  # fmt: skip


def forms_of(ticket: dict[str, str], says: str) -> dict[str, str]:
    return ticket | {
        "version": "2026-1", "side": "tjek", "til": "send",
        f"{PREFIX}trust": "very_high", f"{PREFIX}could_be_better_text": says,
    }  # fmt: skip


def secrets_of(tickets: Iterable[dict[str, str]]) -> set[str]:
    """Tokens, signatures and hashes, as they might be written."""
    found = set()
    for one in tickets:
        for value in (one["token"], one["signature"]):
            raw = urlsafe_b64decode(value + "=" * (-len(value) % 4))
            hashed = sha256(raw)
            found |= {value[:16], raw.hex()[:16], repr(raw)[2:18], hashed.hexdigest()[:16],
                      repr(hashed.digest())[2:18]}  # fmt: skip
    return found


def sent(door: ServedDoor, fields: dict[str, str]) -> int:
    return requests.post(
        f"{door.address}/svar", fields, headers=BROUGHT, timeout=30, allow_redirects=False
    ).status_code


def wrong_ways(door: ServedDoor, issuer: Issuer, spent: dict[str, str]) -> list[dict[str, str]]:
    """Everything that goes wrong; the tickets that were used for it."""
    forged = issuer.ticket() | {"signature": spent["signature"]}
    unknown = issuer.ticket() | {"cohort": "2026-4-none"}
    fresh = issuer.ticket()
    assert sent(door, forms_of(spent, SAYS)) == 409
    assert sent(door, forms_of(forged, SAYS)) == 400
    assert sent(door, forms_of(unknown, SAYS)) == 400
    assert sent(door, forms_of(fresh, SAYS * 500)) in {200, 413, 422}
    file = requests.post(f"{door.address}/svar", files={"fil": SAYS}, data=fresh, timeout=30)
    assert file.status_code == 415
    for path in (f"/svar?token={fresh['token']}", "/Sigrid-Xylander"):
        requests.get(door.address + path, headers=BROUGHT, timeout=30)
    return [forged, unknown, fresh]


@pytest.mark.stored
def test_no_log_holds_a_text_a_token_or_a_person(
    postgres: Postgres, postgres_url: str, tmp_path: Path
) -> None:
    portal_url = postgres.url(postgres.create())
    upgraded(portal_url)
    upgraded(postgres_url, OF_ANSWERS)
    issuer = Issuer(tmp_path / "cohorts.jsonl")
    issuer.publish(clock.day_of(clock.now()))
    env = surroundings(postgres_url, issuer.file)
    tickets = [issuer.ticket() for _ in range(ANSWERS + 1)]
    more = ("--log-level", "debug", "--access-logfile", "-")  # somebody wants to see everything
    with serving_door(env, tmp_path, 1, *more) as door:
        assert [sent(door, forms_of(one, SAYS)) for one in tickets[1:]] == [303] * ANSWERS
        wrong = wrong_ways(door, issuer, tickets[1])
        engine = store(postgres_url)
        with engine.begin() as connection:  # somebody else holds the pool: the server logs it
            connection.execute(text("LOCK TABLE pools"))
            assert sent(door, forms_of(tickets[0], SAYS)) == 503
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE spent RENAME TO gone"))
        assert sent(door, forms_of(tickets[0], SAYS)) == 503
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE gone RENAME TO spent"))
        engine.dispose()
    written = door.log.read_text() + _jobs(env | {"INDBLIK_DATABASE_URL": portal_url})
    written += (postgres.folder / "log").read_text(errors="replace")
    assert "canceling statement due to" in written  # the proof that it is the server's log
    assert "10 answers and 10 texts released" in written
    assert not [word for word in NOBODY if word in written]
    assert not [word for word in secrets_of([*tickets, *wrong]) if word in written]
    assert COHORT not in written


def _jobs(env: dict[str, str]) -> str:
    """What the release says: where the portal refuses a batch, and where all is well."""
    engine = engine_for(env["INDBLIK_DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE feedback_texts RENAME TO gone"))
    told = [_job(env)]
    assert "The tables are missing or old. Run `indblik db upgrade`." in told[0]
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE gone RENAME TO feedback_texts"))
    engine.dispose()
    return "".join([*told, _job(env)])


def _job(env: dict[str, str]) -> str:
    done = subprocess.run(
        [INDBLIK, "answers", "release"], env=env, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr
