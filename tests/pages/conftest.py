"""The portal with the whole cast, on each kind of database, and people who are signed in to it."""

from __future__ import annotations

import contextlib
import re
import shutil
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from sqlalchemy import event, make_url, select
from sqlalchemy.orm import Session

from portal import clock
from portal.app import create_app
from portal.audit.models import AuditEntry
from portal.cases.models import Case
from portal.cli.keys import initialised
from portal.db import Base
from portal.identity.actions import sign_in_citizen, sign_in_staff
from portal.identity.models import StaffAccount
from portal.identity.words import CitizenClaims, Loa, StaffClaims, StaffRole
from portal.keys.queries import vault_of
from portal.pages.sessions import SIGNED_IN_AT
from portal.settings import Client, Key, Settings
from tests import cast
from tests.pages.changes_ground import laid
from tests.pages.house_style import HeldClient
from tests.servers.databases import hurry
from tests.servers.portal import LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta
    from pathlib import Path
    from uuid import UUID

    from flask.testing import FlaskClient
    from sqlalchemy import Engine

    from portal.vault import Vault
    from tests.servers.postgres import Postgres

ISSUER = "http://127.0.0.1:9"  # nobody listens there
ANSWERS = "https://svar.example"  # nor there
STAFF_ROLES = {
    "tekst": {StaffRole.TEXT_OWNER},
    "kvalitet": {StaffRole.QUALITY},
    "frigiver": {StaffRole.RELEASE},
    "inviterer": {StaffRole.PANEL},
    "koder": {StaffRole.CODER},
    "anden": {StaffRole.CODER},
    "temaejer": {StaffRole.THEME_OWNER},
    "redaktor": {StaffRole.EDITOR},
    "administrator": {StaffRole.ADMINISTRATOR},
    "databeskytter": {StaffRole.PROTECTION},
}


@dataclass(frozen=True, slots=True)
class Told:
    """What the audit log says of one act."""

    act: str
    actor: str
    account: UUID | None
    role: str | None
    case: UUID | None
    page: str | None
    why: str | None


@dataclass
class Stage:
    """A portal with people and cases."""

    app: Flask
    settings: Settings
    users: dict[str, str]  # short name to what a session keeps of the account
    cases: dict[str, UUID]  # number to key
    persons: dict[str, UUID]
    statements: list[str] = field(default_factory=list)

    @property
    def engine(self) -> Engine:
        engine: Engine = self.app.extensions["engine"]
        return engine

    def nobody(self) -> FlaskClient:
        """A browser that nobody has signed in with."""
        return self.app.test_client()

    def signed_in(self, person: str, *, ago: timedelta | None = None) -> FlaskClient:
        """A browser that this person has signed in with, as long ago as is said.

        Writes what sign-in writes, to the store that sign-in writes to.
        """
        client = self.app.test_client()
        at = clock.now() - ago if ago else clock.now()
        with client.session_transaction(base_url=self.settings.public_url) as session:
            session["_user_id"] = self.users[person]
            session[SIGNED_IN_AT] = int(at.timestamp())
        return client

    def account(self, person: str) -> str:
        return self.users[person].partition(":")[2]

    @contextlib.contextmanager
    def counted(self) -> Iterator[list[str]]:
        """The SQL statements that the app runs in the meantime, without the transactions'."""
        run: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            if not statement.startswith("BEGIN"):
                run.append(statement)

        event.listen(self.engine, "before_cursor_execute", note)
        try:
            yield run
        finally:
            event.remove(self.engine, "before_cursor_execute", note)

    @contextlib.contextmanager
    def audited(self) -> Iterator[list[Told]]:
        """What is written to the audit log in the meantime."""
        newest = select(AuditEntry.id).order_by(AuditEntry.id.desc()).limit(1)
        with Session(self.engine) as session:
            last = session.scalar(newest) or 0
        written: list[Told] = []
        yield written
        with Session(self.engine) as session:
            rows = session.scalars(select(AuditEntry).where(AuditEntry.id > last))
            written += [
                Told(r.act, r.actor, r.account_id, r.role, r.case_id, r.page, r.why) for r in rows
            ]


