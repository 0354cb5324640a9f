"""What has been kept long enough goes, by whole days, and is told of."""

from __future__ import annotations

import contextlib
import logging
import os
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.audit.actions import anchors, expire
from portal.audit.models import AuditEntry
from portal.audit.rules.anchors import anchor_in, public
from portal.audit.rules.keeping import first_day_kept
from portal.audit.words import Occasion
from portal.vault import Purpose
from tests.rooms.audit.conftest import Log, entry, vault

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.stored
LAST = datetime(2026, 1, 14, 22, 59, 59, tzinfo=UTC)  # a second before midnight in Copenhagen
NOW = datetime(2028, 1, 15, 9, tzinfo=UTC)


def expired(log: Log, now: datetime) -> int:
    with Session(log.engine) as session:
        count = expire(session, now)
        session.commit()
    return count


def left(log: Log) -> int:
    with Session(log.engine) as session:
        return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def test_entries_are_kept_to_the_day(log: Log) -> None:
    log.write(entry(0, LAST), entry(1, LAST), entry(2, LAST))
    assert expired(log, NOW - timedelta(days=1)) == 0
    assert left(log) == 3
    assert expired(log, NOW) == 1
    assert left(log) == 3  # and what was deleted is told
    assert log.checked().findings == []
    assert log.checked().gone_before == date(2026, 1, 15)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2028, 1, 15), date(2026, 1, 15)),
        (date(2028, 2, 29), date(2026, 3, 1)),
        (date(2026, 3, 1), date(2024, 3, 1)),
    ],
)
def test_two_years(today: date, first: date) -> None:
    assert first_day_kept(today) == first


def test_a_deletion_that_is_taken_back_leaves_all_as_it_was(log: Log) -> None:
    log.write(entry(0, LAST))
    with Session(log.engine) as session:
        assert expire(session, NOW) == 1
        session.rollback()
    assert left(log) == 1
    assert log.checked().findings == []
    assert expired(log, NOW) == 1


def test_the_guards_stand_again_afterwards(log: Log) -> None:
    log.write(entry(0, LAST), entry(1, NOW))
    with Session(log.engine) as session:
        expire(session, NOW)
        with pytest.raises(Exception, match="never changed"), session.begin_nested():
            session.execute(delete(AuditEntry))
        session.commit()
    with pytest.raises(Exception, match="never changed"):
        log.run("DELETE FROM audit_entries")


def lines(log: Log) -> list[str]:
    return [line for path in sorted(log.folder.iterdir()) for line in path.read_text().splitlines()]


def told(log: Log) -> list[tuple[int, str]]:
    found = [anchor_in(line, vault().key(Purpose.AUDIT)) for line in lines(log)]
    return [(one.link.number, str(one.why)) for one in found if one is not None]


def test_anchors_are_written_at_the_beginning_each_minute_and_at_the_end(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anchors, "EVERY_SECONDS", 0.05)
    log.write(entry(1))
    assert told(log) == [(1, "opened")]
    log.write(entry(2), entry(3))
    timer = log.keeper.anchors._timer
    assert timer is not None
    timer.join(5)
    assert told(log)[-1] == (3, "minute")
    log.keeper.anchors.write_due(Occasion.MINUTE)
    assert len(told(log)) == 2  # where nothing came nothing is written
    monkeypatch.setattr(anchors, "EVERY_SECONDS", 60)
    log.write(entry(4))
    log.engine.dispose()
    assert told(log)[-1] == (4, "ended")


def test_an_anchor_is_told_to_the_log_too(log: Log, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "indblik.audit"):
        log.write(entry(1))
    (record,) = caplog.records
    assert record.__dict__["number"] == 1
    assert "account" not in record.__dict__


def test_where_no_file_can_be_written_pages_go_on_and_the_log_is_loud(
    log: Log, caplog: pytest.LogCaptureFixture
) -> None:
    log.folder.parent.joinpath("audit").write_text("in the way")
    log.write(entry(1), entry(2))
    assert left(log) == 2
    assert [record.levelname for record in caplog.records].count("ERROR") == 1
    log.folder.unlink()
    log.keeper.anchors.write_due(Occasion.MINUTE)
    assert told(log) == [(2, "minute")]
    assert log.checked().findings == []


def test_only_the_owner_reads_anchors(log: Log) -> None:
    log.write(entry(1))
    (path,) = log.folder.iterdir()
    assert (path.stat().st_mode & 0o777, log.folder.stat().st_mode & 0o777) == (0o600, 0o700)


def test_two_keys_sign_differently() -> None:
    one, other = (public(vault(secret).key(Purpose.AUDIT)) for secret in (b"d", b"e"))
    assert one != other


def test_many_processes_write_to_one_file(log: Log) -> None:
    children = []
    for number in range(4):
        child = os.fork()
        if child == 0:
            with contextlib.suppress(BaseException):
                log.engine.dispose(close=False)
                for step in range(5):
                    log.keeper.begin_anew()
                    log.write(entry(10 * number + step))
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    assert all(anchor_in(line, vault().key(Purpose.AUDIT)) for line in lines(log))
    assert left(log) == 20
    assert log.checked().findings == []


def test_anchors_of_two_days_lie_in_two_files(log: Log, tmp_path: Path) -> None:
    log.write(entry(0, LAST), entry(1, LAST))
    names = sorted(path.name for path in (tmp_path / "audit").iterdir())
    assert names == ["anchors-2026-01-14.jsonl", "anchors-2026-01-15.jsonl"]
