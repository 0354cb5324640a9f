"""A chain is in one hand at a time, and no entry joins it that was not kept."""

from __future__ import annotations

import contextlib
import math
import os
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from portal.audit.actions import record
from portal.audit.models import AuditEntry
from portal.audit.words import LogNotKept
from portal.db import engine_for, standing_alone
from portal.settings import Key
from portal.vault import Purpose, Vault
from tests.rooms.audit.conftest import NOW, Log, entry, log_on

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


pytestmark = pytest.mark.stored


def stored(log: Log) -> list[tuple[str, list[int]]]:
    """Each chain, by its first entry, with its numbers."""
    found: dict[str, list[int]] = {}
    with Session(log.engine) as session:
        for row in session.scalars(select(AuditEntry).order_by(AuditEntry.id)):
            found.setdefault(row.chain.hex, []).append(row.number)
    return list(found.items())


def numbers(log: Log) -> list[list[int]]:
    return [told for _, told in stored(log)]


def test_entries_one_after_the_other_stand_in_one_chain(log: Log) -> None:
    log.write(*map(entry, range(5)))
    assert numbers(log) == [[1, 2, 3, 4, 5]]
    assert log.checked().findings == []
    assert log.checked().entries == 5


def test_nothing_is_written_where_nobody_keeps_the_log(log: Log, database_url: str) -> None:
    other = engine_for(database_url)
    with pytest.raises(LogNotKept), other.begin() as connection:
        record(connection, entry(1))
    other.dispose()
    assert numbers(log) == []


def test_a_statement_that_stands_alone_is_kept_at_once(log: Log) -> None:
    with Session(standing_alone(log.engine)) as session:
        record(session.connection(), entry(1))
        record(session.connection(), entry(2))
        if log.engine.dialect.name == "sqlite":
            session.commit()
        else:
            session.rollback()
    log.write(entry(3))
    assert numbers(log) == [[1, 2, 3]]
    assert log.checked().findings == []


def test_what_is_rolled_back_leaves_no_gap(log: Log) -> None:
    log.write(entry(1))
    with Session(log.engine) as session:
        record(session.connection(), entry(2))
        record(session.connection(), entry(3))
        session.rollback()
        record(session.connection(), entry(4))
        session.commit()
    with contextlib.suppress(ZeroDivisionError), log.engine.begin() as connection:
        record(connection, entry(5))
        raise ZeroDivisionError
    log.write(entry(6))
    assert numbers(log) == [[1, 2, 3]]
    assert log.checked().findings == []


def test_what_is_rolled_back_to_a_savepoint_ends_the_chain(log: Log) -> None:
    with Session(log.engine) as session:
        record(session.connection(), entry(1))
        with contextlib.suppress(ZeroDivisionError), session.begin_nested():
            record(session.connection(), entry(2))
            raise ZeroDivisionError
        session.commit()
    log.write(entry(3), entry(4))
    assert numbers(log) == [[1], [1, 2]]
    assert log.checked().findings == []


def test_a_transaction_and_a_look_in_its_midst_use_two_chains(
    postgres_url: str, tmp_path: Path
) -> None:
    """SQLite has one writer at a time."""
    log = log_on(postgres_url, tmp_path)
    with Session(log.engine) as session:
        record(session.connection(), entry(1))
        log.write(entry(2), entry(3))
        session.commit()
    log.write(entry(4))
    assert sorted(map(len, numbers(log))) == [2, 2]
    assert log.checked().findings == []
    log.engine.dispose()


def test_each_day_has_chains_of_its_own(log: Log) -> None:
    midnight = NOW.replace(hour=22, minute=59, second=58)  # 23:59:58 in Copenhagen
    log.write(*(entry(number, midnight) for number in range(4)))
    with Session(log.engine) as session:
        for number in range(4):
            record(session.connection(), entry(number, midnight))
        session.commit()
    assert numbers(log) == [[1, 2]] * 4
    assert log.checked().findings == []


