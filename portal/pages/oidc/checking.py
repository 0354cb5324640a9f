"""Whether a provider and the portal's settings fit together, in words for an administrator.

Everything is asked as sign-in asks it; nobody is signed in and nothing is changed. What a provider
says is repeated only where it is an address or a word of a specification.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar
from urllib.parse import parse_qs, urlsplit

from portal import clock
from portal.identity.rules import LEEWAY
from portal.identity.words import PersonalIn
from portal.pages.oidc.asking import KNOWN_ERRORS, PUSHED, signs
from portal.pages.oidc.keys import KINDS, SMALLEST_RSA, proof, usable
from portal.pages.oidc.memory import check_keys
from portal.pages.oidc.provider import DISCOVERY, NEEDED, SPENT_CODE, TOKEN_ERRORS
from portal.pages.oidc.wire import ProviderDown, ProviderWrong, acceptable, within_bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping

    from portal.pages.oidc.keys import OwnKey
    from portal.pages.oidc.provider import Provider
    from portal.pages.oidc.wire import Line

T = TypeVar("T")

CODE = "indblik-identity-check"  # no provider has handed out this one
FIRST_REFUSAL, FIRST_FAILURE = 400, 500
EXPECTED_ERRORS = {"login_required", "interaction_required", "access_denied"}


class Verdict(StrEnum):
    """What a finding means for whoever reads it."""

    GOOD = "ok"
    NOTE = "note"  # works, and is worth knowing
    WRONG = "WRONG"
    DOWN = "DOWN"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    verdict: Verdict
    text: str


Told: TypeAlias = "Generator[Finding, None, T]"  # findings, and what was found out


class _Stop(Exception):  # noqa: N818 - says what to do
    """Nothing further can be asked; the finding says why."""


def findings(provider: Provider, redirect_uri: str) -> Iterator[Finding]:
    """All that there is to say, in the order in which it is found out."""
    try:
        described = yield from _described(provider)
        yield from _offers(provider, described)
        yield from _published(provider, described)
        for number, own in enumerate(provider.own):
            yield from _known(provider, described, own, signing=number == 0)
        yield from _taken(provider, redirect_uri)
    except _Stop:
        return


def _asked(provider: Provider, ask: Callable[[Line], T], what: str) -> Told[T]:
    """What the provider answers, as the value of this generator."""
    try:
        return within_bounds(provider.line(), ask)
    except ProviderDown:
        yield Finding(Verdict.DOWN, f"{what}: no answer in time. Is the address right and open?")
    except ProviderWrong as wrong:
        yield Finding(Verdict.WRONG, f"{what}: {wrong}.")
    raise _Stop


def _described(provider: Provider) -> Told[dict[str, Any]]:
    issuer = provider.client.issuer

    def ask(line: Line) -> tuple[dict[str, Any], str]:
        answer = line.request("GET", issuer + DISCOVERY, withhold_token=True)
        return line.document(issuer + DISCOVERY, withhold_token=True), answer.headers.get(
            "Date", ""
        )

    described, date = yield from _asked(provider, ask, f"description at {issuer}{DISCOVERY}")
    named = described.get("issuer")
    if named != issuer:
        told = named if acceptable(named) else "nothing that is an address"
        yield Finding(
            Verdict.WRONG, f"the provider calls itself {told}, the setting ISSUER says {issuer}."
        )
        raise _Stop
    for name in NEEDED:
        if not acceptable(described.get(name)):
            yield Finding(Verdict.WRONG, f"its description has no {name} that is https.")
            raise _Stop
    yield Finding(Verdict.GOOD, f"the provider describes itself as {issuer}.")
    yield _clock(date)
    return described


def _clock(date: str) -> Finding:
    try:
        apart = round((parsedate_to_datetime(date) - clock.now()).total_seconds())
    except (ValueError, TypeError):
        return Finding(Verdict.NOTE, "the provider does not say what time it is.")
    if abs(apart) > LEEWAY:
        return Finding(
            Verdict.WRONG,
            f"the provider's clock is {apart} s ahead of ours; {LEEWAY} s are allowed. "
            "Every sign-in would be refused: see to the time service of both.",
        )
    return Finding(Verdict.GOOD, f"the clocks are {abs(apart)} s apart.")


def _offers(provider: Provider, described: Mapping[str, Any]) -> Iterator[Finding]:
    preset, own = provider.preset, provider.own[0]
    must = {
        "response_types_supported": {"code"},
        "code_challenge_methods_supported": {"S256"},
        "token_endpoint_auth_methods_supported": {"private_key_jwt"},
        "token_endpoint_auth_signing_alg_values_supported": {own.algorithm},
        "id_token_signing_alg_values_supported": set(KINDS),
    }
    for name, wanted in must.items():
        yield from _listed(described, name, wanted)
    missing = set(preset.scopes) - set(_texts(described.get("scopes_supported")))
    if "scopes_supported" in described and missing:
        yield Finding(
            Verdict.NOTE,
            f"it does not list the scopes {', '.join(sorted(missing))}: "
            "ask the provider whether this client may use them.",
        )
    if preset.personal_in is PersonalIn.USERINFO and not acceptable(
        described.get("userinfo_endpoint")
    ):
        yield Finding(Verdict.WRONG, "it has no userinfo, which this preset reads.")
    yield from _beyond(described, own)


def _listed(described: Mapping[str, Any], name: str, wanted: set[str]) -> Iterator[Finding]:
    if name not in described:
        yield Finding(Verdict.NOTE, f"it does not say its {name}.")
    elif not wanted & set(_texts(described[name])):
        yield Finding(
            Verdict.WRONG, f"its {name} has none of {', '.join(sorted(wanted))}, which is needed."
        )


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _beyond(described: Mapping[str, Any], own: OwnKey) -> Iterator[Finding]:
    signed = "signed" if signs(described, own) else "not signed (it does not offer that)"
    pushed = "pushed" if PUSHED in described else "not pushed (it does not offer that)"
    yield Finding(Verdict.GOOD, f"requests are {signed} and {pushed}.")
    if not acceptable(described.get("end_session_endpoint")):
        yield Finding(Verdict.NOTE, "signing out ends the session here, not at the provider.")
    if described.get("backchannel_logout_supported") is not True:
        yield Finding(Verdict.NOTE, "the provider does not tell us when somebody signs out there.")
    elif described.get("backchannel_logout_session_supported") is not True:
        yield Finding(
            Verdict.NOTE, "when somebody signs out there, all the person's sessions end here."
        )


def _published(provider: Provider, described: Mapping[str, Any]) -> Iterator[Finding]:
    address = str(described["jwks_uri"])

    def ask(line: Line) -> dict[str, Any]:
        document = line.document(address, withhold_token=True)
        check_keys(document)
        return document

    jwks = yield from _asked(provider, ask, f"keys at {address}")
    counts = {algorithm: len(usable(jwks, algorithm)) for algorithm in KINDS}
    if not any(counts.values()):
        yield Finding(
            Verdict.WRONG,
            f"none of its {len(jwks['keys'])} keys may sign: RSA of at least {SMALLEST_RSA} bits "
            "or EC on P-256 is needed.",
        )
        raise _Stop
    told = ", ".join(f"{count} for {algorithm}" for algorithm, count in counts.items() if count)
    yield Finding(Verdict.GOOD, f"it publishes keys that may sign: {told}.")


def _known(
    provider: Provider, described: Mapping[str, Any], own: OwnKey, *, signing: bool
) -> Iterator[Finding]:
    """Whether the provider knows our key: it then refuses an invented code, and not us."""
    form = {
        "grant_type": "authorization_code",
        "code": CODE,
        "code_verifier": CODE * 2,
        "redirect_uri": "https://indblik.invalid/",
        **proof(
            own, provider.client.client_id, provider.audience(described),
            int(clock.now().timestamp()),
        ),
    }  # fmt: skip
    address = str(described["token_endpoint"])

    def ask(line: Line) -> object:
        answer = line.request("POST", address, data=form, withhold_token=True)
        if answer.status_code >= FIRST_FAILURE:
            raise ProviderDown
        try:
            told = answer.json()
        except (ValueError, RecursionError):
            return None
        return told.get("error") if isinstance(told, dict) else None

    error = yield from _asked(provider, ask, f"tokens at {address}")
    name = f"the key {own.key.thumbprint()[:12]}…"
    if error == SPENT_CODE:
        yield Finding(Verdict.GOOD, f"the provider knows {name}.")
    elif error in {"invalid_client", "unauthorized_client"}:
        yield Finding(
            Verdict.WRONG if signing else Verdict.NOTE,
            f"the provider does not know {name}, or not the client "
            f"{provider.client.client_id} with it. Register what `indblik identity jwk` prints.",
        )
    else:
        known = error if error in TOKEN_ERRORS else "nothing that is known"
        yield Finding(Verdict.NOTE, f"asked about {name}, it answers {known}.")


def _taken(provider: Provider, redirect_uri: str) -> Iterator[Finding]:
    """Whether the request of a sign-in leads to a page where somebody can sign in."""
    try:
        start = provider.start(redirect_uri, "da")
    except ProviderDown:
        yield Finding(Verdict.DOWN, "a sign-in cannot begin: no answer in time.")
        return
    except ProviderWrong as wrong:
        yield Finding(
            Verdict.WRONG, f"a sign-in cannot begin: {wrong}. Is {redirect_uri} registered?"
        )
        return

    def ask(line: Line) -> tuple[int, str]:
        answer = line.glance("GET", start.address, withhold_token=True)
        return answer.status_code, answer.headers.get("Location", "")

    status, location = yield from _asked(provider, ask, "the page of sign-in")
    yield _led(status, location, redirect_uri)


def _led(status: int, location: str, redirect_uri: str) -> Finding:
    if status >= FIRST_FAILURE:
        return Finding(Verdict.DOWN, f"the page of sign-in answers {status}.")
    if status >= FIRST_REFUSAL:
        return Finding(
            Verdict.WRONG,
            f"the provider refuses the request with {status}. "
            f"Are the client and its return address {redirect_uri} registered?",
        )
    if location.startswith(redirect_uri):
        error = parse_qs(urlsplit(location).query).get("error", [""])[0]
        known = error if error in KNOWN_ERRORS | EXPECTED_ERRORS else "an unknown error"
        return Finding(Verdict.WRONG, f"the provider sends people straight back with {known}.")
    return Finding(Verdict.GOOD, "a sign-in leads to the provider's own page.")
