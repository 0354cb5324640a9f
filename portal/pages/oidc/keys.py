"""Signatures: ours for a provider to check, and a provider's for us."""

from __future__ import annotations

import hashlib
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
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
LONGEST_TOKEN = 16 * 1024
PRIVATE = re.compile(r"-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----.+?-----END \1-----", re.DOTALL)
CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

Jwks = dict[str, list[dict[str, Any]]]


class UnknownKey(Exception):  # noqa: N818 - names what is the matter
    """Signed with a key that is not among the provider's."""


@dataclass(frozen=True, slots=True)
class OwnKey:
    """A key of the portal's, and how a provider knows it."""

    key: RSAKey | ECKey
    certificate: str | None  # SHA-256 of the certificate beside it, if there is one

    @property
    def algorithm(self) -> str:
        """The one algorithm by which this key signs."""
        return _algorithm(self.key)

    def header(self, **more: str) -> dict[str, str]:
        """The header of what this key signs."""
        named = {"x5t#S256": self.certificate} if self.certificate else {}
        return {"alg": self.algorithm, "kid": self.key.thumbprint(), **named, **more}


def own_key(path: Path) -> RSAKey | ECKey:
    """The portal's private key, from a PEM file. Raises ValueError."""
    found = PRIVATE.search(path.read_text())
    for kind in (RSAKey, ECKey):
        try:
            key = kind.import_key(found[0] if found else "")
        except (ValueError, TypeError, JoseError):
            continue
        if key.is_private:
            return key
    message = "the client's key file holds no private RSA or EC key"
    raise ValueError(message)


def certificate_in(path: Path) -> str | None:
    """The SHA-256 of the certificate that stands beside a key. Raises ValueError."""
    found = CERTIFICATE.search(path.read_text())
    if found is None:
        return None
    return _encoded(x509.load_pem_x509_certificate(found[0].encode()).fingerprint(SHA256()))


def public_jwk(key: RSAKey | ECKey) -> dict[str, str | list[str]]:
    """The public half as a provider is to register it: with the name by which we sign."""
    named = {"kid": key.thumbprint(), "use": "sig", "alg": _algorithm(key)}
    return {**key.as_dict(private=False), **named}


def _algorithm(key: RSAKey | ECKey) -> str:
    return next(algorithm for algorithm, kind in KINDS.items() if kind == key.key_type)


def proof(own: OwnKey, client_id: str, audience: str, now: int) -> dict[str, str]:
    """What a form holds by which the portal proves who it is (private_key_jwt)."""
    claims = {
        "iss": client_id,
        "sub": client_id,
        "aud": audience,
        "iat": now,
        "nbf": now,
        "exp": now + ASSERTION_SECONDS,
        "jti": secrets.token_urlsafe(24),
    }
    signed = jwt.encode(own.header(typ="JWT"), claims, own.key)
    return {"client_assertion_type": ASSERTION, "client_assertion": signed}


def signed_claims(
    token: str, jwks: Jwks, types: frozenset[str] | None = None, name: str = "id_token"
) -> dict[str, Any]:
    """The claims of a provider's token, once its signature holds.

    `types` are those that its header may name; None leaves that open. Raises UnknownKey,
    ProviderWrong.
    """

    def find(signed: GuestProtocol) -> Key:
        header = signed.headers()
        if types is not None and str(header.get("typ", "JWT")).lower() not in types:
            message = f"a token of another type in the place of an {name}"
            raise ProviderWrong(message)
        return _key(jwks, header, name)

    if len(token) > LONGEST_TOKEN:
        message = f"an {name} that is too large"
        raise ProviderWrong(message)
    try:
        return jwt.decode(token, find, algorithms=list(KINDS)).claims
    except (JoseError, ValueError, TypeError, KeyError, RecursionError):
        message = f"an {name} whose signature does not hold"
        raise ProviderWrong(message) from None


def verified(token: str, jwks: Jwks, access_token: str) -> dict[str, Any]:
    """The claims of an id_token that belongs to the access token. Raises as signed_claims."""
    claims = signed_claims(token, jwks)
    half = _encoded(hashlib.sha256(access_token.encode()).digest()[:16])
    if claims.get("at_hash", half) != half:
        message = "an id_token for another access token"
        raise ProviderWrong(message)
    return claims


def _key(jwks: Jwks, header: Mapping[str, Any], name: str) -> Key:
    algorithm = header.get("alg")
    if algorithm not in KINDS:
        message = f"an {name} signed in another way than agreed"
        raise ProviderWrong(message)
    named = header.get("kid")
    fitting = [key for key in usable(jwks, algorithm) if named is None or key.get("kid") == named]
    if len(fitting) != 1:  # none, or no telling which
        raise UnknownKey
    return import_key(fitting[0])


def usable(jwks: Jwks, algorithm: str) -> list[dict[str, Any]]:
    """Those published keys that may sign so."""
    return [key for key in jwks["keys"] if _fits(key, algorithm)]


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
