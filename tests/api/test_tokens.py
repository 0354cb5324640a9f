"""Tokens that open the door, and all those that do not."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from portal.api import tokens
from portal.api.problems import Problem
from portal.api.tokens import Keys, KeysUnavailable
from portal.app import create_app
from portal.rates.counting import Rates
from portal.rates.queries import rulebook
from portal.settings import Api, SettingsError, read
from tests.api.conftest import API, AUDIENCE, ISSUER, Authority, Machine, problem, published
from tests.rooms.feed.examples import told

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from portal.api.tokens import Machine as Client

NOW = int(time.time())


@pytest.fixture(autouse=True)
def at_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tokens are issued at NOW however long the tests before have taken."""
    monkeypatch.setattr("portal.clock.now", lambda: datetime.fromtimestamp(NOW, UTC))


@pytest.fixture(scope="module")
def rsa() -> RSAKey:
    return RSAKey.generate_key(2048, parameters={"kid": "rsa"})


@pytest.fixture
def keys(authority: Authority) -> Keys:
    return Keys(authority.jwks)


def client(token: str, keys: Keys, now: float = NOW) -> Client:
    return tokens.machine(f"Bearer {token}", API, keys, now)


def refused(token: str, keys: Keys) -> str:
    with pytest.raises(Problem) as raised:
        client(token, keys)
    assert raised.value.status == 401
    assert 'error="invalid_token"' in str(raised.value.challenge)
    return str(raised.value.body["detail"])


def test_a_good_token_tells_client_and_scopes(authority: Authority, keys: Keys) -> None:
    who = client(authority.token(), keys)
    assert (who.client, sorted(who.scopes)) == ("case-system", ["cases:write", "overview:read"])
    for header in ({"typ": "application/AT+JWT"}, {"kid": None}):
        assert client(authority.token(header), keys).client == "case-system"
    assert client(authority.token(aud=["x", AUDIENCE]), keys).client == "case-system"
    assert client(authority.token(scope=None), keys).scopes == frozenset()
    assert client(authority.token(scope=["cases:write"]), keys).scopes == frozenset()


@pytest.mark.parametrize("algorithm", ["RS256", "PS256"])
def test_rsa_signs_too(algorithm: str, rsa: RSAKey) -> None:
    authority = Authority(rsa, published=[published(rsa)])
    assert client(authority.token({"alg": algorithm}), Keys(authority.jwks)).scopes


@pytest.mark.parametrize(
    ("claims", "detail"),
    [
        ({"iss": f"{ISSUER}/"}, "another issuer"),
        ({"iss": None}, "another issuer"),
        ({"aud": "other"}, "another audience"),
        ({"aud": None}, "another audience"),
        ({"aud": [[AUDIENCE]]}, "another audience"),
        ({"exp": NOW - 11}, "has expired"),
        ({"exp": None}, "has expired"),
        ({"exp": "soon"}, "has expired"),
        ({"exp": True}, "has expired"),
        ({"iat": None}, "when it was issued"),
        ({"iat": NOW + 60}, "when it was issued"),
        ({"nbf": NOW + 60}, "not valid yet"),
        ({"nbf": "x"}, "not valid yet"),
        ({"client_id": None}, "no client"),
        ({"client_id": ""}, "no client"),
        ({"client_id": 7}, "no client"),
    ],
)
def test_a_claim_that_is_wrong(
    authority: Authority, keys: Keys, claims: dict[str, Any], detail: str
) -> None:
    assert detail in refused(authority.token(**claims), keys)


def test_two_clocks_may_differ_a_little(authority: Authority, keys: Keys) -> None:
    token = authority.token(exp=NOW - 9, iat=NOW + 9, nbf=NOW + 9)
    assert client(token, keys).client == "case-system"


@pytest.mark.parametrize("kind", [None, "JWT", "id+jwt", ""])
def test_a_token_of_another_kind(authority: Authority, keys: Keys, kind: str | None) -> None:
    assert "not an access token" in refused(authority.token({"typ": kind}), keys)


def test_a_key_of_somebody_else(authority: Authority, keys: Keys, rsa: RSAKey) -> None:
    other = ECKey.generate_key("P-256", parameters={"kid": "one"})
    assert "signature" in refused(Authority(other).token(), keys)
    stranger = Authority(ECKey.generate_key("P-256", parameters={"kid": "two"}))
    assert "does not publish" in refused(stranger.token(), keys)
    assert "does not publish" in refused(Authority(rsa).token({"alg": "RS256"}), keys)


def test_an_altered_token(authority: Authority, keys: Keys) -> None:
    head, body, signature = authority.token().split(".")
    other = authority.token(scope="all").split(".")[1]
    for token in (f"{head}.{other}.{signature}", f"{head}.{body}.", f"{head}.{body}", "x", "", "..",
                  f"{head}.{body}.{'A' * 86}", "æ.æ.æ"):  # fmt: skip
        assert refused(token, keys)
    assert "too long" in refused("x" * 9000, keys)


def test_algorithms_are_pinned(authority: Authority, keys: Keys) -> None:
    body = authority.token().split(".")[1]
    unsigned = f"eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJub25lIn0.{body}."
    assert refused(unsigned, keys)
    secret = OctKey.import_key("s" * 64)
    symmetric = jwt.encode({"typ": "at+jwt", "alg": "HS256", "kid": "one"}, {"iss": ISSUER}, secret)
    assert refused(symmetric, keys)


