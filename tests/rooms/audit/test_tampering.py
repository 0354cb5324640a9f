"""Whatever is done to the log without its key is found.

INDBLIK_TAMPERINGS sets how often it is tampered with, over both databases together.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.audit.actions import expire, record
from portal.audit.queries.checking import check
from portal.audit.words import Occasion
from tests.rooms.audit.conftest import NOW, Log, entry, log_on, vault
from tests.rooms.audit.tamperer import COLUMNS, SAID, Tamperer, free_hand

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

pytestmark = pytest.mark.stored
TAMPERINGS = max(2, int(os.environ.get("INDBLIK_TAMPERINGS", "400")) // 2)  # on each database
DAYS, A_TURN = 3, 6


def written(log: Log) -> Iterator[None]:
    """Some days of a log in several chains, step by step, each written down outside."""
    number = 0
    for day in range(DAYS):
        for _ in range(2):
            at = NOW + timedelta(days=day)
            log.write(*(entry(number + step, at) for step in range(A_TURN)))
            with Session(log.engine) as session:  # a second chain, in hand at the same time
                record(session.connection(), entry(number, at))
                session.commit()
            number += A_TURN
            log.keeper.anchors.write_due(Occasion.MINUTE)
            yield
            log.keeper.begin_anew()  # another process


@pytest.fixture
def backups(log: Log) -> list[list[dict[str, Any]]]:
    """What the log looked like after each step but the last; now it is complete."""
    free_hand(log.engine)
    kept = []
    for _ in written(log):
        with Session(log.engine) as session:
            kept.append(Tamperer(session, random.Random(), []).rows())  # noqa: S311 - no secret
    return kept[:-1]


def lying(rows: list[dict[str, Any]]) -> Counter[str]:
    """What a reader of the table could tell apart."""
    return Counter(repr([row[name] for name in COLUMNS]) for row in rows)


def test_every_tampering_is_found(log: Log, backups: list[list[dict[str, Any]]]) -> None:
    seed = random.randrange(10**9)  # noqa: S311 - no secret
    dice, held = random.Random(seed), vault()  # noqa: S311 - no secret
    done: Counter[str] = Counter()
    assert log.checked().findings == []
    with Session(log.engine) as session:
        before = lying(Tamperer(session, dice, backups).rows())
        session.rollback()
        while done.total() < TAMPERINGS:
            attacker = Tamperer(session, dice, backups)
            what = attacker.attack()
            if lying(attacker.rows()) != before:
                assert check(session, held, [log.folder]).findings, (seed, done.total(), what)
                done[what] += 1
            session.rollback()
    assert log.checked().findings == []
    assert len(done) >= 15
    print(log.engine.dialect.name, done.total(), dict(done))  # noqa: T201 - shown by a long run


def test_values_of_the_wrong_kind_are_found(log: Log, backups: list[list[dict[str, Any]]]) -> None:
    """SQLite keeps any value in any column."""
    if log.engine.dialect.name == "postgresql":
        assert backups  # there a column keeps its kind
        return
    with Session(log.engine) as session:
        attacker = Tamperer(session, random.Random(1), backups)  # noqa: S311 - no secret
        for column in COLUMNS:
            for value in (None, "", 7, 1.5, b"\xff", "x" * 40, "2026", b"case.viewed"):
                row = attacker.rows()[3]
                attacker._set(row, **{column: value})
                changed = attacker.rows()[3][column] != row[column]
                found = check(session, vault(), [log.folder]).findings
                session.rollback()
                assert bool(found) == changed, (column, value)
            session.execute(text(f"UPDATE audit_entries SET {column} = CAST(X'ff' AS TEXT) "  # noqa: S608 - our names
                                 "WHERE number = 3"))  # fmt: skip
            assert check(session, vault(), [log.folder]).findings
            session.rollback()


def test_a_key_spelt_otherwise_would_hide_a_look_and_is_found(log: Log) -> None:
    """The page of a case asks for its key as we spell it: SQLite compares letter by letter."""
    if log.engine.dialect.name == "sqlite":
        free_hand(log.engine)
        log.write(*map(entry, range(12)))
        log.run("UPDATE audit_entries SET case_id = upper(case_id) WHERE case_id LIKE '%a'")
        assert log.faults() == {"edited"}
    else:
        log.write(entry(1))
        assert log.faults() == set()


@pytest.mark.parametrize(
    ("attack", "faults"),
    [
        ("UPDATE audit_entries SET why = 'x' WHERE number = 3", {"edited"}),
        ("DELETE FROM audit_entries WHERE number = 3", {"missing"}),
        ("DELETE FROM audit_entries WHERE number > 3", {"cut"}),
        ("DELETE FROM audit_entries", {"gone"}),
    ],
)
def test_what_is_found_is_named(log: Log, attack: str, faults: set[str]) -> None:
    free_hand(log.engine)
    log.write(*map(entry, range(5)))
    log.keeper.end()
    log.run(attack)
    assert log.faults() == faults


def test_a_log_without_any_anchor_is_not_trusted(log: Log) -> None:
    log.write(entry(1))
    for path in log.folder.iterdir():
        path.unlink()
    assert log.faults() == {"no_anchor"}


def test_an_anchor_that_is_not_ours_is_found(log: Log) -> None:
    log.write(entry(1))
    (path,) = log.folder.iterdir()
    line = path.read_text()
    for false in (line.replace('"number": 1', '"number": 2'), "{}", "[]", "x", '{"key": 1}',
                  line.replace('"key": "d"', '"key": "other"'), line[:-20], '{"key": "d"}',
                  line[: len(line) // 2], "[" * 100_000):  # fmt: skip
        path.write_text(line + false.strip() + "\n")
        assert log.faults() == {"false_anchor"}, false
    path.write_bytes(line.encode() + b"\xff\xfe\n")
    assert log.faults() == {"false_anchor"}


def test_a_backup_of_yesterday_under_a_running_portal(log: Log) -> None:
    """The process goes on where it was, on a log that no longer is."""
    free_hand(log.engine)
    log.write(*map(entry, range(4)))
    log.run("DELETE FROM audit_entries WHERE number > 2")
    log.write(entry(5))
    assert log.faults() == {"missing"}


def test_a_backup_from_before_the_first_chain_of_the_day(log: Log) -> None:
    free_hand(log.engine)
    log.write(entry(1))
    log.run("DELETE FROM audit_entries")
    log.keeper.begin_anew()
    log.write(entry(2))
    assert log.faults() == {"gone"}


def test_a_log_whose_key_was_swapped(log: Log) -> None:
    log.write(entry(1), entry(2))
    found = {str(one.fault) for one in log.checked(vault(b"x")).findings}
    assert found == {"edited", "false_anchor", "no_anchor"}


def test_what_was_deleted_by_rule_may_not_come_back(log: Log) -> None:
    free_hand(log.engine)
    log.write(entry(1), entry(2))
    with Session(log.engine) as session:
        old = Tamperer(session, random.Random(), []).rows()  # noqa: S311 - no secret
        session.rollback()
        assert expire(session, NOW + timedelta(days=3 * 365)) == 2
        session.commit()
    assert log.faults() == set()
    with Session(log.engine) as session:
        attacker = Tamperer(session, random.Random(), [old])  # noqa: S311 - no secret
        attacker._insert(old[0])
        attacker._insert(old[1])
        session.commit()
    assert log.faults() == {"returned"}


def test_nobody_can_say_that_retention_did_it(log: Log) -> None:
    free_hand(log.engine)
    log.write(entry(1), entry(2))
    log.keeper.begin_anew()
    log.write(entry(3))
    log.run("DELETE FROM audit_entries WHERE number = 2 OR why IS NULL")
    log.run("UPDATE audit_entries SET act = 'log.expired', why = '2030-01-01'")
    assert log.faults() >= {"gone"}


def test_all_that_is_said_is_held(database_url: str, tmp_path: Path) -> None:
    """Each column of what is said, by itself."""
    log = log_on(database_url, tmp_path)
    free_hand(log.engine)
    log.write(entry(1), entry(7))
    for column in SAID:
        with Session(log.engine) as session:
            attacker = Tamperer(session, random.Random(2), [])  # noqa: S311 - no secret
            one, other = attacker.rows()
            if one[column] != other[column]:
                attacker._set(one, **{column: other[column]})
                (found,) = check(session, vault(), [log.folder]).findings
                assert (found.fault, found.number) == ("edited", 1)
            session.rollback()
    log.engine.dispose()
