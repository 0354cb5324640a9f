"""Logout tokens as a provider makes them, and as nobody may."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from joserfc import jwt

from portal import clock
from portal.identity.rules import LOGOUT_EVENT

if TYPE_CHECKING:
    from joserfc.jwk import ECKey

    from tests.servers.lying import Lying

AWAY = None  # a claim that is taken away


def claims(lying: Lying, **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - of any type, also wrong
    """What a right token says, with these claims changed."""
    now = int(clock.now().timestamp())
    right = {
        "iss": lying.issuer,
        "aud": "indblik",
        "iat": now,
        "exp": now + 120,
        "jti": secrets.token_urlsafe(8),
        "sub": "subject-1",
        "events": {LOGOUT_EVENT: {}},
    }
    return {name: value for name, value in (right | changed).items() if value is not AWAY}


def signed(
    lying: Lying,
    told: dict[str, Any],
    key: ECKey | None = None,
    **header: Any,  # noqa: ANN401 - as above
) -> str:
    """The token, signed by the provider or by somebody else."""
    named = {"alg": "ES256", "kid": lying.key.kid, "typ": "logout+jwt", **header}
    return jwt.encode({k: v for k, v in named.items() if v is not None}, told, key or lying.key)
