"""Commands about the audit log: is it what was written, and how far it had come."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from sqlalchemy.orm import Session

from portal.audit import actions
from portal.audit.queries.checking import check
from portal.audit.rules.anchors import public
from portal.cli.house import CannotRun, database, settings_or_stop, vault_of
from portal.vault import Purpose

if TYPE_CHECKING:
    from portal.audit.rules.checking import Checked
    from portal.audit.words import Finding
    from portal.settings import Settings

TAMPERED = 1
WAIT_SECONDS = 3600  # for one statement: the log is long, and nobody waits for a page


@click.group()
def audit() -> None:
    """Check the log of who has looked at what, and write down how far it has come."""


@audit.command()
@click.option("--anchors", "folders", multiple=True, metavar="DIR",
              type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="Anchors that were kept elsewhere. May be given several times. "
                   "Default: those of this machine.")  # fmt: skip
@click.pass_context
def verify(context: click.Context, folders: tuple[Path, ...]) -> None:
    """Hold the whole log against its keys and its anchors.

    Exit status: 0 nothing is wrong, 1 something is, 2 could not run.
    """
    settings = settings_or_stop()
    checked = _checked(settings, folders or (settings.data_dir / actions.FOLDER,))
    _tell(checked)
    context.exit(TAMPERED if checked.findings else 0)


@audit.command()
@click.pass_context
def anchor(context: click.Context) -> None:
    """Write down where each chain ends now, if no anchor says so yet. Meant to run each night.

    Chains in which something is wrong are told of, and not written down. Anchors of chains that
    are gone by rule are deleted. Exit status as of verify.
    """
    settings = settings_or_stop()
    folder = settings.data_dir / actions.FOLDER
    checked = _checked(settings, (folder,))
    if not actions.anchor(vault_of(settings), folder, checked.heads):
        message = f"The anchors cannot be written to {folder}."
        raise CannotRun(message)
    click.echo(f"{len(checked.heads)} chains anchored")
    if checked.gone_before is not None:
        gone = actions.forget_anchors(folder, checked.gone_before)
        click.echo(f"{gone} files of older anchors deleted")
    _tell(checked)
    context.exit(TAMPERED if checked.findings else 0)


@audit.command("keys")
def keys_() -> None:
    """Print the public keys by which others can check the anchors: name, base64 (Ed25519)."""
    for key in vault_of(settings_or_stop()).known(Purpose.AUDIT):
        click.echo(f"{key.id}  {public(key)}")


def _checked(settings: Settings, folders: tuple[Path, ...]) -> Checked:
    with database(settings, WAIT_SECONDS) as engine, Session(engine) as session:
        return check(session, vault_of(settings), folders)


def _tell(checked: Checked) -> None:
    for finding in checked.findings:
        click.echo(_said(finding))
    click.echo(
        f"{checked.entries} entries in {checked.chains} chains, "
        f"{checked.loose} of them after the last anchor of their chain; "
        f"{len(checked.findings)} findings"
    )


def _said(finding: Finding) -> str:
    where = [finding.fault, f"chain {finding.chain or '-'}"]
    where += [f"number {finding.number}"] if finding.number is not None else []
    where += [f"day {finding.day}"] if finding.day else []
    return "  ".join(where)
