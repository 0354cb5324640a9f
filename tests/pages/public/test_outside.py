"""A provider ends sessions: OpenID Connect Back-Channel Logout 1.0, with its every check."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.db import engine_for
from portal.identity.rules import LOGOUT_EVENT
from portal.identity_log.models import SignInAttempt, SpentToken
from portal.pages.oidc import memory
from tests.pages.public.conftest import CITIZENS, DOORS, STAFF, World, is_in
from tests.pages.public.logout_tokens import AWAY, claims, signed

if TYPE_CHECKING:
    from tests.servers.lying import Lying


@pytest.mark.parametrize("start", DOORS)
def test_who_signs_out_elsewhere_is_out_here_too(either: World, start: str) -> None:
    browsers = [either.signed_in(start) for _ in range(2)]
    other = either.signed_in(start, "subject-2")
    assert all(is_in(one, start) for one in (*browsers, other))
    answer = either.says(signed(either.lying, claims(either.lying)), start)
    assert (answer.status_code, answer.json) == (200, {})
    assert answer.headers["Cache-Control"] == "no-store"
    assert not any(is_in(one, start) for one in browsers)
    assert is_in(other, start)


def test_one_session_of_a_person_may_be_ended(either: World) -> None:
    here, there = either.signed_in(sid="s-1"), either.signed_in(sid="s-2")
    told = claims(either.lying, sub=AWAY, sid="s-1")
    assert either.says(signed(either.lying, told)).status_code == 200
    assert (is_in(here), is_in(there)) == (False, True)
    told = claims(either.lying, sid="s-3")  # the person's, but not this one
    assert either.says(signed(either.lying, told)).status_code == 200
    assert is_in(there)


def test_who_has_no_session_is_out_already(world: World) -> None:
    assert world.says(signed(world.lying, claims(world.lying, sub="nobody"))).status_code == 200


@pytest.mark.parametrize(
    "kind", ["logout+jwt", "LOGOUT+JWT", "application/logout+jwt", "JWT", None]
)
def test_a_token_may_leave_its_type_unsaid(world: World, kind: str | None) -> None:
    browser = world.signed_in()
    assert world.says(signed(world.lying, claims(world.lying), typ=kind)).status_code == 200
    assert not is_in(browser)


CHANGED: list[tuple[dict[str, Any], str]] = [
    ({"iss": "https://elsewhere.example"}, "wrong_issuer"),
    ({"iss": AWAY}, "wrong_issuer"),
    ({"aud": "another"}, "wrong_audience"),
    ({"aud": ["indblik", "another"]}, "wrong_audience"),
    ({"aud": AWAY}, "wrong_audience"),
    ({"azp": "another"}, "wrong_party"),
    ({"exp": AWAY}, "expired"),
    ({"exp": 1}, "expired"),
    ({"exp": "never"}, "no_moment"),
    ({"iat": AWAY}, "issued_at_wrong_time"),
    ({"iat": 1}, "issued_at_wrong_time"),
    ({"iat": True}, "no_moment"),
    ({"nonce": "n"}, "nonce_present"),
    ({"nonce": ""}, "nonce_present"),
    ({"events": AWAY}, "no_logout_event"),
    ({"events": {}}, "no_logout_event"),
    ({"events": LOGOUT_EVENT}, "no_logout_event"),
    ({"events": [LOGOUT_EVENT]}, "no_logout_event"),
    ({"events": {LOGOUT_EVENT: "x"}}, "no_logout_event"),
    ({"events": {LOGOUT_EVENT + "/": {}}}, "no_logout_event"),
    ({"jti": AWAY}, "no_jti"),
    ({"jti": 7}, "no_jti"),
    ({"jti": "j" * 256}, "no_jti"),
    ({"sub": AWAY}, "nobody_named"),
    ({"sub": ""}, "no_subject"),
    ({"sub": ["subject-1"]}, "no_subject"),
    ({"sub": AWAY, "sid": 7}, "no_session"),
    ({"sid": ""}, "no_session"),
]


def test_a_claim_that_does_not_fit_ends_nothing(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    browser = world.signed_in()
    for changed, code in CHANGED:
        answer = world.says(signed(world.lying, claims(world.lying, **changed)))
        assert answer.status_code == 400, changed
        assert answer.json == {"error": "invalid_request", "error_description": code}
        assert f"a logout token for citizen was refused: {code}" in caplog.text
    assert is_in(browser)


def forged(lying: Lying) -> dict[str, str]:
    """Tokens that no provider made, or that were changed on the way."""
    told = claims(lying)
    good = signed(lying, told)
    head, body, signature = good.split(".")
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    other = base64.urlsafe_b64encode(json.dumps(told | {"sub": "x"}).encode()).decode().rstrip("=")
    secret = OctKey.import_key({"kty": "oct", "k": str(lying.key.as_dict()["x"])})
    return {
        "by somebody else": signed(lying, told, ECKey.generate_key("P-256")),
        "with a key nobody knows": signed(lying, told, kid="unknown"),
        "unsigned": f"{none}.{body}.",
        "by a shared secret": jwt.encode({"alg": "HS256", "kid": lying.key.kid}, told, secret),
        "of another body": f"{head}.{other}.{signature}",
        "truncated": good[:-5],
        "without a signature": f"{head}.{body}.",
        "in two parts": f"{head}.{body}",
        "in four parts": f"{good}.x",
        "an id_token": lying.id_token(),
        "of another type": signed(lying, told, typ="at+jwt"),
        "of a type that is none": signed(lying, told, typ=""),
        "with an unknown demand": good.replace(head, _head(lying, crit=["x"], x=1), 1),
        "oversized": "x." + "a" * 40_000 + ".x",
        "large": signed(lying, claims(lying, more="a" * 20_000)),
        "no token": "\x00\ud7ff not a token",
        "nothing": "",
    }


def _head(lying: Lying, **more: object) -> str:
    header = {"alg": "ES256", "kid": lying.key.kid, **more}
    return base64.urlsafe_b64encode(json.dumps(header).encode()).decode().rstrip("=")


def test_what_is_forged_ends_nothing(world: World) -> None:
    browser = world.signed_in()
    for name, token in forged(world.lying).items():
        answer = world.says(token)
        assert answer.status_code == 400, name
        assert is_in(browser), name
    assert world.lying.asked.count("/jwks") == 2  # one look for the key that nobody knows


def test_a_token_counts_once(world: World) -> None:
    token = signed(world.lying, claims(world.lying))
    assert world.says(token).status_code == 200
    browser = world.signed_in()
    answer = world.says(token)
    assert answer.json == {"error": "invalid_request", "error_description": "replayed"}
    assert is_in(browser)
    another = World(world.settings, world.lying)  # a process of its own, with the same database
    assert another.says(token).status_code == 400


def test_a_name_counts_once_for_each_issuer_and_not_for_each_door(world: World) -> None:
    told = claims(world.lying, jti="one")
    assert world.says(signed(world.lying, told)).status_code == 200
    assert world.says(signed(world.lying, told), STAFF).status_code == 400


def test_a_token_is_not_used_up_by_work_that_failed(
    either: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = either.signed_in()
    token = signed(either.lying, claims(either.lying))

    def broken(_keys: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr("portal.pages.sessions.forget", broken)
        assert either.says(token).status_code == 500
    assert is_in(browser)
    assert either.says(token).status_code == 200
    assert not is_in(browser)


def test_a_token_twice_in_one_form_is_none(world: World) -> None:
    token = signed(world.lying, claims(world.lying))
    answer = world.app.test_client().post(CITIZENS + "/udefra", data={"logout_token": [token] * 2})
    assert answer.status_code == 400
    path = f"{CITIZENS}/udefra?logout_token={token}"
    assert world.app.test_client().post(path).status_code == 400  # nor in the address
    assert world.app.test_client().get(path).status_code == 405


def test_a_provider_that_is_down_is_told_to_come_again(world: World) -> None:
    world.lying.statuses["/jwks"] = 503
    answer = world.says(signed(world.lying, claims(world.lying)))
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["error"] == "temporarily_unavailable"


def test_forged_tokens_make_no_storm_of_questions(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.signed_in()
    for number in range(50):
        token = signed(world.lying, claims(world.lying), kid=f"unknown-{number}")
        assert world.says(token).status_code == 400
    assert world.lying.asked.count("/jwks") == 2
    monkeypatch.setattr(memory, "LOOK_SECONDS", 0.0)
    world.lying.key = ECKey.generate_key("P-256", auto_kid=True)
    assert world.says(signed(world.lying, claims(world.lying))).status_code == 200


def test_what_is_written_down(world: World) -> None:
    world.signed_in(sid="s-1")
    world.says(signed(world.lying, claims(world.lying, sid="s-1")))
    with Session(engine_for(world.settings.database_url)) as session:
        rows = list(session.scalars(select(SignInAttempt).order_by(SignInAttempt.id)))
        spent = list(session.scalars(select(SpentToken)))
    told = [(row.outcome, row.audience, row.subject, row.provider_session) for row in rows]
    assert told == [
        ("signed_in", "citizen", "subject-1", "s-1"),
        ("ended_at_provider", "citizen", "subject-1", "s-1"),
    ]
    assert rows[0].level == "SUBSTANTIAL"
    assert [token.issuer for token in spent] == [world.lying.issuer]
    assert spent[0].until < clock.now() + timedelta(seconds=700)


def test_a_token_that_never_ends_is_remembered_no_longer_than_it_is_believed(world: World) -> None:
    told = claims(world.lying, exp=10**17)
    assert world.says(signed(world.lying, told)).status_code == 200
    with Session(engine_for(world.settings.database_url)) as session:
        until = session.scalars(select(SpentToken.until)).one()
    assert until == datetime.fromtimestamp(told["iat"] + 610, UTC)
