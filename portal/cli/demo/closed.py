"""The closed figures of the invented quarters: counted once, and kept in a file.

To decide what may be shown takes longer than anybody waits for a demonstration to start. The file
is that of the answers that it was counted from; where these are others, or where it is missing,
the quarter is closed as in earnest, which takes a minute. `python -m portal.cli.demo.closed`
counts anew and writes the file.
"""

from __future__ import annotations

import hashlib
import json
import math
import tempfile
from dataclasses import astuple
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec
from sqlalchemy.orm import Session

from portal import clock
from portal.cli.demo.people import HERE
from portal.db import Base, engine_for
from portal.figures.actions import close, keep
from portal.figures.queries import answers_of, asked_in, figures_of
from portal.figures.words import Figure, QuarterFigures, Turnout
from portal.organisation.words import Unit

if TYPE_CHECKING:
    from datetime import date

    from portal.participation.words import Quarter

FILE = HERE / "closed.json"


def closed(session: Session, quarter: Quarter, today: date) -> None:
    """Close a quarter: from the file, where it is of these answers."""
    made = from_file(session, quarter)
    if made is None:
        close(session, quarter, today)
    else:
        keep(session, made, today)


def from_file(session: Session, quarter: Quarter) -> QuarterFigures | None:
    """What the file says of a quarter; None where it is of other answers."""
    told = _known().get(_stamp(session, quarter))
    return _read(quarter, told) if told else None


@lru_cache(maxsize=1)
def _known() -> dict[str, Any]:
    known: dict[str, Any] = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    return known


def _read(quarter: Quarter, told: dict[str, Any]) -> QuarterFigures:
    """A closed quarter from the file; what is hidden stands there without a figure."""
    return QuarterFigures(
        quarter,
        msgspec.convert(told["units"], tuple[Unit, ...]),
        msgspec.convert(told["turnouts"], tuple[Turnout, ...]),
        tuple(
            Figure(unit, outcome, language, measure, *(figure or (None, None)))
            for unit, outcome, language, measures in told["figures"]
            for measure, figure in measures.items()
        ),
    )


def _written(made: QuarterFigures) -> dict[str, Any]:
    """A closed quarter as the file has it."""
    figures = sorted(made.figures, key=lambda one: astuple(one)[:4])
    cells = groupby(figures, lambda one: (one.unit, one.outcome, one.language))
    return {
        "units": msgspec.to_builtins(made.units),
        "turnouts": msgspec.to_builtins(made.turnouts),
        "figures": [
            [*cell, {one.measure: None if one.n is None else [one.n, one.of] for one in held}]
            for cell, held in cells
        ],
    }


def _stamp(session: Session, quarter: Quarter) -> str:
    """What the figures of a quarter are counted from, whichever quarter it is."""
    name = f"{quarter.year}-{quarter.number}-"
    cohorts = [one.name for one in asked_in(session, quarter)]
    answers = (
        json.dumps([cohort.removeprefix(name), *more], sort_keys=True)
        for cohort, *more in answers_of(session, cohorts)
    )
    offices = (HERE / "organisation.toml").read_bytes()
    return hashlib.sha256("\n".join(sorted(answers)).encode() + offices).hexdigest()


def counted() -> dict[str, Any]:
    """The figures of all quarters, closed as in earnest."""
    from portal.cli.demo.quality import gathered, quarters  # noqa: PLC0415 - they need this module
    from portal.cli.demo.work import organised  # noqa: PLC0415 - as above
    from portal.cli.keys import initialised  # noqa: PLC0415 - for this alone
    from portal.keys.queries import reader  # noqa: PLC0415 - as above
    from portal.settings import KEY_BYTES, Key  # noqa: PLC0415 - as above
    from portal.vault import Vault  # noqa: PLC0415 - as above

    now = clock.now()
    with tempfile.TemporaryDirectory() as folder:
        url, keks = f"sqlite:///{Path(folder) / 'closed.db'}", (Key("k", bytes(KEY_BYTES)),)
        engine = engine_for(url)
        Base.metadata.create_all(engine)
        initialised(engine, keks)
        gathered(engine, Vault(reader(url, keks), math.inf), now)
        made = {}
        with Session(engine.execution_options(writes=True)) as session:
            organised(session, now)
            for quarter in quarters(clock.day_of(now)):
                close(session, quarter, clock.day_of(now))
                made[_stamp(session, quarter)] = _written(figures_of(session, quarter))
        engine.dispose()
    return made


if __name__ == "__main__":
    FILE.write_text(json.dumps(counted(), ensure_ascii=False, separators=(",", ":")), "utf-8")
    click.echo(f"{FILE.name} has been written")
