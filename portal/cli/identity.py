"""Commands about sign-in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from portal.cli.house import CannotRun, settings_or_stop
from portal.pages.oidc.checking import Verdict, findings
from portal.pages.oidc.keys import own_key, public_jwk
from portal.pages.oidc.provider import Provider
from portal.settings import SettingsError

if TYPE_CHECKING:
    from portal.settings import Client

BOTH = click.Choice(["citizen", "staff"])
ADDRESSES = {  # what is registered with a provider
    "citizen": ("/log-ind/retur", "/log-ind/udefra"),
    "staff": ("/medarbejder/retur", "/medarbejder/udefra"),
}
SIGNED_OUT = "/logget-ud"
WRONG, DOWN = 1, 3  # exit codes; 2 is that of settings


@click.group()
def identity() -> None:
    """Connect the portal to an OpenID provider."""


@identity.command()
@click.argument("client", type=BOTH)
def jwk(client: str) -> None:
    """Print the public keys to register with the provider of CLIENT, as a JWK set."""
    _, chosen = _chosen(client)
    try:
        keys = [public_jwk(own_key(path)) for path in chosen.key_files]
    except (OSError, ValueError):
        name = f"INDBLIK_{client.upper()}_CLIENT_KEY_FILE"
        message = f"{name} holds no private RSA or EC key"
        raise click.ClickException(message) from None
    click.echo(json.dumps({"keys": keys}, indent=2))


@identity.command()
@click.argument("client", type=BOTH)
def check(client: str) -> None:
    """Ask the provider of CLIENT whether it fits the settings. Nobody is signed in.

    Exit codes: 0 it fits, 1 something is wrong, 2 the settings cannot be read, 3 the provider
    does not answer.
    """
    public_url, chosen = _chosen(client)
    try:
        provider = Provider(chosen)
    except SettingsError as error:
        message = f"INDBLIK_{client.upper()}_{error}"
        raise CannotRun(message) from None
    back, outside = (public_url + path for path in ADDRESSES[client])
    verdicts = set()
    for finding in findings(provider, back):
        click.echo(f"{finding.verdict:>5}  {finding.text}")
        verdicts.add(finding.verdict)
    click.echo(
        f"\nTo register with the provider, beside the keys of `indblik identity jwk {client}`:"
    )
    click.echo(f"  return address      {back}")
    click.echo(f"  after signing out   {public_url}{SIGNED_OUT}")
    click.echo(f"  back-channel logout {outside} (session required)")
    code = WRONG if Verdict.WRONG in verdicts else DOWN if Verdict.DOWN in verdicts else 0
    raise click.exceptions.Exit(code)


def _chosen(client: str) -> tuple[str, Client]:
    settings = settings_or_stop()
    return settings.public_url, settings.citizen if client == "citizen" else settings.staff