def test_a_clock_that_is_set_back_does_no_harm(log: Log) -> None:
    log.write(entry(1), entry(2, NOW - timedelta(hours=1)), entry(3, NOW - timedelta(days=1)))
    log.write(entry(4))
    assert log.checked().findings == []


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("kind", [OperationalError, KeyboardInterrupt])
def test_a_commit_of_which_nobody_knows_ends_the_chain(
    log: Log, monkeypatch: pytest.MonkeyPatch, moment: str, kind: type[BaseException]
) -> None:
    """The line breaks as the commit goes out, or as its answer comes back."""
    log.write(entry(1))
    real = log.engine.dialect.do_commit
    cause = log.engine.dialect.loaded_dbapi.OperationalError if kind is OperationalError else kind

    def broken(connection: object) -> None:
        if moment == "after":
            real(connection)  # type: ignore[arg-type]  # as the dialect takes it
        raise cause

    monkeypatch.setattr(log.engine.dialect, "do_commit", broken)
    with pytest.raises(kind):
        log.write(entry(2))
    monkeypatch.undo()
    log.write(entry(3), entry(4))
    told = [[1, 2], [1, 2]] if moment == "after" else [[1], [1, 2]]
    assert numbers(log) == told
    assert log.checked().findings == []


def test_an_insert_of_which_nobody_knows_ends_the_chain(log: Log) -> None:
    log.write(entry(1))

    def broken(*_values: object) -> None:
        raise KeyboardInterrupt

    alone = standing_alone(log.engine)
    event.listen(log.engine, "after_cursor_execute", broken)
    with pytest.raises(KeyboardInterrupt), alone.connect() as connection:
        record(connection, entry(2))
    event.remove(log.engine, "after_cursor_execute", broken)
    log.write(entry(3))
    assert numbers(log)[-1] == [1]
    assert log.checked().findings == []


def test_a_database_that_drops_what_it_is_told_is_noticed(log: Log) -> None:
    sqlite = log.engine.dialect.name == "sqlite"
    if sqlite:
        log.run(
            "CREATE TRIGGER lost BEFORE INSERT ON audit_entries BEGIN SELECT RAISE(IGNORE); END"
        )
    else:
        log.run("CREATE FUNCTION lost() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RETURN NULL; END $$")  # fmt: skip
        log.run("CREATE TRIGGER lost BEFORE INSERT ON audit_entries "
                "FOR EACH ROW EXECUTE FUNCTION lost()")  # fmt: skip
    with pytest.raises(LogNotKept):
        log.write(entry(1))


def test_many_threads_keep_many_chains_and_lose_nothing(log: Log) -> None:
    failed: list[BaseException] = []

    def work(first: int) -> None:
        try:
            for number in range(first, first + 25):
                log.write(entry(number))
        except OperationalError as error:  # pragma: no cover - shown by the assertion
            failed.append(error)

    threads = [threading.Thread(target=work, args=(100 * number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sum(map(len, numbers(log))) == 150
    assert len(numbers(log)) <= 6
    assert log.checked().findings == []


def in_a_child(work: Callable[[], None]) -> int:
    """The exit status of a forked process that does the work."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001 - a child must not come back into pytest
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_forked_process_begins_chains_of_its_own(log: Log, database_url: str) -> None:
    log.write(entry(1), entry(2))

    def work() -> None:
        log.engine.dispose(close=False)
        log.write(entry(3), entry(4))

    assert in_a_child(work) == 0
    log.write(entry(5))
    assert sorted(numbers(log)) == [[1, 2], [1, 2, 3]]
    assert log.checked().findings == []


def test_a_lock_that_is_held_at_the_fork_stops_no_child(log: Log) -> None:
    log.write(entry(1))

    def work() -> None:
        log.engine.dispose(close=False)
        log.write(entry(2))

    with log.keeper._lock, log.keeper.anchors._lock:
        assert in_a_child(work) == 0
    assert log.checked().findings == []


def turned(vault: Vault) -> Vault:
    """A vault after a rotation: the old key is known, the new one is current."""
    ring = {Purpose.AUDIT: (Key("e", b"e" * 32), *vault.known(Purpose.AUDIT))}
    return Vault(lambda: ring, math.inf)


def test_another_key_begins_another_chain(log: Log) -> None:
    log.write(entry(1))
    old = log.keeper._vault
    log.keeper._vault = turned(old)
    log.write(entry(2), entry(3))
    assert numbers(log) == [[1], [1, 2]]
    assert log.checked(log.keeper._vault).findings == []
    found = {str(finding.fault) for finding in log.checked(old).findings}
    assert found == {"unknown_key", "false_anchor"}


def test_the_database_itself_refuses_to_change_an_entry(log: Log) -> None:
    log.write(entry(1), entry(2))
    statements = ["UPDATE audit_entries SET why = 'x'", "DELETE FROM audit_entries WHERE id = 1"]
    if log.engine.dialect.name == "postgresql":
        statements.append("TRUNCATE audit_entries")
    for statement in statements:
        with pytest.raises(Exception, match="never changed"):
            log.run(statement)
    with Session(log.engine) as session:
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == 2
