"""The command line. A door: it makes the session, commits, and speaks to a person at a terminal."""

from __future__ import annotations

from importlib import import_module

import click

# Each command, and the module here that holds it.
COMMANDS = {
    "answers": "answers",
    "audit": "audit",
    "cases": "cases",
    "db": "database",
    "demo": "demo",
    "estimates": "estimates",
    "feedback": "scrubbing",
    "figures": "figures",
    "identity": "identity",
    "keys": "keys",
    "organisation": "figures",
    "panels": "panels",
    "participation": "participation",
    "retention": "retention",
    "statistics": "statistics",
    "texts": "texts",
    "themes": "themes",
}


class Commands(click.Group):
    """Commands that are loaded when they are asked for: none waits for what another one needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click gives it
        """Their names, in order."""
        return sorted(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click gives it
        cmd_name: str,
    ) -> click.Command | None:
        """The command of this name; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        held = getattr(import_module(f"{__name__}.{COMMANDS[cmd_name]}"), cmd_name)
        return held if isinstance(held, click.Command) else None


@click.command(cls=Commands)
def main() -> None:
    """Indblik: a citizen's insight into the own complaint case."""
