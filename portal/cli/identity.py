"""Commands about sign-in."""

from __future__ import annotations

import json

import click

from portal.cli.house import settings_or_stop
from portal.pages.oidc.keys import own_key, public_jwk


@click.group()
def identity() -> None:
    """Connect the portal to an OpenID provider."""


@identity.command()
@click.argument("client", type=click.Choice(["citizen", "staff"]))
def jwk(client: str) -> None:
    """Print the public key to register with the provider of CLIENT, as a JWK."""
    settings = settings_or_stop()
    chosen = settings.citizen if client == "citizen" else settings.staff
    try:
        key = own_key(chosen.key_file)
    except (OSError, ValueError):
        name = f"INDBLIK_{client.upper()}_CLIENT_KEY_FILE"
        message = f"{name} holds no private RSA or EC key"
        raise click.ClickException(message) from None
    click.echo(json.dumps(public_jwk(key), indent=2))
