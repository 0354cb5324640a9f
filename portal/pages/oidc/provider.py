"""One OpenID provider as the portal meets it: where it sends people, and whom it says they are."""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING, Any, TypeVar

from authlib.integrations.base_client import OAuthError

from portal import clock
from portal.identity.rules import (
    check_answer,
    check_id_token,
    check_logout_token,
    check_userinfo,
    first_text,
    holds_personal_data,
    seconds_apart,
)
from portal.identity.words import Assured, Ended, Expected, Loa, PersonalIn, SignInRefused
from portal.pages.oidc.answers import Answer, CodeSpent, Logout, Start
from portal.pages.oidc.asking import Asker, address_of, challenge_of, parameters_of
from portal.pages.oidc.keys import (
    OwnKey,
    UnknownKey,
    certificate_in,
    own_key,
    proof,
    signed_claims,
    verified,
)
from portal.pages.oidc.memory import Memory, check_keys
from portal.pages.oidc.presets import preset_named
from portal.pages.oidc.wire import Line, ProviderWrong, acceptable, within_bounds
from portal.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from portal.identity.words import Preset
    from portal.pages.oidc.keys import Jwks
    from portal.settings import Client

T = TypeVar("T")
log = logging.getLogger("indblik.sign_in")

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
OF_CLOCKS = {"expired", "issued_at_wrong_time", "not_yet_valid"}
LOGOUT_TYPES = frozenset({"logout+jwt", "application/logout+jwt", "jwt"})  # the last: unnamed


