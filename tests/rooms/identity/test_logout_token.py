"""A logout token says who has signed out; each claim that does not fit is named."""

from __future__ import annotations

import pytest

from portal.identity.rules import LOGOUT_EVENT, check_logout_token, seconds_apart
from portal.identity.words import Ended, RefusalKind, SignInRefused

NOW = 1_800_000_000
ISSUER = "https://login.example"
CLAIMS: dict[str, object] = {
    "iss": ISSUER,
    "aud": "indblik",
    "iat": NOW - 5,
    "exp": NOW + 115,
    "jti": "j-1",
    "sub": "s-1",
    "sid": "p-1",
    "events": {LOGOUT_EVENT: {}},
}


def read(**changed: object) -> Ended:
    """What the good token says once these claims are different; `...` takes one away."""
    told = {name: value for name, value in (CLAIMS | changed).items() if value is not ...}
    return check_logout_token(told, ISSUER, "indblik", NOW)


def test_a_good_token_is_read() -> None:
    assert read() == Ended("j-1", "s-1", "p-1", NOW + 125)


def test_the_event_is_that_of_the_specification() -> None:
    assert LOGOUT_EVENT == "http://schemas.openid.net/event/backchannel-logout"


@pytest.mark.parametrize(
    ("changed", "ended"),
    [
        ({"sid": ...}, Ended("j-1", "s-1", None, NOW + 125)),
        ({"sub": ...}, Ended("j-1", None, "p-1", NOW + 125)),
        ({"sub": None}, Ended("j-1", None, "p-1", NOW + 125)),
        ({"aud": ["indblik"]}, Ended("j-1", "s-1", "p-1", NOW + 125)),
        ({"events": {LOGOUT_EVENT: {}, "x": 1}}, Ended("j-1", "s-1", "p-1", NOW + 125)),
        ({"exp": NOW - 9}, Ended("j-1", "s-1", "p-1", NOW + 1)),
        ({"exp": 10**17}, Ended("j-1", "s-1", "p-1", NOW - 5 + 600 + 10)),  # believed no longer
        ({"jti": "j" * 255}, Ended("j" * 255, "s-1", "p-1", NOW + 125)),
    ],
)
def test_what_may_differ(changed: dict[str, object], ended: Ended) -> None:
    assert read(**changed) == ended


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"iss": "https://evil.example"}, "wrong_issuer"),
        ({"aud": "another"}, "wrong_audience"),
        ({"azp": "another"}, "wrong_party"),
        ({"iat": NOW + 11}, "issued_at_wrong_time"),
        ({"iat": NOW - 601}, "issued_at_wrong_time"),
        ({"exp": NOW - 10}, "expired"),
        ({"nbf": NOW + 11}, "not_yet_valid"),
        ({"nonce": None}, "nonce_present"),
        ({"events": {LOGOUT_EVENT: None}}, "no_logout_event"),
        ({"events": None}, "no_logout_event"),
        ({"jti": ""}, "no_jti"),
        ({"sub": ..., "sid": ...}, "nobody_named"),
        ({"sub": None, "sid": None}, "nobody_named"),
        ({"sub": ""}, "no_subject"),
        ({"sub": "s" * 256}, "no_subject"),
        ({"sid": ""}, "no_session"),
        ({"sid": ["p-1"]}, "no_session"),
    ],
)
def test_what_does_not_fit_is_named(changed: dict[str, object], code: str) -> None:
    with pytest.raises(SignInRefused) as raised:
        read(**changed)
    assert (raised.value.kind, raised.value.code) == (RefusalKind.ERROR, code)


@pytest.mark.parametrize(
    ("told", "apart"), [(NOW + 3600, 3600), (NOW, 0), ("x", None), (1e400, None)]
)
def test_how_far_clocks_are_apart(told: object, apart: int | None) -> None:
    assert seconds_apart({"iat": told}, NOW) == apart


def test_who_says_no_time_is_not_apart() -> None:
    assert seconds_apart({}, NOW) is None
