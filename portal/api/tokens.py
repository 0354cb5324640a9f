"""Who a machine is: OAuth 2.0 bearer tokens, signed JWTs as RFC 9068 has them."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NoReturn

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import import_key

from portal.api.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from joserfc.jwk import GuestProtocol, Key

    from portal.settings import Api

    Jwks = dict[str, Any]

KINDS = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC"}  # pinned; no key set has a say in it
CURVE = "P-256"
SMALLEST_RSA = 2048
BITS_PER_LETTER = 6  # of base64
TYPES = {"at+jwt", "application/at+jwt"}
LEEWAY = 10  # seconds that two clocks may differ
LONGEST = 8192
KEEP_SECONDS = 600.0  # that keys are believed
STALE_SECONDS = 3600.0  # that they are believed while the issuer does not answer
AGAIN_SECONDS = 30.0  # before they are asked for anew because of a key that nobody knows


class KeysUnavailable(Exception):  # noqa: N818 - names what is the matter
    """The issuer's keys cannot be had."""


@dataclass(frozen=True, slots=True)
class Machine:
    """A client that has shown a good token."""

    client: str
    scopes: frozenset[str]


class Keys:
    """The issuer's keys: fetched when needed, believed for a while."""

    def __init__(self, fetch: Callable[[], Jwks]) -> None:
        self._fetch = fetch
        self._lock = threading.Lock()
        self._keys: list[Mapping[str, Any]] = []
        self._fetched = self._tried = float("-inf")

    def fitting(self, header: Mapping[str, Any]) -> Key | None:
        """The one key that may have signed this. Raises KeysUnavailable."""
        with self._lock:
            now = time.monotonic()
            if now - self._fetched > KEEP_SECONDS:
                self._renew(now)
            key = self._find(header)
            if key is None and now - self._tried > AGAIN_SECONDS:
                self._renew(now)
                key = self._find(header)
            return key

    def _renew(self, now: float) -> None:
        if now - self._tried <= AGAIN_SECONDS and now - self._fetched <= STALE_SECONDS:
            return
        self._tried = now
        try:
            found = self._fetch().get("keys")
        except KeysUnavailable:
            if now - self._fetched > STALE_SECONDS:
                raise
            return
        if isinstance(found, list):
            self._keys = [key for key in found if isinstance(key, dict)]
            self._fetched = now

    def _find(self, header: Mapping[str, Any]) -> Key | None:
        named = header.get("kid")
        fitting = [
            key
            for key in self._keys
            if _fits(key, str(header.get("alg"))) and (named is None or key.get("kid") == named)
        ]
        return import_key(dict(fitting[0])) if len(fitting) == 1 else None


def _fits(key: Mapping[str, Any], algorithm: str) -> bool:
    """Whether a published key may sign so: its kind, its purpose and its strength."""
    kind = KINDS.get(algorithm)
    strong = (
        len(str(key.get("n", ""))) * BITS_PER_LETTER >= SMALLEST_RSA
        if kind == "RSA"
        else key.get("crv") == CURVE
    )
    return (
        strong
        and key.get("kty") == kind
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
    )


def refuse(detail: str) -> NoReturn:
    """Answer a token that is not good, as RFC 6750 has it. Raises Problem."""
    challenge = f'Bearer error="invalid_token", error_description="{detail}"'
    raise Problem(HTTPStatus.UNAUTHORIZED, "unauthorized", detail, challenge=challenge) from None


def machine(header: str | None, api: Api, keys: Keys, now: float) -> Machine:
    """Who shows this `Authorization` header. Raises Problem."""
    scheme, _, token = (header or "").partition(" ")
    if not header or scheme.lower() != "bearer":
        detail = "a bearer token is needed"
        raise Problem(HTTPStatus.UNAUTHORIZED, "unauthorized", detail, challenge="Bearer")
    if len(token) > LONGEST:
        refuse("the token is too long")
    claims = _claims(token.strip(), keys)
    wrong = _fault(claims, api, now)
    if wrong:
        refuse(wrong)
    scopes = claims.get("scope", "")
    given = scopes.split() if isinstance(scopes, str) else []
    return Machine(str(claims["client_id"]), frozenset(given))


def _claims(token: str, keys: Keys) -> dict[str, Any]:
    def find(signed: GuestProtocol) -> Key:
        header = signed.headers()
        if str(header.get("typ", "")).lower() not in TYPES:
            refuse("the token is not an access token")
        key = keys.fitting(header)
        if key is None:
            refuse("the token is signed with a key that the issuer does not publish")
        return key

    try:
        return jwt.decode(token, find, algorithms=list(KINDS)).claims
    except KeysUnavailable:
        detail = "the keys of the token's issuer cannot be had"
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, "keys-unavailable", detail) from None
    except (JoseError, ValueError, TypeError, KeyError, RecursionError):
        refuse("the token's signature does not hold")


def _fault(claims: Mapping[str, Any], api: Api, now: float) -> str | None:
    """What is wrong with the claims, if anything."""
    audience = claims.get("aud")
    named = audience if isinstance(audience, list) else [audience]
    faults = {
        "the token is of another issuer": claims.get("iss") != api.issuer,
        "the token is for another audience": api.audience not in named,
        "the token has expired": not _is_moment(claims, "exp") or claims["exp"] + LEEWAY < now,
        "the token does not say when it was issued": (
            not _is_moment(claims, "iat") or claims["iat"] - LEEWAY > now
        ),
        "the token is not valid yet": "nbf" in claims
        and (not _is_moment(claims, "nbf") or claims["nbf"] - LEEWAY > now),
        "the token names no client": not isinstance(claims.get("client_id"), str)
        or not claims["client_id"],
    }
    return next((fault for fault, there in faults.items() if there), None)


def _is_moment(claims: Mapping[str, Any], name: str) -> bool:
    value = claims.get(name)
    return isinstance(value, (int, float)) and not isinstance(value, bool)
