"""The command line. A door: it makes the session, commits, and speaks to a person at a terminal."""

from __future__ import annotations

import click

from portal.cli.answers import answers
from portal.cli.audit import audit
from portal.cli.cases import cases
from portal.cli.database import db
from portal.cli.demo import demo
from portal.cli.estimates import estimates
from portal.cli.figures import figures, organisation
from portal.cli.identity import identity
from portal.cli.keys import keys
from portal.cli.panels import panels
from portal.cli.participation import participation
from portal.cli.reconcile import reconcile
from portal.cli.retention import retention
from portal.cli.scrubbing import feedback
from portal.cli.statistics import statistics
from portal.cli.texts import texts
from portal.cli.themes import themes


@click.group()
def main() -> None:
    """Indblik: a citizen's insight into the own complaint case."""


cases.add_command(reconcile)
main.add_command(answers)
main.add_command(audit)
main.add_command(cases)
main.add_command(db)
main.add_command(demo)
main.add_command(estimates)
main.add_command(figures)
main.add_command(organisation)
main.add_command(feedback)
main.add_command(identity)
main.add_command(keys)
main.add_command(panels)
main.add_command(participation)
main.add_command(retention)
main.add_command(statistics)
main.add_command(texts)
main.add_command(themes)
