"""The closed figures of the invented quarters: counted once, and kept in a file.

To decide what may be shown takes longer than anybody waits for a demonstration to start. The file
is that of the answers that it was counted from; where these are others, or where it is missing,
the quarter is closed as in earnest, which takes a minute. `python -m portal.cli.demo.closed`
counts anew and writes the file.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal import clock
from portal.cli.demo.people import HERE
from portal.db import Base, engine_for
from portal.feedback.models import FeedbackRatings
from portal.figures.actions import close
from portal.figures.models import FigureQuarter, FigureUnit, StoredFigure

if TYPE_CHECKING:
    from datetime import date

    from portal.participation.words import Quarter

FILE = HERE / "closed.json"
UNIT = ("place", "level", "code", "name", "inside", "decided", "invited", "answered")


def closed(session: Session, quarter: Quarter, today: date) -> None:
    """Close a quarter: from the file, where it is of these answers."""
    told = _known().get(_stamp(session, quarter))
    if told is None:
        close(session, quarter, today)
        return
    key = {"year": quarter.year, "number": quarter.number}
    session.execute(insert(FigureQuarter), [key | {"closed_on": today}])
    units = [key | dict(zip(UNIT, one, strict=True)) for one in told["units"]]
    session.execute(insert(FigureUnit), units)
    session.execute(insert(StoredFigure), [key | one for one in _figures(told["figures"])])


@lru_cache(maxsize=1)
def _known() -> dict[str, Any]:
    known: dict[str, Any] = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    return known


def _figures(told: list[list[Any]]) -> list[dict[str, object]]:
    """Rows of figures; what is hidden stands without a figure."""
    return [
        {
            "unit": unit,
            "outcome": outcome,
            "language": language,
            "measure": measure,
            "n": figure[0] if figure else None,
            "of": figure[1] if figure else None,
        }
        for unit, outcome, language, measures in told
        for measure, figure in measures.items()
    ]


def _stamp(session: Session, quarter: Quarter) -> str:
    """What the figures of a quarter are counted from, whichever quarter it is."""
    name = f"{quarter.year}-{quarter.number}-"
    rows = session.execute(
        select(
            FeedbackRatings.cohort,
            FeedbackRatings.lang,
            FeedbackRatings.ratings,
            FeedbackRatings.choices,
        ).where(FeedbackRatings.cohort.startswith(name))
    )
    lines = sorted(
        json.dumps([cohort.removeprefix(name), *more], sort_keys=True) for cohort, *more in rows
    )
    offices = (HERE / "organisation.toml").read_bytes()
    return hashlib.sha256("\n".join(lines).encode() + offices).hexdigest()


def _kept(session: Session, quarter: Quarter) -> dict[str, Any]:
    """A closed quarter as the file has it."""
    units = session.scalars(
        select(FigureUnit)
        .where(FigureUnit.year == quarter.year, FigureUnit.number == quarter.number)
        .order_by(FigureUnit.place)
    )
    rows = session.execute(
        select(
            StoredFigure.unit,
            StoredFigure.outcome,
            StoredFigure.language,
            StoredFigure.measure,
            StoredFigure.n,
            StoredFigure.of,
        )
        .where(StoredFigure.year == quarter.year, StoredFigure.number == quarter.number)
        .order_by(
            StoredFigure.unit, StoredFigure.outcome, StoredFigure.language, StoredFigure.measure
        )
    ).all()
    return {
        "units": [[getattr(one, name) for name in UNIT] for one in units],
        "figures": [
            [*cell, {row.measure: None if row.n is None else [row.n, row.of] for row in held}]
            for cell, held in groupby(rows, lambda row: tuple(row[:3]))
        ],
    }


def counted() -> dict[str, Any]:
    """The figures of all quarters, closed as in earnest."""
    from portal.cli.demo.quality import gathered, quarters  # noqa: PLC0415 - they need this module
    from portal.cli.demo.work import organised  # noqa: PLC0415 - as above
    from portal.settings import Key  # noqa: PLC0415 - for this alone
    from portal.vault import Vault  # noqa: PLC0415 - as above

    now = clock.now()
    with tempfile.TemporaryDirectory() as folder:
        engine = engine_for(f"sqlite:///{Path(folder) / 'closed.db'}")
        Base.metadata.create_all(engine)
        gathered(engine, Vault(Key("c", b"c" * 32), Key("d", b"d" * 32)), now)
        made = {}
        with Session(engine.execution_options(writes=True)) as session:
            organised(session, now)
            for quarter in quarters(clock.day_of(now)):
                close(session, quarter, clock.day_of(now))
                made[_stamp(session, quarter)] = _kept(session, quarter)
        engine.dispose()
    return made


if __name__ == "__main__":
    FILE.write_text(json.dumps(counted(), ensure_ascii=False, separators=(",", ":")), "utf-8")
    click.echo(f"{FILE.name} has been written")
