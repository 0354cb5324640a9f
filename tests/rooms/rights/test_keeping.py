"""`indblik retention run`: what has been kept long enough goes, to the day, and nothing else."""

from __future__ import annotations

import itertools
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from portal.audit.actions import record as note
from portal.audit.models import AuditEntry
from portal.cases.models import Case, CaseEvent, CaseParty
from portal.cases.words import Happening, Linked
from portal.cli.retention import gone, would_go
from portal.estimates.models import Estimate
from tests.rooms.rights.ground import (
    CLOSED,
    CLOSING,
    KINDS,
    LAST,
    OVER,
    case,
    count,
    noon,
    person,
    put,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result
    from sqlalchemy import Engine

NOW = "portal.clock.now"


def test_a_closed_case_goes_on_the_day_after_its_last(engine: Engine) -> None:
    who = person(engine)
    made = case(engine, who, CLOSING)
    put(engine, Estimate, case_id=made, version=1, night=CLOSED, spell=CLOSED, stage="queued",
        area="car", unit="A", age=1, move="first", level=0, closings=1, never=0.0)  # fmt: skip
    assert gone(engine, KINDS["cases"], LAST) == 0
    assert gone(engine, KINDS["cases"], OVER) == 1
    assert [count(engine, one) for one in (Case, CaseEvent, CaseParty, Estimate)] == [0] * 4
    assert gone(engine, KINDS["cases"], OVER) == 0


@pytest.mark.parametrize(
    ("more", "goes"),
    [
        ((), False),  # open
        ((CLOSING,), True),
        ((CLOSING, (Linked(case="x", kind="continues"), noon(CLOSED))), True),
        ((CLOSING, (Linked(case="x", kind="continues"), noon(date(2026, 5, 13)))), False),
    ],
)
def test_only_what_has_ended_and_is_quiet_goes(
    engine: Engine,
    more: tuple[tuple[Happening, datetime], ...],
    goes: bool,  # noqa: FBT001 - a table
) -> None:
    who = person(engine)
    case(engine, who, *more)
    assert gone(engine, KINDS["cases"], OVER) == int(goes)


def test_a_case_folded_by_older_rules_waits(engine: Engine) -> None:
    case(engine, person(engine), CLOSING)
    with engine.begin() as connection:
        connection.execute(text("UPDATE cases SET version = 0"))
    assert gone(engine, KINDS["cases"], OVER) == 0


def test_a_run_that_was_broken_off_is_gone_on_with(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = person(engine)
    for _ in range(5):
        case(engine, who, CLOSING)
    monkeypatch.setattr("portal.rights.actions.keeping.BATCH", 2)
    calls = itertools.count(1)

    def fail_at_the_second(*arguments: object) -> None:
        if next(calls) == 2:
            raise KeyboardInterrupt
        note(*arguments)  # type: ignore[arg-type]  # as it is called

    # The module has the name of its command, which stands before it in the package.
    monkeypatch.setattr(sys.modules["portal.cli.retention"], "record", fail_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        gone(engine, KINDS["cases"], OVER)
    assert count(engine, Case) == 3  # the first batch is kept, the second taken back whole
    assert gone(engine, KINDS["cases"], OVER) == 3
    assert count(engine, Case) == 0


def test_a_dry_run_counts_and_deletes_nothing(engine: Engine) -> None:
    who = person(engine)
    for _ in range(3):
        case(engine, who, CLOSING)
    assert would_go(engine, KINDS["cases"], OVER) == 3
    assert count(engine, Case) == 3
    assert count(engine, AuditEntry) == 0


def test_each_batch_is_written_down(engine: Engine) -> None:
    case(engine, person(engine), CLOSING)
    gone(engine, KINDS["cases"], OVER)
    with Session(engine) as session:
        (entry,) = session.scalars(select(AuditEntry))
    assert (entry.act, entry.actor, entry.why) == ("retention.ran", "operator", "cases 1")


def test_the_command_goes_through_all_kinds(
    run: Callable[..., Result], engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    case(engine, person(engine), CLOSING)
    monkeypatch.setattr(NOW, lambda: OVER)
    dry = run("retention", "run", "--dry-run")
    assert dry.exit_code == 0, dry.output
    assert "cases                1 would be deleted" in dry.output
    done = run("retention", "run")
    assert done.exit_code == 0, done.output
    assert "cases                1 deleted" in done.output
    assert "persons              1 deleted" in done.output  # as the case went before it
    assert "indblik participation refresh" in done.output
    assert done.output.count("\n") == len(KINDS)
    again = run("retention", "run")
    assert "cases                0 deleted" in again.output
    with Session(engine) as session:
        said = set(session.scalars(select(AuditEntry.why)))
    assert said == {"cases 1", "persons 1"}