def test_keys_that_are_not_for_this(rsa: RSAKey) -> None:
    good = published(rsa)
    for wrong in ({"use": "enc"}, {"alg": "RS512"}, {"kty": "EC"}, {"n": good["n"][:300]}):
        authority = Authority(rsa, published=[good | wrong])
        token = authority.token({"alg": "RS256"})
        assert "does not publish" in refused(token, Keys(authority.jwks))
    doubled = Authority(rsa, published=[good, good, "no key"])
    assert refused(doubled.token({"alg": "RS256"}), Keys(doubled.jwks))


def test_keys_are_kept_and_asked_for_anew(
    authority: Authority, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr("portal.api.tokens.time.monotonic", lambda: clock[0])
    for _ in range(3):
        client(authority.token(), keys)
    assert authority.asked == 1
    new = ECKey.generate_key("P-256", parameters={"kid": "new"})
    successor = Authority(new)
    refused(successor.token(), keys)
    authority.published.append(published(new))
    refused(successor.token(), keys)
    assert authority.asked == 1  # a flood of unknown keys is not passed on
    clock[0] += 31
    assert client(successor.token(), keys).scopes
    assert authority.asked == 2
    authority.up = False
    clock[0] += 601
    assert client(authority.token(), keys).scopes
    assert authority.asked == 3
    clock[0] += 3600
    with pytest.raises(Problem) as raised:
        client(authority.token(), keys)
    assert (raised.value.status, raised.value.body["type"]) == (
        503, "urn:indblik:problem:keys-unavailable",
    )  # fmt: skip
    authority.up = True
    assert client(authority.token(), keys).scopes


def test_a_key_set_that_is_none(authority: Authority) -> None:
    for answer in ({}, {"keys": None}, {"keys": "x"}):
        keys = Keys(lambda answer=answer: answer)  # type: ignore[misc]  # bound early
        assert "does not publish" in refused(authority.token(), keys)


def asked(machine: Machine, authorization: str | None) -> TestResponse:
    headers = {"Content-Type": "application/cloudevents+json"}
    if authorization is not None:
        headers["Authorization"] = authorization
    return machine.client.post("/api/v1/events", data=told("resumed"), headers=headers)


@pytest.mark.parametrize("header", [None, "", "Basic eDp4", "Bearer", "bearer ", "Token x"])
def test_nobody_enters_without_a_token(machine: Machine, header: str | None) -> None:
    answer = asked(machine, header)
    problem(answer, 401, "unauthorized")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_scope_is_for_one_thing(machine: Machine) -> None:
    answer = asked(machine, f"Bearer {machine.authority.token(scope='overview:read')}")
    problem(answer, 403, "insufficient-scope")
    assert 'scope="cases:write"' in answer.headers["WWW-Authenticate"]


def test_a_client_that_comes_too_often(machine: Machine) -> None:
    guard = machine.app.extensions["machines"]
    machine.app.extensions["machines"] = replace(guard, api=replace(API, a_minute=4))
    own = f"Bearer {machine.authority.token()}"
    answers = [asked(machine, own) for _ in range(3)]  # of two processes each has half
    assert [one.status_code for one in answers] == [200, 200, 429]
    problem(answers[-1], 429, "too-many-requests")
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    other = machine.authority.token(client_id="other")
    assert asked(machine, f"Bearer {other}").status_code == 200


def test_who_guesses_tokens_must_wait(machine: Machine) -> None:
    guard = machine.app.extensions["machines"]
    machine.app.extensions["machines"] = replace(guard, rates=Rates(rulebook(), b"s" * 32))
    answers = [asked(machine, "Bearer x") for _ in range(70)]
    statuses = [one.status_code for one in answers]
    assert statuses == [401] * 60 + [429] * 10
    problem(answers[-1], 429, "too-many-requests")
    assert asked(machine, f"Bearer {machine.authority.token()}").status_code == 200


def test_the_issuers_keys_are_fetched_within_bounds(environment: dict[str, str]) -> None:
    nobody = {"INDBLIK_API_ISSUER": ISSUER, "INDBLIK_API_AUDIENCE": AUDIENCE,
              "INDBLIK_API_JWKS_URL": "http://127.0.0.1:9/jwks"}  # fmt: skip
    guard = create_app(read(environment | nobody)).extensions["machines"]
    assert guard.api == Api(ISSUER, AUDIENCE, "http://127.0.0.1:9/jwks", 600)
    with pytest.raises(KeysUnavailable):
        guard.keys.fitting({"alg": "ES256"})


@pytest.mark.parametrize("left_out", ["ISSUER", "AUDIENCE", "JWKS_URL"])
def test_the_settings_belong_together(environment: dict[str, str], left_out: str) -> None:
    names = {"ISSUER", "AUDIENCE", "JWKS_URL"} - {left_out}
    some = {f"INDBLIK_API_{name}": "https://x.example" for name in names}
    with pytest.raises(SettingsError, match=f"INDBLIK_API_{left_out} is not set"):
        read(environment | some)
    assert read(environment).api is None
