"""What the demonstration stands on: keys made once, settings, and a database of today."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from base64 import b64encode
from typing import TYPE_CHECKING

from joserfc.jwk import ECKey
from sqlalchemy.orm import Session

from portal import clock
from portal.cli.database import MIGRATIONS, upgraded
from portal.cli.demo import door
from portal.cli.demo.past import tell_past
from portal.cli.demo.people import HERE
from portal.cli.demo.quality import listened
from portal.cli.demo.stories import feed, heartbeats
from portal.cli.demo.voices import raised
from portal.cli.house import CannotRun, database, vault_of
from portal.cli.keys import initialised
from portal.cli.participation import refreshed
from portal.feed.actions import accept
from portal.feed.words import Result
from portal.settings import KEK, KEY_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlalchemy import Engine

    from portal.settings import Settings

CLIENTS = ("citizen", "staff")


def laid(folder: Path, host: str, port: int) -> dict[str, str]:
    """The settings as an environment. Keys and secrets are made at the first start and kept."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = _secrets(folder / "keys.json")
        for client in CLIENTS:
            _key_file(folder / f"{client}.pem")
    except (OSError, ValueError) as error:
        message = f"{folder} cannot be used: {type(error).__name__}. Remove it, or name another."
        raise CannotRun(message) from None
    issuer = f"http://{host}:{port + 1}"
    env = {
        "INDBLIK_DATABASE_URL": f"sqlite:///{folder / 'indblik.db'}",
        "INDBLIK_DATA_DIR": str(folder),
        "INDBLIK_PUBLIC_URL": f"http://{host}:{port}",
        "INDBLIK_ANSWERS_URL": door.address(host, port),
        "INDBLIK_COHORTS_FILE": str(folder / door.COHORTS),
        "INDBLIK_PHONE": "00 00 00 00",
        "INDBLIK_PHONE_HOURS": "mandag–torsdag kl. 9–15 og fredag kl. 9–14",
        **kept,
    }
    for client in CLIENTS:
        prefix = f"INDBLIK_{client.upper()}"
        env |= {
            f"{prefix}_ISSUER": issuer,
            f"{prefix}_CLIENT_ID": f"indblik-{client}",
            f"{prefix}_CLIENT_KEY_FILE": str(folder / f"{client}.pem"),
            f"{prefix}_PRESET": "simulator",
        }
    return env


def _secrets(file: Path) -> dict[str, str]:
    if not file.exists():
        made = {KEK: f"demo:{b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"}
        _write_private(file, json.dumps(made))
    kept: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return kept


def _key_file(file: Path) -> None:
    if not file.exists():
        _write_private(file, ECKey.generate_key("P-256").as_pem(private=True).decode())


def _write_private(file: Path, text: str) -> None:
    # Open to its owner alone from the first moment, and whole or not at all.
    fresh = file.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as opened:
        opened.write(text)
    fresh.replace(file)


def loaded(settings: Settings, folder: Path) -> None:
    """A database whose stories are told relative to today; kept for the rest of the day."""
    now = clock.now()
    stamp, wanted = folder / "loaded", _edition(settings, clock.day_of(now).isoformat())
    fresh = not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted
    if fresh:
        stamp.unlink(missing_ok=True)
        for file in (*folder.glob("indblik.db*"), *folder.glob(f"{door.COHORTS}*")):
            file.unlink()  # with its database a list of keys goes, too: none of them is left
        with database(settings):
            upgraded(settings.database_url)
    with database(settings) as engine:
        if fresh:
            initialised(engine, settings.keks)
        _take_in(settings, engine, feed(now) if fresh else heartbeats(now))
        if fresh:
            tell_past(engine, now)
            raised(engine, vault_of(settings), now)
            listened(engine, vault_of(settings), now)
        if settings.cohorts_file is not None:
            refreshed(engine, vault_of(settings), settings.cohorts_file, clock.day_of(now))
    if fresh:
        stamp.write_text(wanted, encoding="utf-8")


def _edition(settings: Settings, day: str) -> str:
    """What the database was made of: another day, story, table or key asks for a new one."""
    files = sorted([*HERE.glob("*.toml"), *HERE.glob("*.py"), *MIGRATIONS.glob("versions/*.py")])
    digest = hashlib.sha256(day.encode() + settings.keks[0].secret)
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _take_in(settings: Settings, engine: Engine, records: Sequence[bytes]) -> None:
    with Session(engine.execution_options(writes=True)) as session:
        reports = accept(session, vault_of(settings), records, clock.now())
        session.commit()
    rejected = [report for report in reports if report.result is Result.REJECTED]
    if rejected:
        message = f"{len(rejected)} records of the stories were rejected: {rejected[0].reasons[0]}"
        raise CannotRun(message)
