"""`indblik cases import`: what it is told, what it says, and how it ends."""

from __future__ import annotations

import json
import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from portal.cli.house import CannotRun, settings_or_stop
from portal.cli.importing import taker
from portal.cli.lines import reader_from
from portal.cli.places import Places
from portal.feed.words import Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from portal.cli.importing import Taken
    from portal.cli.lines import Batch, Line, Place
    from portal.feed.words import Report

STANDARD_INPUT = Path("-")
PATTERN = "*.jsonl"
SOME_REJECTED = 1


@click.command("import")
@click.argument(
    "path", type=click.Path(path_type=Path, exists=True, readable=True, allow_dash=True)
)
@click.option("--report", type=click.File("w", encoding="utf-8", lazy=False),
              help="Write what became of each record to this file, as JSON Lines.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Say what would happen, and keep nothing.")
@click.option("--resume", is_flag=True, help="Go on where the last import of the file was left.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True,
              help="Processes that take records in. SQLite is given one.")  # fmt: skip
@click.option("--batch", type=click.IntRange(1, 10_000), default=2000, show_default=True,
              help="Records in one transaction.")  # fmt: skip
@click.pass_context
def import_(  # noqa: PLR0913 - one for each option
    context: click.Context,
    path: Path,
    report: TextIO | None,
    *,
    dry_run: bool,
    resume: bool,
    jobs: int,
    batch: int,
) -> None:
    """Take in PATH: a file of JSON Lines, each a CloudEvent, - for standard input, or a folder.

    Of a folder its *.jsonl are taken in, by name. Records that were taken in before change
    nothing; --resume spares reading them. Rejected records are kept in quarantine.

    Exit status: 0 all taken in, 1 some rejected, 2 could not run, or not to the end.
    """
    if resume and path == STANDARD_INPUT:
        message = "Standard input cannot be resumed: name a file."
        raise CannotRun(message)
    settings, files, counts = settings_or_stop(), _files(path), Counter[Result]()
    places = Places(settings.data_dir)
    with _broken_off(), taker(settings, jobs, keep=not dry_run) as taken, _bar(files) as moved:
        for file in files:
            begin = places.of(file) if resume else None
            for done, reports in _imported(file, taken, batch, begin):
                counts.update(told.result for told in reports)
                _say(file.name if len(files) > 1 else None, done.lines, reports, report)
                if not dry_run and file != STANDARD_INPUT:
                    places.keep(file, done.end)
                moved(done)
    click.echo(", ".join(f"{counts[result]} {result}" for result in Result)
               + (" (dry run: nothing was kept)" if dry_run else ""))  # fmt: skip
    context.exit(SOME_REJECTED if counts[Result.REJECTED] else 0)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(path.glob(PATTERN))
    if not found:
        message = f"{path} holds no {PATTERN}."
        raise CannotRun(message)
    return found


@contextmanager
def _broken_off() -> Iterator[None]:
    """Somebody who breaks off is told how to go on, with another status than a rejected record."""
    try:
        yield
    except KeyboardInterrupt:
        message = "Broken off. What was taken in is kept; --resume goes on from there."
        raise CannotRun(message) from None


@contextmanager
def _bar(files: Sequence[Path]) -> Iterator[Callable[[Batch], None]]:
    """Shows how far it is, to somebody at a terminal and where the size is known."""
    size = 0 if STANDARD_INPUT in files else sum(file.stat().st_size for file in files)
    hidden = not (size and sys.stderr.isatty())
    with click.progressbar(length=size, hidden=hidden, file=sys.stderr) as bar:
        yield lambda batch: bar.update(batch.size)


def _imported(
    file: Path, taken: Taken, size: int, place: Place | None
) -> Iterator[tuple[Batch, list[Report]]]:
    """Each batch of the file with what became of it, after it was committed."""
    with click.open_file(str(file), "rb") as opened:
        reader = reader_from(opened, place)
        if place and reader.place != place:
            click.echo(f"{file} is not what it was: taken in from its beginning", err=True)
        yield from taken(reader.batches(size))


def _say(
    name: str | None, lines: Sequence[Line], reports: Sequence[Report], report: TextIO | None
) -> None:
    """Tell of each rejected line, and of every line in the report."""
    where = f"{name} " if name else ""
    for line, told in zip(lines, reports, strict=True):
        if told.result is Result.REJECTED:
            click.echo(f"{where}line {line.number}: {'; '.join(map(str, told.reasons))}")
        if report:
            report.write(_as_json(name, line, told))


def _as_json(name: str | None, line: Line, told: Report) -> str:
    reasons = [
        {"code": reason.code, "field": reason.field, "text": str(reason)} for reason in told.reasons
    ]
    place = {"file": name, "line": line.number} if name else {"line": line.number}
    return json.dumps({**place, "result": told.result, "reasons": reasons}) + "\n"
