"""An id_token answers to what was asked, and to now; each claim that does not is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal.identity.rules import (
    check_answer,
    check_id_token,
    check_level,
    check_userinfo,
    staff_claims,
)
from portal.identity.words import PRESETS, Expected, RefusalKind, SignInRefused

NOW = 1_800_000_000
EXPECTED = Expected("https://login.example", "indblik", "n-1", started_at=NOW - 60)
CLAIMS: dict[str, object] = {
    "iss": "https://login.example",
    "aud": "indblik",
    "azp": "indblik",
    "nonce": "n-1",
    "sub": "s-1",
    "iat": NOW - 5,
    "nbf": NOW - 5,
    "exp": NOW + 295,
    "auth_time": NOW - 30,
}


def refused(**changed: object) -> str | None:
    """Why the good token is refused once these claims are different; None where it is not."""
    claims = {name: value for name, value in (CLAIMS | changed).items() if value is not ...}
    try:
        check_id_token(claims, EXPECTED, NOW)
    except SignInRefused as error:
        return error.code if error.kind is RefusalKind.ERROR else f"{error.kind} {error.code}"
    return None


def test_a_good_token_is_taken() -> None:
    assert refused() is None


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"iss": "https://evil.example"}, "wrong_issuer"),
        ({"iss": ...}, "wrong_issuer"),
        ({"aud": "another"}, "wrong_audience"),
        ({"aud": ["indblik", "another"]}, "wrong_audience"),
        ({"aud": ...}, "wrong_audience"),
        ({"azp": "another"}, "wrong_party"),
        ({"nonce": "n-2"}, "wrong_nonce"),
        ({"nonce": ...}, "wrong_nonce"),
        ({"sub": ...}, "no_subject"),
        ({"sub": ""}, "no_subject"),
        ({"sub": 7}, "no_subject"),
        ({"sub": "s" * 256}, "no_subject"),
        ({"sub": "6101901234"}, "subject_is_cpr"),
        ({"sub": "610190-1234"}, "subject_is_cpr"),
        ({"exp": NOW - 10}, "expired"),
        ({"exp": ...}, "expired"),
        ({"iat": NOW + 11}, "issued_at_wrong_time"),
        ({"iat": NOW - 601}, "issued_at_wrong_time"),
        ({"iat": ...}, "issued_at_wrong_time"),
        ({"nbf": NOW + 11}, "not_yet_valid"),
        ({"auth_time": NOW + 11}, "issued_at_wrong_time"),
        ({"auth_time": NOW - 71}, "old_authentication"),
        ({"auth_time": ...}, "old_authentication"),
        ({"iat": "now"}, "no_moment"),
        ({"exp": True}, "no_moment"),
        ({"exp": NOW + 0.5}, "no_moment"),
        ({"nbf": None}, "no_moment"),
    ],
)
def test_a_claim_that_does_not_fit_is_named(changed: dict[str, object], code: str) -> None:
    assert refused(**changed) == code


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": ["indblik"]},
        {"azp": ...},
        {"nbf": ...},
        {"sub": "s"},
        {"sub": "s" * 255},
        {"exp": NOW - 9},
        {"exp": float(NOW + 9)},
        {"iat": NOW + 10, "nbf": NOW + 10},
        {"iat": NOW - 600},
        {"auth_time": NOW + 10},
        {"auth_time": NOW - 70},
    ],
)
def test_what_is_just_within_bounds_is_taken(changed: dict[str, object]) -> None:
    assert refused(**changed) is None


def test_a_token_without_nbf_is_valid_from_its_issue() -> None:
    assert refused(nbf=..., iat=NOW + 10) is None


@pytest.mark.parametrize(
    ("named", "promised", "taken"),
    [
        ("https://login.example", True, True),
        ("https://login.example", False, True),
        (None, False, True),
        (None, True, False),
        ("https://evil.example", True, False),
        ("https://evil.example", False, False),
    ],
)
def test_the_answer_is_from_our_provider(named: str | None, *, promised: bool, taken: bool) -> None:
    expected = replace(EXPECTED, answered_by=named)
    if taken:
        check_answer(expected, promised=promised)
        return
    with pytest.raises(SignInRefused) as raised:
        check_answer(expected, promised=promised)
    assert (raised.value.kind, raised.value.code) == (RefusalKind.ERROR, "wrong_answer_issuer")


@pytest.mark.parametrize("userinfo", [{"sub": "s-2"}, {}])
def test_userinfo_is_about_the_same_person(userinfo: dict[str, object]) -> None:
    check_userinfo({"sub": "s-1"}, "s-1")
    with pytest.raises(SignInRefused) as raised:
        check_userinfo(userinfo, "s-1")
    assert raised.value.code == "wrong_userinfo_subject"


@pytest.mark.parametrize("claims", [{}, {"acr": "low"}, {"acr": ""}])
def test_too_low_a_level_may_be_tried_again(claims: dict[str, object]) -> None:
    with pytest.raises(SignInRefused) as raised:
        check_level(PRESETS["simulator"], claims)
    assert (raised.value.kind, raised.value.code) == (RefusalKind.TRY_AGAIN, "low_assurance")


def test_staff_without_a_role_are_told_so() -> None:
    token: dict[str, object] = {"iss": "i", "sub": "s", "acr": "substantial"}
    with pytest.raises(SignInRefused) as raised:
        staff_claims(PRESETS["simulator"], token, {})
    assert (raised.value.kind, raised.value.code) == (RefusalKind.ERROR, "no_role")