class Provider:
    """A provider, its description and its keys, and the portal's own keys for it."""

    def __init__(self, client: Client) -> None:
        """Raises SettingsError where the preset is unknown or a key file holds no key.

        Its message begins with the last words of the setting's name.
        """
        self.client = client
        self.preset: Preset = preset_named(client.preset)
        self.own = own_keys(client, self.preset)
        self._memory = Memory()

    def start(self, redirect_uri: str, view: str, level: Loa = Loa.SUBSTANTIAL) -> Start:
        """Begin a sign-in. Raises ProviderDown, ProviderWrong."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        asked = parameters_of(
            self.client,
            self.preset,
            level.name,
            view,
            {
                "redirect_uri": redirect_uri,
                "state": state,
                "nonce": nonce,
                "code_challenge": challenge_of(verifier),
                "code_challenge_method": "S256",
            },
        )

        def send(line: Line) -> str:
            described = self.described(line)
            asker = Asker(self.own[0], self.audience(described), _now())
            return address_of(line, described, asked, asker)

        return Start(within_bounds(self.line(), send), state, nonce, verifier)

    def finish(self, code: str, verifier: str, redirect_uri: str, expected: Expected) -> Answer:
        """Exchange the code and check all that comes back.

        Raises SignInRefused, CodeSpent, ProviderDown, ProviderWrong.
        """

        def exchange(line: Line) -> Answer:
            described = self.described(line)
            check_answer(expected, promised=described.get(PROMISE) is True)
            form = {"code": code, "code_verifier": verifier, "redirect_uri": redirect_uri}
            token = self._token(line, described, form)
            claims = self._claims(line, described, token)
            _loudly(lambda now: check_id_token(claims, expected, now), claims)
            personal = self._personal(line, described, claims)
            return self._answer(described, claims, personal, token["id_token"])

        return within_bounds(self.line(), exchange)

    def ended(self, logout_token: str) -> Ended:
        """What the provider says has ended (OpenID Connect Back-Channel Logout).

        Raises SignInRefused, ProviderDown, ProviderWrong.
        """
        client = self.client

        def read(line: Line) -> dict[str, Any]:
            def verify(jwks: Jwks) -> dict[str, Any]:
                return signed_claims(logout_token, jwks, LOGOUT_TYPES, "logout_token")

            return self._verified(line, self.described(line), verify, "a logout_token")

        claims = within_bounds(self.line(), read)
        return _loudly(
            lambda now: check_logout_token(claims, client.issuer, client.client_id, now), claims
        )

    def audience(self, described: Mapping[str, Any]) -> str:
        """For whom the portal's proof of who it is, is made out.

        The issuer, so that no other endpoint can pass the proof on; another where the provider
        insists on it.
        """
        if self.preset.assured is Assured.TOKEN_ENDPOINT:
            return str(described["token_endpoint"])
        return self.client.issuer

    def line(self) -> Line:
        """A line to the provider, for one exchange."""
        return Line(self.client.issuer, client_id=self.client.client_id)

    def described(self, line: Line) -> dict[str, Any]:
        """How the provider describes itself. Raises ProviderDown, ProviderWrong."""
        return self._memory.document(line, self.client.issuer + DISCOVERY, self._check)

    def _check(self, described: dict[str, Any]) -> None:
        if described.get("issuer") != self.client.issuer:
            message = "a description of another provider"
            raise ProviderWrong(message)
        if not all(acceptable(described.get(name)) for name in NEEDED):
            message = "a description without addresses that may be used"
            raise ProviderWrong(message)

    def _token(
        self, line: Line, described: dict[str, Any], form: Mapping[str, str]
    ) -> dict[str, Any]:
        proven = proof(self.own[0], self.client.client_id, self.audience(described), _now())
        try:
            token = line.fetch_token(
                described["token_endpoint"], grant_type="authorization_code", **form, **proven
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
        def verify(jwks: Jwks) -> dict[str, Any]:
            return verified(token["id_token"], jwks, token["access_token"])

        return self._verified(line, described, verify, "an id_token")

    def _verified(
        self,
        line: Line,
        described: dict[str, Any],
        verify: Callable[[Jwks], dict[str, Any]],
        name: str,
    ) -> dict[str, Any]:
        address = described["jwks_uri"]
        known = self._memory.document(line, address, check_keys)
        try:
            return verify(known)
        except UnknownKey:  # the provider may have changed its keys
            newest = self._memory.newer(line, address, known, check_keys)
        try:
            return verify(newest)
        except UnknownKey:
            message = f"{name} signed with a key that is not published"
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

    def _answer(
        self,
        described: dict[str, Any],
        claims: dict[str, Any],
        personal: dict[str, Any],
        id_token: str,
    ) -> Answer:
        preset = self.preset
        return Answer(
            claims,
            personal,
            self._logout(described, claims, id_token),
            first_text(claims, preset.provider_session),
            first_text(personal | claims, preset.transaction),
        )

    def _logout(
        self, described: dict[str, Any], claims: dict[str, Any], id_token: str
    ) -> Logout | None:
        address = described.get("end_session_endpoint")
        if not acceptable(address):
            return None
        hint = None if holds_personal_data(self.preset, claims) else id_token
        return Logout(str(address), hint)


def own_keys(client: Client, preset: Preset) -> tuple[OwnKey, ...]:
    """The portal's keys for a provider; the first signs. Raises SettingsError."""
    try:
        own = tuple(OwnKey(own_key(path), certificate_in(path)) for path in client.key_files)
    except (OSError, ValueError):
        message = "CLIENT_KEY_FILE holds no private RSA or EC key"
        raise SettingsError(message) from None
    if preset.by_certificate and not all(one.certificate for one in own):
        message = "CLIENT_KEY_FILE must hold a certificate beside its key for this preset"
        raise SettingsError(message)
    return own


def _now() -> int:
    return int(clock.now().timestamp())


def _loudly(check: Callable[[int], T], claims: Mapping[str, Any]) -> T:
    """What the check gives; where it fails for the time, say how far the clocks are apart."""
    now = _now()
    try:
        return check(now)
    except SignInRefused as refused:
        if refused.code in OF_CLOCKS:
            apart = seconds_apart(claims, now)
            log.error(  # noqa: TRY400 - the place in the code says nothing
                "the provider's clock seems %s s ahead of ours: %s", apart, refused.code
            )
        raise