def token_in(page: str) -> str:
    """The form token of a page: of a form in which something is typed, where there is one."""
    found = re.findall(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return str(max(found, key=len))


def settings_for(url: str, folder: Path, key_file: Path, redis_url: str | None = None) -> Settings:
    """Settings of a portal on this database, with the same key-encryption key for every stage."""
    client = Client(ISSUER, "indblik", key_file, "simulator")
    return Settings(
        database_url=url,
        redis_url=redis_url,
        data_dir=folder,
        public_url="http://localhost",
        keks=(Key("k1", b"k" * 32),),
        citizen=client,
        staff=client,
        trusted_proxies=0,
        phone="00 00 00 00",
        phone_hours="mandag–torsdag kl. 9–15",
        answers_url=ANSWERS,
        cohorts_file=folder / "cohorts.jsonl",
        limits_file=LIMITS,
    )


def set_up(settings: Settings) -> Stage:
    """Tables, cast and accounts in an empty database, and the portal on it."""
    app = create_app(settings)
    engine: Engine = app.extensions["engine"]
    Base.metadata.create_all(engine)
    initialised(engine, settings.keks)
    vault, now = vault_of(settings), clock.now()
    cast.enter(engine, vault, now)
    cast.tell(engine, vault, cast.ODD, now)
    with Session(engine.execution_options(writes=True)) as session:
        users = _citizen_accounts(session, vault) | _staff_accounts(session, vault)
        persons = cast.person_ids(session, vault, now)
        cases = {row.subject: row.id for row in session.execute(select(Case.subject, Case.id))}
        session.commit()
    return Stage(app, settings, users, cases, persons)


def _citizen_accounts(session: Session, vault: Vault) -> dict[str, str]:
    return {
        key: f"citizen:{sign_in_citizen(session, vault, claims, clock.now()).id}"
        for key, one in cast.citizens().items()
        for claims in [CitizenClaims(ISSUER, key, Loa.SUBSTANTIAL, one.cpr, one.name)]
    }


def _staff_accounts(session: Session, vault: Vault) -> dict[str, str]:
    return {
        key: f"staff:{sign_in_staff(session, vault, claims, clock.now()).id}"
        for key, roles in STAFF_ROLES.items()
        for claims in [StaffClaims(ISSUER, key, f"Staff {key}", frozenset(roles))]
    } | {"roleless": _roleless(session)}


def _roleless(session: Session) -> str:
    """Somebody whose every role here was taken away since the sign-in."""
    account = StaffAccount(
        issuer=ISSUER, subject="roleless", roles=["canteen"], last_sign_in_at=clock.now()
    )
    session.add(account)
    session.flush()
    return f"staff:{account.id}"


@pytest.fixture(scope="session", autouse=True)
def _held() -> Iterator[None]:
    """Every client of every page test holds what it is answered to the house style."""
    Flask.test_client_class = HeldClient
    yield
    Flask.test_client_class = None


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """One database of each kind for all tests that only read."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('stage') / 'stage.db'}"
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(scope="session")
def stage(
    database: str, tmp_path_factory: pytest.TempPathFactory, key_file: Path
) -> Iterator[Stage]:
    """The portal with the whole cast, shared: nothing may be changed but the audit log."""
    made = set_up(settings_for(database, tmp_path_factory.mktemp("sessions"), key_file))
    hurry(made.engine)
    yield made
    made.engine.dispose()


def _original(url: str, folder: Path, key_file: Path) -> Stage:
    """A stage whose database nobody is connected to, so that it can be copied."""
    made = set_up(settings_for(url, folder, key_file))
    made.engine.dispose()
    return made


@pytest.fixture(scope="session")
def sqlite_original(tmp_path_factory: pytest.TempPathFactory, key_file: Path) -> Stage:
    folder = tmp_path_factory.mktemp("original")
    return _original(f"sqlite:///{folder / 'stage.db'}", folder, key_file)


@pytest.fixture(scope="session")
def postgres_original(
    postgres: Postgres, tmp_path_factory: pytest.TempPathFactory, key_file: Path
) -> Iterator[Stage]:
    name = postgres.create()
    yield _original(postgres.url(name), tmp_path_factory.mktemp("original"), key_file)
    postgres.drop(name)


@pytest.fixture
def sqlite_copy(sqlite_original: Stage, tmp_path: Path) -> tuple[Stage, str]:
    """The stage as it was made, and the address of a copy of its database."""
    copy = tmp_path / "stage.db"
    original = make_url(sqlite_original.settings.database_url).database
    assert original is not None
    shutil.copyfile(original, copy)
    return sqlite_original, f"sqlite:///{copy}"


@pytest.fixture
def postgres_copy(postgres: Postgres, postgres_original: Stage) -> Iterator[tuple[Stage, str]]:
    """The same on PostgreSQL."""
    name = postgres.create(make_url(postgres_original.settings.database_url).database)
    yield postgres_original, postgres.url(name)
    postgres.drop(name)


@pytest.fixture(params=["sqlite_copy", "postgres_copy"], ids=["sqlite", "postgresql"])
def own_stage(request: pytest.FixtureRequest, tmp_path: Path, key_file: Path) -> Iterator[Stage]:
    """The portal with the whole cast, for one test alone, which may break it."""
    original, url = request.getfixturevalue(request.param)
    settings = settings_for(url, tmp_path, key_file)
    made = replace(original, app=create_app(settings), settings=settings, statements=[])
    yield made
    made.engine.dispose()


@pytest.fixture
def ground(own_stage: Stage) -> Stage:
    """A stage with an office, themes and two closed quarters, for changes to stand on."""
    with Session(own_stage.engine.execution_options(writes=True)) as session:
        laid(session)
        session.commit()
    return own_stage
