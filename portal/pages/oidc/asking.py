"""The request by which a person is sent to a provider: as plain as it must be, as sealed as it may.

Where the provider's description offers it, the request is signed (RFC 9101), so that nobody on the
way can change it, and pushed (RFC 9126), so that nobody on the way can read it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from joserfc import jwt

from portal.identity.words import NEAREST
from portal.pages.oidc.keys import proof
from portal.pages.oidc.wire import ProviderDown, ProviderWrong, acceptable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.identity.words import Preset
    from portal.pages.oidc.keys import OwnKey
    from portal.pages.oidc.wire import Line
    from portal.settings import Client

PUSHED = "pushed_authorization_request_endpoint"
SIGNED_SECONDS = 300  # that a signed request is valid: somebody may press the link on the page
LONGEST_NAME = 512  # of a pushed request
FIRST_REFUSAL, FIRST_FAILURE = 400, 500
KNOWN_ERRORS = {  # RFC 6749, RFC 9101 and RFC 9126
    "invalid_request", "invalid_client", "unauthorized_client", "invalid_scope",
    "unsupported_response_type", "invalid_request_object", "invalid_redirect_uri",
}  # fmt: skip


def parameters_of(
    client: Client, preset: Preset, level: str, view: str, more: Mapping[str, str]
) -> dict[str, str]:
    """All that a provider is asked: in its own words, for this reader, at this level."""
    word = {"level": dict(preset.level_words)[level]}
    spoken = dict(preset.languages)
    language = spoken.get(view) or spoken.get(NEAREST)
    return {
        "client_id": client.client_id,
        "response_type": "code",
        "scope": " ".join(preset.scopes),
        "prompt": "login",
        "max_age": str(preset.max_age),
        **({preset.language_parameter: language} if language else {}),
        **{name: value % word for name, value in preset.parameters},
        **more,
    }


def signs(described: Mapping[str, Any], own: OwnKey) -> bool:
    """Whether the provider takes requests that our key has signed."""
    offered = (
        described.get("request_parameter_supported") is True
        or described.get("require_signed_request_object") is True
    )
    listed = described.get("request_object_signing_alg_values_supported", [own.algorithm])
    return offered and isinstance(listed, list) and own.algorithm in listed


def request_object(parameters: Mapping[str, str], own: OwnKey, issuer: str, now: int) -> str:
    """The request as the provider can check that it is ours and unchanged."""
    claims: dict[str, Any] = dict(parameters)
    claims["max_age"] = int(parameters["max_age"])
    if "claims" in parameters:  # here it is an object and no text
        claims["claims"] = json.loads(parameters["claims"])
    claims |= {
        "iss": parameters["client_id"],
        "aud": issuer,
        "iat": now,
        "nbf": now,
        "exp": now + SIGNED_SECONDS,
        "jti": secrets.token_urlsafe(24),
    }
    return jwt.encode(own.header(typ="oauth-authz-req+jwt"), claims, own.key)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: with which key, for whom the proof is made out, and when."""

    own: OwnKey
    audience: str
    now: int


def challenge_of(verifier: str) -> str:
    """What is shown of a verifier before it is (PKCE, RFC 7636, S256)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def address_of(
    line: Line, described: Mapping[str, Any], parameters: Mapping[str, str], asker: Asker
) -> str:
    """Where to send the person. Raises ProviderDown, ProviderWrong."""
    client = {"client_id": parameters["client_id"]}
    sent = dict(parameters)
    if signs(described, asker.own):
        issuer = str(described["issuer"])
        signed = request_object(parameters, asker.own, issuer, asker.now)
        sent = client | {"request": signed}
    if PUSHED in described:
        form = sent | proof(asker.own, client["client_id"], asker.audience, asker.now)
        sent = client | {"request_uri": push(line, described[PUSHED], form)}
    elif "request" in sent:  # OpenID Connect Core, 6.1: these two stand outside as well
        sent |= {name: parameters[name] for name in ("response_type", "scope")}
    start = str(described["authorization_endpoint"])
    return f"{start}{'&' if '?' in start else '?'}{urlencode(sent)}"


def push(line: Line, address: object, form: Mapping[str, str]) -> str:
    """The name that the provider gives to a request. Raises ProviderDown, ProviderWrong."""
    if not acceptable(address):
        message = "a description without addresses that may be used"
        raise ProviderWrong(message)
    answer = line.request("POST", str(address), data=dict(form), withhold_token=True)
    try:
        told = answer.json()
    except (ValueError, RecursionError):
        told = None
    if answer.status_code >= FIRST_FAILURE:
        raise ProviderDown
    if answer.status_code >= FIRST_REFUSAL:
        error = told.get("error") if isinstance(told, dict) else None
        known = error if error in KNOWN_ERRORS else "for a reason of its own"
        message = f"the pushed request was refused: {known}"
        raise ProviderWrong(message)
    name = told.get("request_uri") if isinstance(told, dict) else None
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
        message = "a pushed request without a name"
        raise ProviderWrong(message)
    return name
