"""The eleven checks that the OpenID library leaves to its caller. Each fails without ours."""

from __future__ import annotations

import threading
import time
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from portal.identity.rules import LEEWAY, check_level, refusal_of
from portal.identity.words import Expected, RefusalKind, SignInRefused
from portal.pages.oidc import memory, pending, wire
from portal.pages.oidc.pending import Pending
from portal.pages.oidc.wire import ProviderDown, ProviderWrong
from tests.pages.public.conftest import BACK, finish
from tests.servers.lying import DISCOVERY, Lying, drops

if TYPE_CHECKING:
    from portal.pages.oidc.provider import Provider


def refused(ours: Provider, lying: Lying, answered_by: str | None = None) -> str:
    with pytest.raises(SignInRefused) as caught:
        finish(ours, lying, answered_by)
    assert caught.value.kind is RefusalKind.ERROR
    return caught.value.code


def test_a_provider_that_behaves_is_believed(ours: Provider, lying: Lying) -> None:
    answer = finish(ours, lying)
    assert answer.id_token["sub"] == "subject-1"
    assert answer.personal["cpr"] == "6101901234"
    assert "6101901234" not in repr(answer)


def test_hole_01_an_answer_of_another_provider(ours: Provider, lying: Lying) -> None:
    assert refused(ours, lying, "http://127.0.0.1:1") == "wrong_answer_issuer"
    assert "/token" not in lying.asked  # the code was not given away


def test_hole_01_an_answer_without_the_issuer_that_was_promised(
    ours: Provider, lying: Lying
) -> None:
    promise = {"authorization_response_iss_parameter_supported": True}
    lying.says(DISCOVERY, lying.description() | promise)
    expected = Expected(lying.issuer, "indblik", "nonce", int(time.time()))
    with pytest.raises(SignInRefused, match="wrong_answer_issuer"):
        ours.finish("code", "verifier", BACK, expected)


def test_hole_02_only_known_words_of_an_error_go_further() -> None:
    refusal = refusal_of("access_denied", "<script>6101901234")
    assert (refusal.kind, refusal.code) == (RefusalKind.ERROR, "provider_refused")


@pytest.mark.parametrize("acr", ["https://data.gov.dk/concept/core/nsis/Low", "made up", ""])
def test_hole_03_a_level_that_is_too_low(ours: Provider, lying: Lying, acr: object) -> None:
    lying.changed = {"acr": acr}
    answer = finish(ours, lying)
    with pytest.raises(SignInRefused, match="low_assurance"):
        check_level(ours.preset, answer.id_token)


@pytest.mark.parametrize("age", [None, LEEWAY + 2, 3600])
def test_hole_03_an_old_authentication(ours: Provider, lying: Lying, age: int | None) -> None:
    lying.changed = {"auth_time": None if age is None else int(time.time()) - age}
    assert refused(ours, lying) == "old_authentication"


def test_hole_04_the_second_sign_in_is_checked_like_the_first(ours: Provider, lying: Lying) -> None:
    finish(ours, lying)
    lying.changed = {"nonce": "another"}
    assert refused(ours, lying) == "wrong_nonce"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"aud": "other", "azp": "indblik"}, "wrong_audience"),
        ({"aud": ["indblik", "other"], "azp": "indblik"}, "wrong_audience"),
        ({"azp": "other"}, "wrong_party"),
        ({"iss": "https://elsewhere.example"}, "wrong_issuer"),
        ({"iss": None}, "wrong_issuer"),
        ({"sub": ""}, "no_subject"),
    ],
)
def test_hole_05_issuer_and_audience(
    ours: Provider, lying: Lying, changed: dict[str, object], code: str
) -> None:
    lying.changed = changed
    assert refused(ours, lying) == code


def _token(lying: Lying, id_token: str | None) -> dict[str, str]:
    given = {"access_token": "opaque", "token_type": "Bearer"}
    return given if id_token is None else given | {"id_token": id_token}


def test_hole_06_an_unsigned_token_where_discovery_lists_none(ours: Provider, lying: Lying) -> None:
    listed = {"id_token_signing_alg_values_supported": ["none", "ES256"]}
    lying.says(DISCOVERY, lying.description() | listed)
    body = lying.id_token().split(".")[1]
    header = urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    lying.says("/token", _token(lying, f"{header}.{body}."))
    with pytest.raises(ProviderWrong, match="id_token"):
        finish(ours, lying)


def test_hole_06_a_token_signed_with_the_public_key_as_a_secret(
    ours: Provider, lying: Lying
) -> None:
    secret = OctKey.import_key({"kty": "oct", "k": str(lying.key.as_dict()["x"])})
    forged = jwt.encode({"alg": "HS256", "kid": lying.key.kid}, lying.claims(), secret)
    lying.says("/token", _token(lying, forged))
    with pytest.raises(ProviderWrong, match="id_token"):
        finish(ours, lying)


