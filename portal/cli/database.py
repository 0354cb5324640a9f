"""Commands about the database."""

from __future__ import annotations

import click


@click.group()
def db() -> None:
    """Bring the database's tables up to date."""
