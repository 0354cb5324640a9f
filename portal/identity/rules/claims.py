"""What checked claims say about a person, read as a preset spells it.

A claim that has another type than agreed is refused: read as if it were missing, it would make a
person without a number, or a level that nobody has vouched for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.identity.rules.refusals import refuse_unless
from portal.identity.words import (
    CitizenClaims,
    Loa,
    PersonalIn,
    RefusalKind,
    SignInRefused,
    StaffClaims,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portal.identity.words import Preset

LEVELS = {"low": Loa.LOW, "substantial": Loa.SUBSTANTIAL, "high": Loa.HIGH}
LEVEL_PREFIXES = (
    "https://data.gov.dk/concept/core/nsis/loa/",
    "https://data.gov.dk/concept/core/nsis/",
    "urn:grn:authn:dk:mitid:",
    "",  # the bare word
)
MINIMUM = Loa.SUBSTANTIAL  # what the law asks for before case data is shown
YES = (True, "true")


def loa_of(value: object) -> Loa:
    """The level that any of the known spellings names; anything else is no level at all."""
    if not isinstance(value, str):
        return Loa.NONE
    lowered = value.strip().lower()
    for prefix in LEVEL_PREFIXES:
        if lowered.startswith(prefix) and lowered.removeprefix(prefix) in LEVELS:
            return LEVELS[lowered.removeprefix(prefix)]
    return Loa.NONE


def check_level(
    preset: Preset,
    id_token: Mapping[str, object],
    personal: Mapping[str, object] | None = None,
    least: Loa = MINIMUM,
) -> Loa:
    """The level that the provider vouches for, if it is enough. Raises SignInRefused."""
    told = id_token if preset.loa_in is PersonalIn.ID_TOKEN else personal or {}
    value = next((told[name] for name in preset.loa if name in told), "")
    listed = value if preset.loa_listed and isinstance(value, list) else [value]
    level = max((_level(preset, one) for one in listed), default=Loa.NONE)
    if level < max(least, MINIMUM):
        raise SignInRefused(RefusalKind.TRY_AGAIN, "low_assurance")
    return level


def _level(preset: Preset, value: object) -> Loa:
    refuse_unless(isinstance(value, str), "wrong_type")
    own = dict(preset.levels)
    return own.get(str(value), Loa.NONE) if own else loa_of(value)


def citizen_claims(
    preset: Preset,
    id_token: Mapping[str, object],
    personal: Mapping[str, object],
    least: Loa = MINIMUM,
) -> CitizenClaims:
    """What checked claims say about a citizen.

    Raises SignInRefused where the level is too low, a claim has another type than agreed, or
    the number is left out of somebody who is said to have one.
    """
    level = check_level(preset, id_token, personal, least)
    cpr = _text(personal, preset.cpr)
    has_one = preset.has_cpr and personal.get(preset.has_cpr) in YES
    refuse_unless(cpr is not None or not has_one, "cpr_missing")
    return CitizenClaims(
        issuer=str(id_token["iss"]),
        subject=str(id_token["sub"]),
        loa=level,
        cpr=cpr,
        name=_text(personal, preset.name),
    )


def staff_claims(
    preset: Preset,
    id_token: Mapping[str, object],
    personal: Mapping[str, object],
    least: Loa = MINIMUM,
) -> StaffClaims:
    """What checked claims say about a member of staff; roles that are not known are left out.

    Raises SignInRefused where the level is too low, no role is left, or a claim has another type
    than agreed.
    """
    check_level(preset, id_token, personal, least)
    told = _roles(personal.get(preset.roles, id_token.get(preset.roles)))
    roles = frozenset(role for name, role in preset.role_names if name in told)
    refuse_unless(bool(roles), "no_role")
    return StaffClaims(
        issuer=str(id_token["iss"]),
        subject=str(id_token["sub"]),
        name=_text(personal, preset.name),
        roles=roles,
    )


def _roles(held: object) -> set[str]:
    named = held.split() if isinstance(held, str) else [] if held is None else held
    if not isinstance(named, list) or not all(isinstance(one, str) for one in named):
        raise SignInRefused(RefusalKind.ERROR, "wrong_type")
    return set(named)


def _text(claims: Mapping[str, object], name: str) -> str | None:
    value = claims.get(name) if name else None
    refuse_unless(value is None or isinstance(value, str), "wrong_type")
    return (value.strip() or None) if isinstance(value, str) else None


def first_text(claims: Mapping[str, object], names: Sequence[str]) -> str | None:
    """The first of these claims that holds a text."""
    told = (claims.get(name) for name in names)
    return next((one for one in told if isinstance(one, str) and one), None)


def holds_personal_data(preset: Preset, id_token: Mapping[str, object]) -> bool:
    """Whether an id_token tells a name or CPR number, so that no session or address may hold it."""
    return any(name in id_token for name in (preset.cpr, preset.name))
