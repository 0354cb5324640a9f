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
    from collections.abc import Mapping
    from pathlib import Path

    from joserfc.jwk import GuestProtocol, Key

KINDS = {"RS256": "RSA", "ES256": "EC"}  # pinned; what discovery lists has no say
CURVE = "P-256"
SMALLEST_RSA = 2048
BITS_PER_LETTER = 6  # of base64
ASSERTION_SECONDS = 60

Jwks = dict[str, list[dict[str, Any]]]


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


def public_jwk(key: RSAKey | ECKey) -> dict[str, str | list[str]]:
    """The public half as a provider is to register it: with the name by which we sign."""
    named = {"kid": key.thumbprint(), "use": "sig", "alg": _algorithm(key)}
    return {**key.as_dict(private=False), **named}


def _algorithm(key: RSAKey | ECKey) -> str:
    return next(algorithm for algorithm, kind in KINDS.items() if kind == key.key_type)


def client_assertion(key: RSAKey | ECKey, issuer: str, now: int) -> PrivateKeyJWT:
    """How the portal proves to the provider's token endpoint who it is.

    The audience is the issuer, so that no other endpoint can pass the proof on.
    """
    return PrivateKeyJWT(
        token_endpoint=issuer,
        claims={"exp": now + ASSERTION_SECONDS},
        headers={"kid": key.thumbprint()},
        alg=_algorithm(key),
    )


def verified(token: str, jwks: Jwks, access_token: str) -> dict[str, Any]:
    """The claims of an id_token, once its signature holds and it belongs to the access token.

    Raises UnknownKey, ProviderWrong.
    """

    def find(signed: GuestProtocol) -> Key:
        return _key(jwks, signed.headers())

    try:
        claims = jwt.decode(token, find, algorithms=list(KINDS)).claims
    except (JoseError, ValueError, TypeError, KeyError):
        message = "an id_token whose signature does not hold"
        raise ProviderWrong(message) from None
    half = _encoded(hashlib.sha256(access_token.encode()).digest()[:16])
    if claims.get("at_hash", half) != half:
        message = "an id_token for another access token"
        raise ProviderWrong(message)
    return claims


def _key(jwks: Jwks, header: Mapping[str, Any]) -> Key:
    algorithm = header.get("alg")
    if algorithm not in KINDS:
        message = "an id_token signed in another way than agreed"
        raise ProviderWrong(message)
    named = header.get("kid")
    fitting = [
        key
        for key in jwks["keys"]
        if _fits(key, algorithm) and (named is None or key.get("kid") == named)
    ]
    if len(fitting) != 1:  # none, or no telling which
        raise UnknownKey
    return import_key(fitting[0])


def _fits(key: Mapping[str, Any], algorithm: str) -> bool:
    """Whether a published key may sign so: its kind, its purpose and its strength."""
    strong = (
        len(str(key.get("n", ""))) * BITS_PER_LETTER >= SMALLEST_RSA
        if algorithm == "RS256"
        else key.get("crv") == CURVE
    )
    return (
        strong
        and key.get("kty") == KINDS[algorithm]
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
    )


def _encoded(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")
