"""Who looked at what is written down even when the page fails."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.audit import actions
from portal.audit.models import AuditEntry
from portal.audit.queries import views_of
from portal.audit.words import Act, Actor, Entry
from portal.db import Base, engine_for
from tests.vaults import vault_with

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

pytestmark = pytest.mark.stored
NOW = datetime(2026, 2, 16, 9, 30, tzinfo=UTC)
VAULT = vault_with()
CASE, ACCOUNT = uuid4(), uuid4()
VIEW = Entry(NOW, Act.CASE_VIEWED, Actor.CITIZEN, ACCOUNT, "complainant", CASE, "citizen.case")


@pytest.fixture
def engine(database_url: str, tmp_path: Path) -> Iterator[Engine]:
    made = engine_for(database_url)
    actions.keep(made, VAULT, tmp_path)
    Base.metadata.create_all(made, tables=[Base.metadata.tables["audit_entries"]])
    yield made
    made.dispose()


def record(engine: Engine, entry: Entry) -> None:
    with engine.begin() as connection:
        actions.record(connection, entry)


def test_an_entry_outlives_the_page_that_failed(engine: Engine) -> None:
    with Session(engine) as request:
        assert request.scalar(select(func.count()).select_from(AuditEntry)) == 0
        record(engine, VIEW)
        request.rollback()
    with Session(engine) as later:
        assert len(views_of(later, [CASE], 1, 9).entries) == 1


def test_an_entry_is_kept_as_it_was_written(engine: Engine) -> None:
    refusal = Entry(NOW, Act.PAGE_REFUSED, Actor.NOBODY, page="staff.codes", why="not_signed_in")
    record(engine, refusal)
    with Session(engine) as session:
        row = session.scalars(select(AuditEntry)).one()
    kept = Entry(row.at, Act(row.act), Actor(row.actor), row.account_id, row.role, row.case_id,
                 row.page, row.why)  # fmt: skip
    assert kept == refusal


def test_views_of_a_case_are_told_newest_first_and_nothing_else_is(engine: Engine) -> None:
    later = Entry(NOW + timedelta(hours=1), Act.CASE_VIEWED, Actor.STAFF, ACCOUNT, None, CASE)
    for entry in (
        VIEW,
        later,
        Entry(NOW, Act.CASE_REFUSED, Actor.CITIZEN, ACCOUNT, None, CASE),
        Entry(NOW, Act.CASE_VIEWED, Actor.CITIZEN, ACCOUNT, "party", uuid4()),
    ):
        record(engine, entry)
    with Session(engine) as session:
        found = views_of(session, [CASE], 1, 9).entries
    assert [(view.at, view.actor, view.role) for view in found] == [
        (later.at, Actor.STAFF, None),
        (NOW, Actor.CITIZEN, "complainant"),
    ]


def test_a_long_list_has_pages(engine: Engine) -> None:
    for minute in range(7):
        record(engine, replace(VIEW, at=NOW + timedelta(minutes=minute)))
    with Session(engine) as session:
        first, last, beyond = (views_of(session, [CASE], page, 3) for page in (1, 3, 99))
    assert [entry.at.minute for entry in first.entries] == [36, 35, 34]
    assert (first.page, first.total) == (1, 7)
    assert [entry.at for entry in last.entries] == [NOW]
    assert beyond == last


def test_nobody_has_looked(engine: Engine) -> None:
    with Session(engine) as session:
        assert views_of(session, [CASE], 2, 3) == views_of(session, [], 1, 3) == ([], 1, 0)


def test_what_told_of_a_case_is_told_with_its_reason(engine: Engine) -> None:
    listed = Entry(NOW, Act.CASE_LISTED, Actor.MACHINE, None, "complainant", CASE, "api.overview")
    searched = Entry(NOW, Act.LOG_SEARCHED, Actor.STAFF, ACCOUNT, None, CASE, why="asked: x")
    record(engine, listed)
    record(engine, searched)
    with Session(engine) as session:
        assert views_of(session, [CASE], 1, 9).entries == [searched, listed]
