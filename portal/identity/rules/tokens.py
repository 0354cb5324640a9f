"""Tokens of a provider, correctly signed, answer to what was asked, and to now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portal.identity.rules.refusals import refuse_unless
from portal.identity.words import Ended, RefusalKind, SignInRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.identity.words import Expected

SUBJECT_LENGTH = 255  # OpenID Connect Core, section 2
LEEWAY = 10  # seconds that two clocks may differ
LONGEST_LIFE = 600  # seconds since a token was issued; providers give it about 300
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
CPR_SHAPE = re.compile(r"\d{6}[- ]?\d{4}")


def check_answer(expected: Expected, *, promised: bool) -> None:
    """The answer names our provider, and does so if the provider promised it for every answer.

    Raises SignInRefused: somebody may be mixing up providers (RFC 9207).
    """
    named = expected.answered_by
    refuse_unless(
        named == expected.issuer or (named is None and not promised), "wrong_answer_issuer"
    )


def check_id_token(claims: Mapping[str, object], expected: Expected, now: int) -> None:
    """The claims of a correctly signed id_token answer to what was asked, and to now.

    Raises SignInRefused with a code that names the claim.
    """
    _check_parties(claims, expected.issuer, expected.client_id)
    refuse_unless(claims.get("nonce") == expected.nonce, "wrong_nonce")
    subject = claims.get("sub")
    refuse_unless(_is_name(subject), "no_subject")
    # A subject is kept and logged; one that is a CPR number may be neither.
    refuse_unless(not CPR_SHAPE.fullmatch(str(subject)), "subject_is_cpr")
    _check_times(claims, now)
    refuse_unless(
        _moment(claims, "auth_time", 0) >= expected.started_at - LEEWAY, "old_authentication"
    )


def check_logout_token(
    claims: Mapping[str, object], issuer: str, client_id: str, now: int
) -> Ended:
    """What a correctly signed logout token says has ended (OIDC Back-Channel Logout, 2.6).

    Raises SignInRefused with a code that names the claim.
    """
    _check_parties(claims, issuer, client_id)
    _check_times(claims, now)
    refuse_unless("nonce" not in claims, "nonce_present")  # it would be an id_token
    events = claims.get("events")
    told = events.get(LOGOUT_EVENT) if isinstance(events, dict) else None
    refuse_unless(isinstance(told, dict), "no_logout_event")
    jti, subject, sid = (claims.get(name) for name in ("jti", "sub", "sid"))
    refuse_unless(_is_name(jti), "no_jti")
    refuse_unless(subject is not None or sid is not None, "nobody_named")
    refuse_unless(subject is None or _is_name(subject), "no_subject")
    refuse_unless(sid is None or _is_name(sid), "no_session")
    return Ended(
        jti=str(jti),
        subject=None if subject is None else str(subject),
        provider_session=None if sid is None else str(sid),
        # It is refused when it is too old, whatever it says itself.
        until=min(_moment(claims, "exp", 0), _moment(claims, "iat", 0) + LONGEST_LIFE) + LEEWAY,
    )


def check_userinfo(userinfo: Mapping[str, object], subject: object) -> None:
    """Userinfo is about the one whom the id_token is about. Raises SignInRefused."""
    refuse_unless(userinfo.get("sub") == subject, "wrong_userinfo_subject")


def seconds_apart(claims: Mapping[str, object], now: int) -> int | None:
    """How far the provider's clock seems to be ahead of ours; None where it says no time."""
    issued = claims.get("iat")
    return issued - now if isinstance(issued, int) else None


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= SUBJECT_LENGTH


def _check_parties(claims: Mapping[str, object], issuer: str, client_id: str) -> None:
    refuse_unless(claims.get("iss") == issuer, "wrong_issuer")
    refuse_unless(claims.get("aud") in (client_id, [client_id]), "wrong_audience")
    refuse_unless(claims.get("azp", client_id) == client_id, "wrong_party")


def _check_times(claims: Mapping[str, object], now: int) -> None:
    issued = _moment(claims, "iat", 0)
    refuse_unless(_moment(claims, "exp", 0) > now - LEEWAY, "expired")
    refuse_unless(now - LONGEST_LIFE <= issued <= now + LEEWAY, "issued_at_wrong_time")
    refuse_unless(_moment(claims, "nbf", issued) <= now + LEEWAY, "not_yet_valid")
    refuse_unless(_moment(claims, "auth_time", 0) <= now + LEEWAY, "issued_at_wrong_time")


def _moment(claims: Mapping[str, object], name: str, missing: int) -> int:
    value = claims.get(name, missing)
    if isinstance(value, float) and value.is_integer():  # JSON has one kind of number
        value = int(value)
    if type(value) is not int:  # nor a bool, which Python counts among the numbers
        raise SignInRefused(RefusalKind.ERROR, "no_moment")
    return value
