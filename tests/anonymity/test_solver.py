"""An independent solver finds nothing that is hidden, in quarters of all kinds.

`INDBLIK_QUARTERS` says how many quarters are made by chance (acceptance: 200).
"""

from __future__ import annotations

import csv
import io
import json
import os
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from portal.db import Base
from portal.figures.rules import publishing
from portal.questionnaire.queries import questionnaires
from portal.reports.rules.exporting import as_csv, plain, rows_of
from portal.suppression.rules.frames import Cells
from portal.suppression.rules.hiding import Hiding
from tests.anonymity.quarters import close
from tests.anonymity.solver import Attacker, Leak, exported, published

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portal.figures.words import QuarterFigures
    from portal.suppression.rules import Frame
    from portal.suppression.words import Cell

QUARTERS = int(os.environ.get("INDBLIK_QUARTERS", "4"))


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def attacked(figures: QuarterFigures) -> list[Leak]:
    inside = {unit.key: unit.inside for unit in figures.units}
    return Attacker(inside, published(figures)).leaks()


@pytest.mark.parametrize("seed", range(QUARTERS))
def test_nothing_hidden_can_be_known(
    session: Session, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    assert attacked(close(session, monkeypatch, seed)) == []


def test_all_that_is_asked(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    figures = close(session, monkeypatch, 3, questionnaires()[-1])
    assert len({one.measure for one in figures.figures}) > 20
    assert attacked(figures) == []


def test_files_and_machines_are_told_the_same(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = close(session, monkeypatch, 0)
    told = set(published(figures))
    rows = rows_of(figures)
    for read in (
        csv.DictReader(io.StringIO(as_csv(rows).lstrip("\ufeff"))),
        json.loads(json.dumps([plain(row) for row in rows])),
    ):
        assert set(exported(read)) == told


def primary_alone(
    frame: Frame, cells: Sequence[Cell], *, among: frozenset[str] | None = None
) -> list[frozenset[str]]:
    """What is often done: small cells are hidden, and nothing else."""
    work = Hiding(frame, Cells(cells, len(frame.counts)), together=False)
    work.begin(frozenset(cell.name for cell in cells) if among is None else among)
    return [
        frozenset(name for row in told.nonzero()[0] for name in work.cells.names[row])
        for told in work.told
    ]


def test_what_is_often_done_is_found_out(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "published", primary_alone)
    leaks = attacked(close(session, monkeypatch, 1))
    exact = [one for one in leaks if one.high - one.low < 1e-5 and not one.why.endswith("alike")]
    assert exact
    assert {one.why for one in leaks} >= {"people", "part", "rest"}
