"""`indblik estimates refresh`: the nightly job."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal import clock
from portal.db import engine_for
from portal.estimates.models import Estimate
from tests.rooms.estimates.office import history, noon, put

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from click.testing import Result

TODAY = date(2025, 3, 15)


def test_a_night_is_counted_once_and_then_compared(
    run: Callable[..., Result], env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = engine_for(env["INDBLIK_DATABASE_URL"])
    put(engine, history())
    monkeypatch.setattr(clock, "now", lambda: noon(TODAY))
    first = run("estimates", "refresh")
    assert first.exit_code == 0, first.output
    assert first.output.startswith("2025-03-14: 1")
    assert "open cases" in first.output
    again = run("estimates", "refresh", "--night", "2025-03-14")
    assert again.exit_code == 0, again.output
    assert "the same as then; nothing was written" in again.output
    before = run("estimates", "refresh", "--night", "2025-02-14")
    assert before.exit_code == 0
    assert "was not counted at its time" in before.output
    with Session(engine) as session:
        session.execute(update(Estimate).values(closings=1))
        session.commit()
    engine.dispose()
    other = run("estimates", "refresh", "--night", "2025-03-14")
    assert other.exit_code == 1
    assert " otherwise; nothing was written" in other.output


def test_a_night_that_has_not_ended_is_not_counted(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: noon(TODAY))
    for day in (TODAY, TODAY + timedelta(9)):
        done = run("estimates", "refresh", "--night", str(day))
        assert done.exit_code == 2
        assert "has not ended" in done.output


def test_without_a_case_nothing_is_said(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: noon(TODAY))
    done = run("estimates", "refresh", "--with-history")
    assert done.exit_code == 0, done.output
    assert done.output == ("2025-03-14: 0 open cases, 0 with a range; 0 said anew, 0 closed\n")
