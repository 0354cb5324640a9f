"""How identity is judged. Pure: values in, values out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.identity.words import (
    CitizenClaims,
    Loa,
    RefusalKind,
    SignInRefused,
    StaffClaims,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from portal.identity.words import Expected, Preset

SUBJECT_LENGTH = 255  # OpenID Connect Core, section 2


def about_cpr(person_id: UUID) -> str:
    """What a person's sealed CPR number is tied to."""
    return f"person {person_id} cpr"


def about_name(person_id: UUID) -> str:
    """What a person's sealed name is tied to."""
    return f"person {person_id} name"


def about_staff_name(account_id: UUID) -> str:
    """What a member of staff's sealed name is tied to."""
    return f"staff {account_id} name"


LEVELS = {"low": Loa.LOW, "substantial": Loa.SUBSTANTIAL, "high": Loa.HIGH}
LEVEL_PREFIXES = (
    "https://data.gov.dk/concept/core/nsis/loa/",
    "https://data.gov.dk/concept/core/nsis/",
    "urn:grn:authn:dk:mitid:",
    "",  # the bare word
)
MINIMUM = Loa.SUBSTANTIAL  # what the law asks for before case data is shown

LEEWAY = 10  # seconds that two clocks may differ
LONGEST_LIFE = 600  # seconds since an id_token was issued; providers give it about 300

STOPPED = {
    "mitid_user_aborted",
    "user_aborted",
    "mitid_erhverv_user_aborted",
    "declined_user_consent",
}
TRY_AGAIN = {"mitid_timeout", "mitid_no_ctx", "mitid_auth_code_already_used"}
TRY_AGAIN_START = "user_navigation_error"
TRY_AGAIN_ERRORS = {"temporarily_unavailable", "server_error", "login_required"}


def loa_of(value: object) -> Loa:
    """The level that any of the known spellings names; anything else is no level at all."""
    if not isinstance(value, str):
        return Loa.NONE
    lowered = value.strip().lower()
    for prefix in LEVEL_PREFIXES:
        if lowered.startswith(prefix) and lowered.removeprefix(prefix) in LEVELS:
            return LEVELS[lowered.removeprefix(prefix)]
    return Loa.NONE


def refusal_of(error: str, description: str) -> SignInRefused:
    """What a provider's error means to the person. Text that is not known goes no further."""
    if description in STOPPED:
        return SignInRefused(RefusalKind.STOPPED, description)
    if description in TRY_AGAIN:
        return SignInRefused(RefusalKind.TRY_AGAIN, description)
    if description.startswith(TRY_AGAIN_START):
        return SignInRefused(RefusalKind.TRY_AGAIN, TRY_AGAIN_START)
    if error in TRY_AGAIN_ERRORS:
        return SignInRefused(RefusalKind.TRY_AGAIN, error)
    if error == "access_denied" and not description:
        return SignInRefused(RefusalKind.STOPPED, error)
    return SignInRefused(RefusalKind.ERROR, "provider_refused")


def _refuse_unless(condition: bool, code: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not condition:
        raise SignInRefused(RefusalKind.ERROR, code)


def check_answer(expected: Expected, *, promised: bool) -> None:
    """The answer names our provider, and does so if the provider promised it for every answer.

    Raises SignInRefused: somebody may be mixing up providers (RFC 9207).
    """
    named = expected.answered_by
    _refuse_unless(
        named == expected.issuer or (named is None and not promised), "wrong_answer_issuer"
    )


def check_id_token(claims: Mapping[str, object], expected: Expected, now: int) -> None:
    """The claims of a correctly signed id_token answer to what was asked, and to now.

    Raises SignInRefused with a code that names the claim.
    """
    _refuse_unless(claims.get("iss") == expected.issuer, "wrong_issuer")
    _refuse_unless(
        claims.get("aud") in (expected.client_id, [expected.client_id]), "wrong_audience"
    )
    _refuse_unless(claims.get("azp", expected.client_id) == expected.client_id, "wrong_party")
    _refuse_unless(claims.get("nonce") == expected.nonce, "wrong_nonce")
    subject = claims.get("sub")
    _refuse_unless(isinstance(subject, str) and 0 < len(subject) <= SUBJECT_LENGTH, "no_subject")
    _check_times(claims, now)
    _refuse_unless(
        _moment(claims, "auth_time", 0) >= expected.started_at - LEEWAY, "old_authentication"
    )


def _check_times(claims: Mapping[str, object], now: int) -> None:
    issued = _moment(claims, "iat", 0)
    _refuse_unless(_moment(claims, "exp", 0) > now - LEEWAY, "expired")
    _refuse_unless(now - LONGEST_LIFE <= issued <= now + LEEWAY, "issued_at_wrong_time")
    _refuse_unless(_moment(claims, "nbf", issued) <= now + LEEWAY, "not_yet_valid")
    _refuse_unless(_moment(claims, "auth_time", 0) <= now + LEEWAY, "issued_at_wrong_time")


def _moment(claims: Mapping[str, object], name: str, missing: int) -> int:
    value = claims.get(name, missing)
    if isinstance(value, float) and value.is_integer():  # JSON has one kind of number
        value = int(value)
    if type(value) is not int:  # nor a bool, which Python counts among the numbers
        raise SignInRefused(RefusalKind.ERROR, "no_moment")
    return value


def check_userinfo(userinfo: Mapping[str, object], subject: object) -> None:
    """Userinfo is about the one whom the id_token is about. Raises SignInRefused."""
    _refuse_unless(userinfo.get("sub") == subject, "wrong_userinfo_subject")


def check_level(preset: Preset, id_token: Mapping[str, object]) -> Loa:
    """The level that the signed id_token vouches for, if it is enough. Raises SignInRefused."""
    values = (id_token[name] for name in preset.loa if name in id_token)
    level = loa_of(next(values, None))
    if level < MINIMUM:
        raise SignInRefused(RefusalKind.TRY_AGAIN, "low_assurance")
    return level


def citizen_claims(
    preset: Preset, id_token: Mapping[str, object], personal: Mapping[str, object]
) -> CitizenClaims:
    """What checked claims say about a citizen. Raises SignInRefused where the level is too low."""
    return CitizenClaims(
        issuer=str(id_token["iss"]),
        subject=str(id_token["sub"]),
        loa=check_level(preset, id_token),
        cpr=_text(personal, preset.cpr),
        name=_text(personal, preset.name),
    )


def staff_claims(
    preset: Preset, id_token: Mapping[str, object], personal: Mapping[str, object]
) -> StaffClaims:
    """What checked claims say about a member of staff; roles that are not known are left out.

    Raises SignInRefused where the level is too low or no role is left.
    """
    check_level(preset, id_token)
    held = personal.get(preset.roles, id_token.get(preset.roles, ()))
    named = held.split() if isinstance(held, str) else held
    told = (
        {value for value in named if isinstance(value, str)} if isinstance(named, list) else set()
    )
    roles = frozenset(role for name, role in preset.role_names if name in told)
    _refuse_unless(bool(roles), "no_role")
    return StaffClaims(
        issuer=str(id_token["iss"]),
        subject=str(id_token["sub"]),
        name=_text(personal, preset.name),
        roles=roles,
    )


def _text(claims: Mapping[str, object], name: str) -> str | None:
    value = claims.get(name)
    return (value.strip() or None) if isinstance(value, str) else None


def holds_personal_data(preset: Preset, id_token: Mapping[str, object]) -> bool:
    """Whether an id_token tells a name or CPR number, so that no session or address may hold it."""
    return any(name in id_token for name in (preset.cpr, preset.name))
