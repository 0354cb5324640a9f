"""Signatures: ours for a provider to check, and a provider's for us."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Any

from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey, import_key

from portal.pages.oidc.wire import ProviderWrong

if TYPE_CHECKING:
    from pathlib import Path

ALGORITHMS = {"RSA": "RS256", "EC": "ES256"}  # pinned; discovery has no say
CURVE = "P-256"
SMALLEST_RSA = 2048
ASSERTION_SECONDS = 60

Jwk = dict[str, Any]


class UnknownKey(Exception):  # noqa: N818 - names what is the matter
    """Signed with a key that is not among the provider's."""


def own_key(path: Path) -> RSAKey | ECKey:
    """The portal's private key, from a PEM file. Raises ValueError."""
    text = path.read_text()
    for kind in (RSAKey, ECKey):
        try:
            key = kind.import_key(text)
        except (ValueError, TypeError, JoseError):
            continue
        if key.is_private:
            return key
    message = "the client's key file holds no private RSA or EC key"
    raise ValueError(message)


def client_assertion(key: RSAKey | ECKey, issuer: str, now: int) -> PrivateKeyJWT:
    """How the portal proves to the provider's token endpoint who it is.

    The audience is the issuer, so that no other endpoint can pass the proof on.
    """
    return PrivateKeyJWT(
        token_endpoint=issuer,
        claims={"exp": now + ASSERTION_SECONDS},
        headers={"kid": key.thumbprint()},
        alg=ALGORITHMS[key.key_type],
    )


def verified(token: str, jwks: dict[str, Any], access_token: str) -> dict[str, Any]:
    """The claims of an id_token, once its signature holds and it belongs to the access token.

    Raises UnknownKey, ProviderWrong.
    """
    try:
        header = jwt_header(token)
        key = _key(jwks, header)
        claims = jwt.decode(token, key, algorithms=[ALGORITHMS[key.key_type]]).claims
    except (JoseError, ValueError, TypeError, KeyError):
        message = "an id_token whose signature does not hold"
        raise ProviderWrong(message) from None
    half = hashlib.sha256(access_token.encode()).digest()[:16]
    if claims.get("at_hash", _encoded(half)) != _encoded(half):
        message = "an id_token for another access token"
        raise ProviderWrong(message)
    return claims
