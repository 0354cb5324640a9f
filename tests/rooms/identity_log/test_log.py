"""The identity log: what it holds, and that it holds it for 180 days to the second."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from portal.db import Base, engine_for
from portal.identity_log.actions import expire, noted, spend
from portal.identity_log.models import SignInAttempt, SpentToken
from portal.identity_log.queries import attempts_of
from portal.identity_log.words import KEPT, LONGEST, SIGNED_IN, Attempt, TokenReplayed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ISSUER = "https://login.example"
SECOND = timedelta(seconds=1)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = engine_for(database_url)
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


def note(engine: Engine, at: datetime, **more: str) -> None:
    told = {"outcome": SIGNED_IN, "subject": "s-1"} | more
    with engine.begin() as connection:
        noted(connection, Attempt(at, "citizen", ISSUER, **told))


def test_what_is_noted_is_found_by_the_account(engine: Engine) -> None:
    note(engine, NOW, level="HIGH", provider_session="sid", transaction="t-1")
    note(engine, NOW + SECOND, outcome="low_assurance")
    note(engine, NOW, subject="s-2")
    with Session(engine) as session:
        assert attempts_of(session, ISSUER, "s-1") == [
            Attempt(NOW + SECOND, "citizen", ISSUER, "low_assurance", "s-1"),
            Attempt(NOW, "citizen", ISSUER, SIGNED_IN, "s-1", "HIGH", "sid", "t-1"),
        ]
        assert attempts_of(session, "https://other.example", "s-1") == []


def test_what_a_provider_says_at_length_is_cut(engine: Engine) -> None:
    note(engine, NOW, provider_session="x" * 10_000, transaction="y" * 10_000)
    with Session(engine) as session:
        (kept,) = attempts_of(session, ISSUER, "s-1")
    assert (kept.provider_session, kept.transaction) == ("x" * LONGEST, "y" * LONGEST)


def test_an_attempt_is_kept_for_180_days_to_the_second(engine: Engine) -> None:
    assert timedelta(days=180) == KEPT
    for seconds in (-1, 0, 1):
        note(engine, NOW + seconds * SECOND)
    with Session(engine) as session:
        assert expire(session, NOW + KEPT - 2 * SECOND) == 0
        assert expire(session, NOW + KEPT) == 2
        session.commit()
        assert [one.at for one in attempts_of(session, ISSUER, "s-1")] == [NOW + SECOND]
        assert expire(session, NOW + KEPT) == 0


def test_no_column_leads_to_a_person_or_a_case() -> None:
    columns = {column.name for column in inspect(SignInAttempt).columns}
    assert columns == {
        "id", "at", "audience", "issuer", "outcome", "subject", "level", "provider_session",
        "transaction",
    }  # fmt: skip
    assert not any(column.foreign_keys for column in inspect(SignInAttempt).columns)


def test_a_token_is_spent_once(engine: Engine) -> None:
    with Session(engine) as session:
        spend(session, ISSUER, "j-1", NOW)
        spend(session, "https://other.example", "j-1", NOW)
        session.commit()
        with pytest.raises(TokenReplayed):
            spend(session, ISSUER, "j-1", NOW)


def test_a_token_is_spent_only_with_what_it_asked_for(engine: Engine) -> None:
    with Session(engine) as session:
        spend(session, ISSUER, "j-1", NOW)
        session.rollback()
        spend(session, ISSUER, "j-1", NOW)


def test_a_spent_token_is_forgotten_when_it_can_no_longer_be_shown(engine: Engine) -> None:
    with Session(engine) as session:
        spend(session, ISSUER, "old", NOW - SECOND)
        spend(session, ISSUER, "new", NOW)
        assert expire(session, NOW) == 0
        session.commit()
        assert list(session.scalars(select(SpentToken.jti))) == ["new"]


def test_of_two_at_the_same_moment_one_counts(engine: Engine) -> None:
    told: list[str] = []
    start = threading.Barrier(4)

    def show() -> None:
        start.wait()
        with Session(engine.execution_options(writes=True)) as session:
            try:
                spend(session, ISSUER, "j-1", NOW)
                session.commit()
                told.append("spent")
            except TokenReplayed:
                told.append("replayed")

    threads = [threading.Thread(target=show) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["replayed"] * 3 + ["spent"]
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(SpentToken)) == 1
