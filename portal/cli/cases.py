"""Commands about cases."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, TextIO

import click
from sqlalchemy.orm import Session

from portal import clock
from portal.cases.actions import refold_many
from portal.cases.queries import ids_after
from portal.cli.house import database, settings_or_stop, vault_of
from portal.cli.lines import Line, batches, lines
from portal.cli.quarantine import quarantine
from portal.feed.queries import gaps_of, statuses
from portal.feed.words import Report, Result
from portal.quarantine.actions import take_in
from portal.quarantine.words import Door

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from sqlalchemy import Engine

    from portal.vault import Vault

BATCH = 1000  # records in one transaction
CASES = 200
SOME_REJECTED = 1
SOME_WRONG = 1


@click.group()
def cases() -> None:
    """Load cases from a feed file, and fold them anew."""


cases.add_command(quarantine)


@cases.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--report", type=click.File("w", encoding="utf-8"),
              help="Write what became of each record to this file, as JSON Lines.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Say what would happen, and keep nothing.")
@click.pass_context
def import_(
    context: click.Context, file: BinaryIO, report: TextIO | None, *, dry_run: bool
) -> None:
    """Take in FILE (- for standard input): JSON Lines, each a CloudEvent.

    Records that were taken in before change nothing, so a run that was broken off is started
    again. Rejected records are kept in quarantine.

    Exit status: 0 all taken in, 1 some rejected, 2 could not run.
    """
    settings = settings_or_stop()
    counts: Counter[Result] = Counter()
    with database(settings) as engine:
        for line, told in _imported(engine, vault_of(settings), file, keep=not dry_run):
            counts[told.result] += 1
            if told.result is Result.REJECTED:
                click.echo(f"line {line.number}: {'; '.join(map(str, told.reasons))}")
            if report:
                report.write(_as_json(line, told))
    click.echo(", ".join(f"{counts[result]} {result}" for result in Result)
               + (" (dry run: nothing was kept)" if dry_run else ""))  # fmt: skip
    context.exit(SOME_REJECTED if counts[Result.REJECTED] else 0)


def _imported(
    engine: Engine, vault: Vault, file: BinaryIO, *, keep: bool
) -> Iterator[tuple[Line, Report]]:
    """Each line with what became of it, after its batch was committed."""
    writing = engine.execution_options(writes=True)
    for batch in batches(lines(file), BATCH):
        with Session(writing) as session:
            reports = take_in(
                session,
                vault,
                [line.text for line in batch],
                clock.now(),
                Door.FILE,
                [line.number for line in batch],
            )
            if keep:
                session.commit()
        yield from zip(batch, reports, strict=True)


def _as_json(line: Line, told: Report) -> str:
    reasons = [
        {"code": reason.code, "field": reason.field, "text": str(reason)} for reason in told.reasons
    ]
    return json.dumps({"line": line.number, "result": told.result, "reasons": reasons}) + "\n"


@cases.command()
@click.pass_context
def sources(context: click.Context) -> None:
    """List who tells of cases, when each was last heard, and which numbers it has not told.

    Exit status: 0 all well, 1 somebody is silent or numbers are missing.
    """
    settings = settings_or_stop()
    wrong = False
    with database(settings) as engine, Session(engine) as session:
        for one in statuses(session, clock.now()):
            gaps = gaps_of(session, one)
            wrong = wrong or one.silent or bool(gaps)
            click.echo(f"{one.source}  heard {one.heard_at:%Y-%m-%dT%H:%MZ}"
                       + ("  silent" if one.silent else "")
                       + (f"  up to {one.sequence}" if one.sequence is not None else "")
                       + "".join(f"  missing {gap.first}-{gap.last}" for gap in gaps))  # fmt: skip
    context.exit(SOME_WRONG if wrong else 0)


@cases.command()
def rebuild() -> None:
    """Fold every case anew from its events, after the rules have changed."""
    settings = settings_or_stop()
    count = 0
    with database(settings) as engine:
        after = None
        while True:
            with Session(engine.execution_options(writes=True)) as session:
                ids = ids_after(session, after, CASES)
                refold_many(session, ids, clock.now())
                session.commit()
            if not ids:
                break
            after, count = ids[-1], count + len(ids)
    click.echo(f"{count} cases folded anew")
