"""One OpenID provider as the portal meets it: where it sends people, and whom it says they are."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from authlib.integrations.base_client import OAuthError

from portal.identity.rules import check_answer, check_id_token, check_userinfo, holds_personal_data
from portal.identity.words import PRESETS, Expected, PersonalIn
from portal.pages.oidc.keys import UnknownKey, client_assertion, own_key, verified
from portal.pages.oidc.wire import Line, ProviderWrong, acceptable, within_bounds
from portal.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from portal.identity.words import Preset
    from portal.pages.oidc.keys import Jwks
    from portal.settings import Client

CACHE_SECONDS = 600.0  # how long a provider's description and keys are believed
DISCOVERY = "/.well-known/openid-configuration"
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
PROMISE = "authorization_response_iss_parameter_supported"
TOKEN_ERRORS = {  # RFC 6749, section 5.2
    "invalid_request",
    "invalid_client",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
}
SPENT_CODE = "invalid_grant"


class CodeSpent(Exception):  # noqa: N818 - names what happened
    """The provider no longer knows the code: used, or too old. Starting again helps."""


@dataclass(frozen=True, slots=True)
class Start:
    """A sign-in that begins: where to send the person, and what to keep until the return."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider vouched for, checked. Held for one request and never kept."""

    id_token: Mapping[str, Any]
    personal: Mapping[str, Any]
    logout: Logout | None

    def __repr__(self) -> str:
        return "Answer(…)"


@dataclass(frozen=True, slots=True)
class Logout:
    """How to tell the provider later that the person has signed out."""

    address: str
    hint: str | None  # the id_token, where it tells neither name nor CPR number


class Provider:
    """A provider, its description and its keys, and the portal's own key for it."""

    def __init__(self, client: Client) -> None:
        """Raises SettingsError where the preset is unknown or the key file holds no key.

        Its message begins with the last words of the setting's name.
        """
        if client.preset not in PRESETS:
            message = f"PRESET: none is called so; there are {', '.join(sorted(PRESETS))}"
            raise SettingsError(message)
        try:
            self._key = own_key(client.key_file)
        except (OSError, ValueError):
            message = "CLIENT_KEY_FILE holds no private RSA or EC key"
            raise SettingsError(message) from None
        self.client = client
        self.preset: Preset = PRESETS[client.preset]
        self._kept: dict[str, tuple[float, dict[str, Any]]] = {}

    def start(self, redirect_uri: str, view: str) -> Start:
        """Begin a sign-in. Raises ProviderDown, ProviderWrong."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        preset = self.preset
        line = self._line(redirect_uri)
        described = within_bounds(line, self._described)
        address, _ = line.create_authorization_url(
            described["authorization_endpoint"],
            state=state,
            nonce=nonce,
            code_verifier=verifier,
            prompt="login",
            max_age=str(preset.max_age),
            **{preset.language_parameter: dict(preset.languages).get(view)},
            **dict(preset.parameters),
        )
        return Start(address, state, nonce, verifier)

    def finish(self, code: str, verifier: str, redirect_uri: str, expected: Expected) -> Answer:
        """Exchange the code and check all that comes back.

        Raises SignInRefused, CodeSpent, ProviderDown, ProviderWrong.
        """

        def exchange(line: Line) -> Answer:
            described = self._described(line)
            check_answer(expected, promised=described.get(PROMISE) is True)
            token = self._token(line, described["token_endpoint"], code, verifier)
            claims = self._claims(line, described, token)
            check_id_token(claims, expected, int(time.time()))
            personal = self._personal(line, described, claims)
            return Answer(claims, personal, self._logout(described, claims, token["id_token"]))

        return within_bounds(self._line(redirect_uri), exchange)

    def _line(self, redirect_uri: str) -> Line:
        client = self.client
        line = Line(
            client.issuer,
            client_id=client.client_id,
            client_secret=self._key,
            token_endpoint_auth_method="private_key_jwt",  # noqa: S106 - a method's name
            scope=" ".join(self.preset.scopes),
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
        )
        line.register_client_auth_method(
            client_assertion(self._key, client.issuer, int(time.time()))
        )
        return line

    def _described(self, line: Line) -> dict[str, Any]:
        return self._cached(self.client.issuer + DISCOVERY, line, self._check_description)

    def _check_description(self, described: dict[str, Any]) -> None:
        if described.get("issuer") != self.client.issuer:
            message = "a description of another provider"
            raise ProviderWrong(message)
        if not all(acceptable(described.get(name)) for name in NEEDED):
            message = "a description without addresses that may be used"
            raise ProviderWrong(message)

    def _keys(self, line: Line, address: str, *, afresh: bool = False) -> Jwks:
        if afresh:
            self._kept.pop(address, None)
        return self._cached(address, line, _check_keys)

    def _cached(
        self, address: str, line: Line, check: Callable[[dict[str, Any]], None]
    ) -> dict[str, Any]:
        until, document = self._kept.get(address, (0.0, {}))
        if time.monotonic() >= until:
            document = line.document(address, withhold_token=True)
            check(document)
            self._kept[address] = (time.monotonic() + CACHE_SECONDS, document)
        return document

    def _token(self, line: Line, address: str, code: str, verifier: str) -> dict[str, Any]:
        try:
            token = line.fetch_token(
                address, grant_type="authorization_code", code=code, code_verifier=verifier
            )
        except OAuthError as error:
            if error.error == SPENT_CODE:
                raise CodeSpent from None
            known = error.error if error.error in TOKEN_ERRORS else "for a reason of its own"
            message = f"the token endpoint refused us: {known}"
            raise ProviderWrong(message) from None
        except (ValueError, RecursionError):
            message = "a token answer that is no JSON object"
            raise ProviderWrong(message) from None
        for name in ("id_token", "access_token"):
            if not isinstance(token.get(name), str):
                message = f"a token answer without {name}"
                raise ProviderWrong(message)
        return dict(token)

    def _claims(
        self, line: Line, described: dict[str, Any], token: dict[str, Any]
    ) -> dict[str, Any]:
        given = token["id_token"], token["access_token"]
        address = described["jwks_uri"]
        try:
            return verified(given[0], self._keys(line, address), given[1])
        except UnknownKey:  # the provider may have changed its keys
            newest = self._keys(line, address, afresh=True)
        try:
            return verified(given[0], newest, given[1])
        except UnknownKey:
            message = "an id_token signed with a key that is not published"
            raise ProviderWrong(message) from None

    def _personal(
        self, line: Line, described: dict[str, Any], claims: dict[str, Any]
    ) -> dict[str, Any]:
        if self.preset.personal_in is PersonalIn.ID_TOKEN:
            return claims
        address = described.get("userinfo_endpoint")
        if not acceptable(address):
            message = "a description without userinfo"
            raise ProviderWrong(message)
        userinfo = line.document(str(address))
        check_userinfo(userinfo, claims["sub"])
        return userinfo

    def _logout(
        self, described: dict[str, Any], claims: dict[str, Any], id_token: str
    ) -> Logout | None:
        address = described.get("end_session_endpoint")
        if not acceptable(address):
            return None
        hint = None if holds_personal_data(self.preset, claims) else id_token
        return Logout(str(address), hint)


def _check_keys(document: dict[str, Any]) -> None:
    keys = document.get("keys")
    if not isinstance(keys, list) or not all(isinstance(key, dict) for key in keys):
        message = "keys that are none"
        raise ProviderWrong(message)
