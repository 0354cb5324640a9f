"""What the gallery stands on: keys and a database of its own, made anew each day.

It is the demonstration's ground with some more people on it. Each act begins on it as it was made
(portal/gallery/stage.py), so nothing that a visitor does stays.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from portal import clock
from portal.cli.database import upgraded
from portal.cli.demo import door
from portal.cli.demo.ground import laid, loaded
from portal.cli.house import database
from portal.gallery.more import put_more
from portal.settings import read

if TYPE_CHECKING:
    from portal.settings import Settings

HERE = Path(__file__).parent
DATABASE = "indblik.db"
USUAL, SILENT, EMPTY = "usual", "silent", "empty"
PORT = 8000  # where none is named in the address
STAMP = "made"


def settings_of(settings: Settings) -> Settings:
    """The settings of the gallery's own stage: nothing that opens a door of the portal is in it."""
    folder = settings.data_dir / "gallery"
    at = urlsplit(settings.public_url)
    own = read(laid(folder, at.hostname or "localhost", at.port or PORT))
    return replace(
        own,
        public_url=settings.public_url,
        phone=settings.phone,
        phone_hours=settings.phone_hours,
        mail=settings.mail,
    )


def door_environment(own: Settings) -> dict[str, str]:
    """The surroundings of the stage's answer door: a folder of its own, and no key."""
    folder = own.data_dir / "door"
    folder.mkdir(mode=0o700, exist_ok=True)
    at = urlsplit(own.public_url)
    env = {
        "INDBLIK_PUBLIC_URL": own.public_url,
        "INDBLIK_PHONE": own.phone,
        "INDBLIK_PHONE_HOURS": own.phone_hours,
    }
    return door.environment(env, folder, at.hostname or "localhost", at.port or PORT)


def made(own: Settings) -> dict[str, Path]:
    """The grounds by name, each a database that nobody writes to."""
    folder = own.data_dir
    grounds = {name: folder / f"{name}.db" for name in (USUAL, SILENT, EMPTY)}
    stamp, wanted = folder / STAMP, _edition()
    if not stamp.exists() or stamp.read_text("utf-8") != wanted:
        stamp.unlink(missing_ok=True)
        _make(own, grounds)
        stamp.write_text(wanted, "utf-8")
    return grounds


def _edition() -> str:
    """Of which day and of which files the grounds are."""
    digest = hashlib.sha256(clock.day_of(clock.now()).isoformat().encode())
    house = HERE.parent
    files = (
        *HERE.rglob("*.toml"),
        *HERE.rglob("*.py"),
        *(house / "cli" / "demo").glob("*.*"),
        *(house.parent / "migrations" / "versions").glob("*.py"),
    )
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _make(own: Settings, grounds: dict[str, Path]) -> None:
    folder = own.data_dir
    for file in (*folder.glob(f"{DATABASE}*"), *folder.glob("loaded")):
        file.unlink()
    with database(own):
        upgraded(own.database_url)
    _copied(folder / DATABASE, grounds[EMPTY])
    loaded(own, folder)
    put_more(own)
    _copied(folder / DATABASE, grounds[USUAL])
    shutil.copyfile(grounds[USUAL], grounds[SILENT])
    with closing(sqlite3.connect(grounds[SILENT])) as connection, connection:
        connection.execute("UPDATE sources SET heard_at = datetime('now', '-4 days')")
    with closing(sqlite3.connect(grounds[EMPTY])) as connection, connection:
        # One process plays on all grounds, and knows one ring of keys.
        connection.execute("ATTACH ? AS usual", (str(grounds[USUAL]),))
        connection.execute("INSERT INTO vault_keys SELECT * FROM usual.vault_keys")


def _copied(source: Path, to: Path) -> None:
    to.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(to)) as other:
        one.backup(other)