def test_hole_06_a_token_signed_by_somebody_else(ours: Provider, lying: Lying) -> None:
    other = ECKey.generate_key("P-256")
    forged = jwt.encode({"alg": "ES256", "kid": lying.key.kid}, lying.claims(), other)
    lying.says("/token", _token(lying, forged))
    with pytest.raises(ProviderWrong, match="signature does not hold"):
        finish(ours, lying)


def test_hole_07_no_id_token(ours: Provider, lying: Lying) -> None:
    lying.says("/token", _token(lying, None))
    with pytest.raises(ProviderWrong, match="without id_token"):
        finish(ours, lying)


@pytest.mark.parametrize("userinfo", [{"sub": "subject-2"}, {}])
def test_hole_08_userinfo_about_somebody_else(
    ours: Provider, lying: Lying, userinfo: dict[str, str]
) -> None:
    lying.says("/userinfo", userinfo)
    assert refused(ours, lying) == "wrong_userinfo_subject"


@pytest.mark.parametrize(
    ("name", "seconds", "code"),
    [
        ("exp", -(LEEWAY + 2), "expired"),
        ("exp", None, "expired"),
        ("iat", LEEWAY + 60, "issued_at_wrong_time"),
        ("iat", -3600, "issued_at_wrong_time"),
        ("nbf", LEEWAY + 60, "not_yet_valid"),
        ("auth_time", LEEWAY + 60, "issued_at_wrong_time"),
    ],
)
def test_hole_09_times_that_do_not_fit(
    ours: Provider, lying: Lying, name: str, seconds: int | None, code: str
) -> None:
    lying.changed = {name: None if seconds is None else int(time.time()) + seconds}
    assert refused(ours, lying) == code


@pytest.mark.parametrize("value", [True, "300", float("inf"), {}])
def test_hole_09_a_time_that_is_none(ours: Provider, lying: Lying, value: object) -> None:
    lying.changed = {"exp": value}
    assert refused(ours, lying) == "no_moment"


def test_hole_09_a_time_may_be_written_with_a_point(ours: Provider, lying: Lying) -> None:
    lying.changed = {"exp": float(int(time.time()) + 60)}
    assert finish(ours, lying).id_token["sub"] == "subject-1"


def _pending(at: int) -> Pending:
    return Pending("citizen", "nonce", "verifier", at, "")


def test_hole_10_a_state_counts_once_and_not_for_ever() -> None:
    session: dict[str, object] = {}
    pending.keep(session, "a", _pending(0))
    assert pending.take(session, "b", 1) is None
    assert pending.take(session, "a", 1) == _pending(0)
    assert pending.take(session, "a", 1) is None
    pending.keep(session, "a", _pending(0))
    assert pending.take(session, "a", pending.SECONDS + 1) is None


def test_hole_10_unfinished_sign_ins_do_not_pile_up() -> None:
    session: dict[str, dict[str, object]] = {}
    for number in range(100):
        pending.keep(session, str(number), _pending(number))
    assert list(session[pending.KEY]) == ["95", "96", "97", "98", "99"]


def test_hole_11_what_a_provider_says_of_itself_is_asked_anew_after_a_while(
    ours: Provider, lying: Lying, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(ours, lying)
    finish(ours, lying)
    assert (lying.asked.count(DISCOVERY), lying.asked.count("/jwks")) == (1, 1)
    later = time.monotonic() + memory.CACHE_SECONDS + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    finish(ours, lying)
    assert (lying.asked.count(DISCOVERY), lying.asked.count("/jwks")) == (2, 2)


def test_hole_11_a_new_key_is_fetched_once(ours: Provider, lying: Lying) -> None:
    finish(ours, lying)
    lying.key = ECKey.generate_key("P-256", auto_kid=True)
    finish(ours, lying)
    assert lying.asked.count("/jwks") == 2


def test_hole_11_a_key_that_nobody_knows_is_looked_for_once(ours: Provider, lying: Lying) -> None:
    finish(ours, lying)
    lying.says("/jwks", {"keys": []})
    lying.key = ECKey.generate_key("P-256", auto_kid=True)
    with pytest.raises(ProviderWrong):
        finish(ours, lying)
    assert lying.asked.count("/jwks") == 2


@pytest.mark.parametrize("path", [DISCOVERY, "/token", "/jwks", "/userinfo"])
@pytest.mark.parametrize("where", ["body", "headers"])
def test_hole_11_a_provider_that_drips_holds_nobody(
    ours: Provider, lying: Lying, path: str, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "DEADLINE", 0.6)
    if where == "body":
        lying.bodies[path] = drops
    else:
        lying.headers["drip"] = path
    begin = time.monotonic()
    with pytest.raises(ProviderDown):
        finish(ours, lying)
    assert time.monotonic() - begin < 1.0
    for thread in threading.enumerate():
        if thread.name == "provider":
            thread.join(2)
            assert not thread.is_alive()  # its socket was shut
