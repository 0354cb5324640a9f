"""The simulator's side of OpenID Connect: code with PKCE, private_key_jwt, userinfo."""

from __future__ import annotations

import hashlib
import secrets
import time
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Any, TypeVar

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from portal.simulator.words import Asked, Granted, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from portal.simulator.words import Invented, Registered

LEVELS = {
    level: f"https://data.gov.dk/concept/core/nsis/{level.capitalize()}"
    for level in ("substantial", "high", "low")
}
SECONDS = 300  # that codes, tokens and unanswered requests last
MOST = 1000  # of each
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

T = TypeVar("T")


class Tickets(dict[str, tuple[float, T]]):
    """Things handed out under a random name, for a short while."""

    def hand_out(self, thing: T) -> str:
        """A new name for the thing."""
        now = time.monotonic()
        for name in [name for name, (until, _) in self.items() if until < now]:
            del self[name]
        while len(self) >= MOST:
            del self[next(iter(self))]
        name = secrets.token_urlsafe(32)
        self[name] = (now + SECONDS, thing)
        return name

    def redeem(self, name: str, error: str) -> T:
        """The thing, once. Raises WrongRequest with the error."""
        until, thing = self.pop(name, (0.0, None))
        if thing is None or until < time.monotonic():
            refuse(error)
        return thing


class Protocol:
    """What one simulator has been asked, and answers."""

    def __init__(self, issuer: str, clients: Iterable[Registered]) -> None:
        self.issuer = issuer
        self.clients = {client.client_id: client for client in clients}
        self.asked: Tickets[Asked] = Tickets()
        self.codes: Tickets[Granted] = Tickets()
        self.tokens: Tickets[Granted] = Tickets()
        self._key = RSAKey.generate_key(2048, auto_kid=True)

    def description(self) -> dict[str, Any]:
        """What the discovery document says."""
        endpoints = {
            "authorization_endpoint": "/authorize",
            "token_endpoint": "/token",
            "userinfo_endpoint": "/userinfo",
            "jwks_uri": "/jwks",
            "end_session_endpoint": "/end-session",
        }
        return {
            "issuer": self.issuer,
            **{name: self.issuer + path for name, path in endpoints.items()},
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "authorization_response_iss_parameter_supported": True,
        }

    def keys(self) -> dict[str, Any]:
        """The public half of the key that signs."""
        return {"keys": [{**self._key.as_dict(private=False), "use": "sig", "alg": "RS256"}]}

    def ask(self, query: Mapping[str, str]) -> Asked:
        """A right authorization request. Raises WrongRequest, naming the wrong parameter."""
        client = self.clients.get(query.get("client_id", ""))
        if client is None:
            refuse("client_id")
        fixed = {
            "redirect_uri": client.redirect_uri,
            "response_type": "code",
            "code_challenge_method": "S256",
        }
        for name, value in fixed.items():
            if query.get(name) != value:
                refuse(name)
        for name in ("state", "nonce", "code_challenge"):
            if not query.get(name):
                refuse(name)
        if "openid" not in query.get("scope", "").split():
            refuse("scope")
        return Asked(client, query["state"], query["nonce"], query["code_challenge"])

    def exchange(self, form: Mapping[str, str]) -> dict[str, Any]:
        """The tokens for a code. Raises WrongRequest with an OAuth error."""
        client = self._authenticated(form)
        if form.get("grant_type") != "authorization_code":
            refuse("unsupported_grant_type")
        granted = self.codes.redeem(form.get("code", ""), "invalid_grant")
        challenge = _challenge(form.get("code_verifier", ""))
        right = (client, client.redirect_uri, granted.asked.challenge)
        if right != (granted.asked.client, form.get("redirect_uri"), challenge):
            refuse("invalid_grant")
        return {
            "access_token": self.tokens.hand_out(granted),
            "token_type": "Bearer",
            "expires_in": SECONDS,
            "id_token": self._id_token(granted),
        }

    def _authenticated(self, form: Mapping[str, str]) -> Registered:
        """The client that has signed the assertion with its own key."""
        if form.get("client_assertion_type") == ASSERTION_TYPE:
            for client in self.clients.values():
                if self._signed_by(client, form.get("client_assertion", "")):
                    return client
        return refuse("invalid_client")

    def _signed_by(self, client: Registered, assertion: str) -> bool:
        try:
            claims = jwt.decode(assertion, client.key).claims
        except (JoseError, ValueError):
            return False
        named = (claims.get("iss"), claims.get("sub"), claims.get("aud"))
        right = named == (client.client_id, client.client_id, self.issuer)
        return right and int(claims.get("exp", 0)) >= time.time()

    def _id_token(self, granted: Granted) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": granted.person.subject,
            "aud": granted.asked.client.client_id,
            "nonce": granted.asked.nonce,
            "acr": LEVELS[granted.level],
            "auth_time": granted.at,
            "iat": now,
            "exp": now + SECONDS,
        }
        return jwt.encode({"alg": "RS256", "kid": self._key.kid}, claims, self._key)

    def userinfo(self, token: str) -> dict[str, Any]:
        """What is told about a person. Raises WrongRequest."""
        granted = self.tokens.redeem(token, "invalid_token")
        return _told(granted.person)


def public_half(pem: bytes) -> RSAKey | ECKey:
    """What a provider would be given of a client's private key. Raises ValueError."""
    private = load_pem_private_key(pem, password=None)
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    kind = ECKey if isinstance(private, EllipticCurvePrivateKey) else RSAKey
    return kind.import_key(public)


def _challenge(verifier: str) -> str:
    """The S256 challenge of a verifier (RFC 7636)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def _told(person: Invented) -> dict[str, Any]:
    told: dict[str, Any] = {"sub": person.subject, "name": person.name}
    if person.cpr:
        told["cpr"] = person.cpr
    if person.roles:
        told["roles"] = list(person.roles)
    return told
