"""Commands about cases."""

from __future__ import annotations

import click


@click.group()
def cases() -> None:
    """Load cases from a feed file, and fold them anew."""
