"""The demonstration: the portal on this machine, with invented people and their cases."""

from __future__ import annotations

import os
from pathlib import Path

import click

from portal.cli.demo import door
from portal.cli.demo.ground import laid, loaded
from portal.cli.demo.people import citizens, employees
from portal.cli.demo.servers import check_can_serve, serve
from portal.cli.house import CannotRun
from portal.settings import LIMITS, LOOPBACK, read

HIGHEST_PORT = 65_533  # the sign-in simulator takes the next one, the answer door the one after


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="A loopback address.")
@click.option(
    "--port",
    envvar="PORT",
    type=click.IntRange(1024, HIGHEST_PORT),
    default=8000,
    show_default=True,
    help="Of the portal; the sign-in simulator and the answer door take the next two.",
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path("var/demo"),
    show_default=True,
    help="Where the demonstration keeps its keys and database.",
)
def demo(host: str, port: int, folder: Path) -> None:
    """Start portal, sign-in and answer door with invented people. For this machine only."""
    if host not in LOOPBACK - {"::1"}:  # the address is put together without brackets
        message = "The demonstration signs anybody in: it starts on 127.0.0.1 or localhost only."
        raise CannotRun(message)
    if os.environ.get("INDBLIK_PUBLIC_URL", "").startswith("https://"):
        message = "INDBLIK_PUBLIC_URL is set: this machine serves the real portal."
        raise CannotRun(message)
    check_can_serve(host, port)  # before the stories are told: that takes its time
    env = laid(folder.resolve(), host, port)
    if LIMITS in os.environ:  # who looks at every page asks more often than anybody does
        env[LIMITS] = os.environ[LIMITS]
    settings = read(env)
    loaded(settings, folder.resolve())
    at_the_door = door.environment(env, folder.resolve(), host, port)
    door.prepared(at_the_door)
    greeting = _greeting(settings.public_url, door.address(host, port))
    serve(settings, (env, at_the_door), host, port, greeting)


def _greeting(address: str, answers: str) -> str:
    shown = [
        *((one.name, one.shows) for one in citizens().values() if one.shows),
        *((f"{one.name} (staff)", one.shows) for one in employees().values()),
    ]
    width = max(len(name) for name, _ in shown)
    return "\n".join(
        (
            "",
            "Invented people, and what each one shows:",
            "",
            *(f"  {name:<{width}}  {shows}" for name, shows in shown),
            "",
            f"Citizens sign in at {address}/log-ind",
            f"Staff sign in at    {address}/medarbejder/log-ind",
            f"Answers go to       {answers}/   (from the page of a decided case)",
            "",
            f"The portal is at    {address}/   (Ctrl-C ends it)",
        )
    )
