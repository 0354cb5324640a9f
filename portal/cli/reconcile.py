"""Comparing a full extract of a case system with what the portal holds."""

from __future__ import annotations

import json
from array import array
from codecs import BOM_UTF8
from dataclasses import asdict, dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, TextIO

import click
import numpy as np
from sqlalchemy.orm import Session

from portal.cli.house import database, settings_or_stop
from portal.cli.lines import Reader
from portal.feed.queries import states_of, subjects_after
from portal.feed.rules.extract import differences, extracted
from portal.feed.words import Difference, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from portal.cli.lines import Line
    from portal.feed.rules.extract import Extracted

AT_ONCE = 500  # cases that are compared together
SOME_DIFFER = 1
# Eight bytes for each case: what was named in the extract fits in memory in any country.
Seen = dict[str, "array[int]"]


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option("--source", "sources", multiple=True,
              help="A source whose cases all stand in FILE, also if there are none.")  # fmt: skip
@click.option("--report", type=click.File("w", encoding="utf-8"),
              help="Write each difference to this file, as JSON Lines.")  # fmt: skip
@click.pass_context
def reconcile(
    context: click.Context, file: BinaryIO, sources: tuple[str, ...], report: TextIO | None
) -> None:
    """Compare FILE (- for standard input), a full extract, with the cases held here.

    FILE holds one case a line: docs/feed.md names the fields. Nothing is changed.

    Exit status: 0 no difference, 1 differences or lines that cannot be read, 2 could not run.
    """
    told = Tally(report)
    seen: Seen = {source: array("Q") for source in sources}
    with database(settings_or_stop()) as engine, Session(engine) as session:
        for batch, _, _ in Reader(file).batches(AT_ONCE):
            told.all(_compared(session, _read(batch, told), seen))
            session.rollback()  # a long read would keep the database from tidying up
        for source in sorted(seen):
            told.all(_unnamed(session, source, seen[source]))
    click.echo(f"{told.cases} cases compared, {told.wrong} differences, {told.broken} unreadable")
    context.exit(SOME_DIFFER if told.wrong or told.broken else 0)


@dataclass
class Tally:
    """What was found so far, said as it is found."""

    report: TextIO | None
    cases: int = 0
    wrong: int = 0
    broken: int = 0

    def all(self, found: Iterable[Difference]) -> None:
        for one in found:
            self.wrong += 1
            shown = " ".join((one.source, one.subject, f"{one.field}:"))
            click.echo(f"{shown} extract {_said(one.extract)}, portal {_said(one.portal)}")
            if self.report:
                self.report.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")


def _said(value: str | None) -> str:
    return "-" if value is None else value


def _read(batch: Iterable[Line], told: Tally) -> list[Extracted]:
    """The cases of these lines. A line that cannot be read is said, and keeps no other out."""
    read = []
    for line in batch:
        one = extracted(line.text.removeprefix(BOM_UTF8))
        if isinstance(one, Rejected):
            told.broken += 1
            click.echo(f"line {line.number}: {'; '.join(map(str, one.reasons))}")
        else:
            read.append(one)
    told.cases += len(read)
    return read


def _compared(session: Session, read: Iterable[Extracted], seen: Seen) -> Iterator[Difference]:
    by_source: dict[str, list[Extracted]] = {}
    for one in read:
        by_source.setdefault(one.source, []).append(one)
    for source, cases in by_source.items():
        held = states_of(session, source, [one.subject for one in cases])
        seen.setdefault(source, array("Q")).extend(_mark(one.subject) for one in cases)
        for one in cases:
            yield from differences(one, held.get(one.subject))


def _mark(subject: str) -> int:
    return int.from_bytes(blake2b(subject.encode(), digest_size=8).digest(), "big")


def _unnamed(session: Session, source: str, seen: array[int]) -> Iterator[Difference]:
    """Cases of a source that the extract does not name, or names twice."""
    marks, times = np.unique(np.frombuffer(seen, dtype=np.uint64), return_counts=True)
    named = ""
    while subjects := subjects_after(session, source, named, AT_ONCE):
        session.rollback()
        wanted = np.array([_mark(subject) for subject in subjects], dtype=np.uint64)
        places = np.searchsorted(marks, wanted)
        for subject, mark, place in zip(subjects, wanted, places, strict=True):
            here = place < len(marks) and marks[place] == mark
            if not here:
                yield Difference(source, subject, "case", "missing", "there")
            elif times[place] > 1:
                yield Difference(source, subject, "case", "twice", "there")
        named = subjects[-1]
