"""A provider that is out of order, answers garbage, or says what no provider may say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from portal.app import create_app
from portal.identity.words import PersonalIn
from portal.pages.oidc.answers import CodeSpent
from portal.pages.oidc.keys import UnknownKey, own_key, verified
from portal.pages.oidc.provider import Provider
from portal.pages.oidc.wire import ProviderDown, ProviderWrong
from portal.settings import Client, SettingsError
from tests.pages.conftest import settings_for
from tests.pages.public.conftest import BACK, finish
from tests.servers.lying import DISCOVERY, Lying

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("path", [DISCOVERY, "/token", "/jwks", "/userinfo"])
def test_a_provider_out_of_order_is_told_from_a_wrong_one(
    ours: Provider, lying: Lying, path: str
) -> None:
    lying.statuses[path] = 503
    with pytest.raises(ProviderDown):
        finish(ours, lying)


@pytest.mark.parametrize("path", [DISCOVERY, "/token", "/jwks", "/userinfo"])
@pytest.mark.parametrize(
    "body", [b"<html>", b"[]", b"", b"\xff", b"[" * 100_000, b'{"a":"' + b"x" * 300_000 + b'"}']
)
def test_garbage_is_refused(ours: Provider, lying: Lying, path: str, body: bytes) -> None:
    lying.bodies[path] = lambda: body
    with pytest.raises(ProviderWrong):
        finish(ours, lying)


@pytest.mark.parametrize("path", [DISCOVERY, "/token", "/jwks", "/userinfo"])
def test_no_redirect_is_followed(ours: Provider, lying: Lying, path: str) -> None:
    lying.statuses[path] = 302
    lying.headers["Location"] = f"{lying.issuer}/trap"
    with pytest.raises(ProviderWrong):
        finish(ours, lying)
    assert "/trap" not in lying.asked


@pytest.mark.parametrize(
    "name", ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"]
)
@pytest.mark.parametrize("address", ["http://elsewhere.example/x", "javascript:1", None, 7])
def test_addresses_without_encryption_are_refused(
    ours: Provider, lying: Lying, name: str, address: object
) -> None:
    lying.says(DISCOVERY, lying.description() | {name: address})
    with pytest.raises(ProviderWrong):
        finish(ours, lying)


def test_a_description_of_another_provider_is_refused(ours: Provider, lying: Lying) -> None:
    lying.says(DISCOVERY, lying.description() | {"issuer": "https://elsewhere.example"})
    with pytest.raises(ProviderWrong, match="another provider"):
        ours.start(BACK, "da")


def test_a_spent_code_is_told_from_an_error(ours: Provider, lying: Lying) -> None:
    lying.statuses["/token"] = 400
    lying.says("/token", {"error": "invalid_grant"})
    with pytest.raises(CodeSpent):
        finish(ours, lying)
    lying.says("/token", {"error": "invalid_client"})
    with pytest.raises(ProviderWrong, match="refused us"):
        finish(ours, lying)


def test_an_id_token_for_another_access_token_is_refused(ours: Provider, lying: Lying) -> None:
    lying.changed = {"at_hash": "bm90IHRoYXQgb25l"}
    with pytest.raises(ProviderWrong, match="another access token"):
        finish(ours, lying)


def test_an_id_token_that_tells_a_name_is_not_kept(ours: Provider, lying: Lying) -> None:
    told = finish(ours, lying)
    assert told.logout is not None
    assert told.logout.hint is not None
    lying.changed = {"name": "Opfundet Person"}
    untold = finish(ours, lying)
    assert untold.logout is not None
    assert untold.logout.hint is None


def test_a_wrong_key_or_preset_stops_the_start(lying: Lying, key_file: Path) -> None:
    with pytest.raises(SettingsError, match=r"^PRESET: "):
        Provider(Client(lying.issuer, "indblik", key_file, "made-up"))
    with pytest.raises(SettingsError, match=r"^CLIENT_KEY_FILE holds "):
        Provider(Client(lying.issuer, "indblik", key_file.parent / "none.pem", "simulator"))


def test_a_packed_body_is_not_unpacked(ours: Provider, lying: Lying) -> None:
    lying.headers["Content-Encoding"] = "gzip"
    with pytest.raises(ProviderWrong, match="packed"):
        ours.start(BACK, "da")


@pytest.mark.parametrize("keys", [None, {}, ["x"]])
def test_keys_that_are_none(ours: Provider, lying: Lying, keys: object) -> None:
    lying.says("/jwks", {"keys": keys})
    with pytest.raises(ProviderWrong, match="none"):
        finish(ours, lying)


def test_a_provider_without_signing_out(ours: Provider, lying: Lying) -> None:
    described = lying.description()
    del described["end_session_endpoint"]
    lying.says(DISCOVERY, described)
    assert finish(ours, lying).logout is None


def test_a_preset_may_find_the_person_in_the_id_token(
    ours: Provider, lying: Lying, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ours, "preset", replace(ours.preset, personal_in=PersonalIn.ID_TOKEN))
    lying.changed = {"cpr": "6101901234"}
    assert finish(ours, lying).personal["cpr"] == "6101901234"
    assert "/userinfo" not in lying.asked


def test_a_weak_key_signs_nothing() -> None:
    strong = RSAKey.generate_key(2048)
    token = jwt.encode({"alg": "RS256"}, {"sub": "s"}, strong)
    published = dict(strong.as_dict(private=False))
    assert verified(token, {"keys": [published]}, "opaque") == {"sub": "s"}
    weak = published | {"n": str(published["n"])[:170]}  # as long as that of 1024 bits
    for other in (weak, published | {"use": "enc"}, published | {"alg": "PS256"}):
        with pytest.raises(UnknownKey):
            verified(token, {"keys": [other]}, "opaque")


def test_two_keys_without_a_name_decide_nothing() -> None:
    keys = [ECKey.generate_key("P-256") for _ in range(2)]
    token = jwt.encode({"alg": "ES256"}, {"sub": "s"}, keys[0])
    published = [dict(key.as_dict(private=False)) for key in keys]
    with pytest.raises(UnknownKey):
        verified(token, {"keys": published}, "opaque")
    assert verified(token, {"keys": published[:1]}, "opaque") == {"sub": "s"}


def test_a_public_key_cannot_be_our_own(tmp_path: Path) -> None:
    path = tmp_path / "public.pem"
    path.write_bytes(ECKey.generate_key("P-256").as_pem(private=False))
    with pytest.raises(ValueError, match="private"):
        own_key(path)


@pytest.mark.parametrize("audience", ["citizen", "staff"])
def test_the_setting_of_a_wrong_client_is_named(
    tmp_path: Path, key_file: Path, audience: str
) -> None:
    good = settings_for("sqlite://", tmp_path, key_file)
    bad = Client("http://127.0.0.1:9", "x", key_file, "made-up")
    wrong = replace(good, citizen=bad) if audience == "citizen" else replace(good, staff=bad)
    with pytest.raises(SettingsError, match=f"^INDBLIK_{audience.upper()}_PRESET: "):
        create_app(wrong)
