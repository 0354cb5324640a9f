"""How a request is made: signed and pushed where that is offered, at the level asked for."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc import jws, jwt

from portal.identity.words import PRESETS, Loa
from portal.pages.oidc.asking import parameters_of
from portal.pages.oidc.keys import certificate_in, own_key
from portal.pages.oidc.provider import Provider
from portal.pages.oidc.wire import ProviderDown, ProviderWrong
from portal.settings import Client, SettingsError
from tests.pages.public.conftest import BACK, Browser, fields
from tests.servers.lying import DISCOVERY, Lying

if TYPE_CHECKING:
    from pathlib import Path

SIGNED = {"request_parameter_supported": True}
PUSHED_TO = "pushed_authorization_request_endpoint"


def offering(lying: Lying, **more: object) -> None:
    lying.says(DISCOVERY, lying.description() | more)


def query_of(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def object_in(ours: Provider, query: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims of a signed request, checked as a provider checks it."""
    token = jwt.decode(query["request"], ours.own[0].key, algorithms=["ES256"])
    return token.header, token.claims


def test_a_plain_request_where_nothing_else_is_offered(ours: Provider, lying: Lying) -> None:
    start = ours.start(BACK, "en")
    query = query_of(start.address)
    assert "request" not in query
    assert (query["state"], query["nonce"]) == (start.state, start.nonce)
    assert (query["ui_locales"], query["prompt"], query["max_age"]) == ("en", "login", "120")
    assert query["acr_values"].endswith("/Substantial")
    assert (query["redirect_uri"], query["response_type"]) == (BACK, "code")
    assert query["code_challenge_method"] == "S256"
    assert start.verifier not in start.address


@pytest.mark.parametrize(
    ("preset", "view", "asked"),
    [("simulator", "uk", "uk"), ("simulator", "da-simple", "da"), ("idura", "da", "da"),
     ("idura", "uk", "en"), ("nets-eid-broker", "ar", "en"), ("signicat", "en", "en")],
)  # fmt: skip
def test_the_nearest_language_is_asked_for(
    ours: Provider, preset: str, view: str, asked: str
) -> None:
    told = PRESETS[preset]
    sent = parameters_of(ours.client, told, "SUBSTANTIAL", view, {})
    assert sent[told.language_parameter] == asked


def test_a_signed_request(ours: Provider, lying: Lying) -> None:
    offering(lying, **SIGNED)
    start = ours.start(BACK, "da", Loa.HIGH)
    query = query_of(start.address)
    assert query.keys() == {"client_id", "request", "response_type", "scope"}
    header, told = object_in(ours, query)
    assert (header["typ"], header["kid"]) == ("oauth-authz-req+jwt", ours.own[0].key.thumbprint())
    assert (told["iss"], told["aud"], told["client_id"]) == ("indblik", lying.issuer, "indblik")
    assert (told["state"], told["nonce"], told["max_age"]) == (start.state, start.nonce, 120)
    assert told["acr_values"].endswith("/High")
    assert 0 < told["exp"] - told["iat"] <= 300
    assert told["jti"] != object_in(ours, query_of(ours.start(BACK, "da").address))[1]["jti"]


@pytest.mark.parametrize(
    ("offered", "signed"),
    [
        (SIGNED, True),
        ({"require_signed_request_object": True}, True),
        (SIGNED | {"request_object_signing_alg_values_supported": ["RS256", "ES256"]}, True),
        (SIGNED | {"request_object_signing_alg_values_supported": ["RS256"]}, False),
        (SIGNED | {"request_object_signing_alg_values_supported": "ES256"}, False),
        ({"request_parameter_supported": "true"}, False),
        ({}, False),
    ],
)
def test_the_description_says_whether_to_sign(
    ours: Provider, lying: Lying, offered: dict[str, object], *, signed: bool
) -> None:
    offering(lying, **offered)
    assert ("request" in query_of(ours.start(BACK, "da").address)) is signed


def test_a_pushed_request(ours: Provider, lying: Lying) -> None:
    offering(lying, **{PUSHED_TO: f"{lying.issuer}/par"})
    lying.statuses["/par"] = 201
    lying.says("/par", {"request_uri": "urn:x:1", "expires_in": 60})
    query = query_of(ours.start(BACK, "da").address)
    assert query == {"client_id": "indblik", "request_uri": "urn:x:1"}


@pytest.mark.parametrize(
    ("status", "said", "text"),
    [
        (400, {"error": "invalid_request"}, "refused: invalid_request"),
        (401, {"error": "invalid_client"}, "refused: invalid_client"),
        (400, {"error": "6101901234"}, "for a reason of its own"),
        (400, ["x"], "for a reason of its own"),
        (201, {}, "without a name"),
        (201, {"request_uri": 7}, "without a name"),
        (201, {"request_uri": ""}, "without a name"),
        (201, {"request_uri": "u" * 513}, "without a name"),
        (201, [], "without a name"),
    ],
)
def test_a_pushed_request_that_is_refused(
    ours: Provider, lying: Lying, status: int, said: object, text: str
) -> None:
    offering(lying, **{PUSHED_TO: f"{lying.issuer}/par"})
    lying.statuses["/par"] = status
    lying.says("/par", said)
    with pytest.raises(ProviderWrong, match=text):
        ours.start(BACK, "da")


def test_a_push_to_a_provider_that_is_down(ours: Provider, lying: Lying) -> None:
    offering(lying, **{PUSHED_TO: f"{lying.issuer}/par"})
    lying.statuses["/par"] = 503
    with pytest.raises(ProviderDown):
        ours.start(BACK, "da")


@pytest.mark.parametrize("address", ["http://elsewhere.example/par", None, 7])
def test_nothing_is_pushed_to_an_open_line(ours: Provider, lying: Lying, address: object) -> None:
    offering(lying, **{PUSHED_TO: address})
    with pytest.raises(ProviderWrong, match="addresses"):
        ours.start(BACK, "da")


# --- Entra ID: keys by certificate, proof for the token endpoint, demands as an object.


@pytest.fixture
def with_certificate(tmp_path: Path) -> Path:
    """An RSA key with its certificate beside it, as `openssl` and `cat` make them."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "indblik")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1)
    ).sign(key, hashes.SHA256())
    path = tmp_path / "staff.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + made.public_bytes(Encoding.PEM))
    return path


def test_a_key_is_named_by_its_certificate(lying: Lying, with_certificate: Path) -> None:
    entra = Provider(Client(lying.issuer, "indblik", with_certificate, "entra-staff"))
    assert own_key(with_certificate).is_private
    assert entra.own[0].header()["x5t#S256"] == certificate_in(with_certificate)
    assert entra.own[0].algorithm == "RS256"
    assert entra.audience(lying.description()) == f"{lying.issuer}/token"
    query = query_of(entra.start(BACK, "da").address)
    demands = {"id_token": {"acrs": {"essential": True, "value": "c1"}}}
    assert json.loads(query["claims"]) == demands
    offering(lying, **SIGNED)
    entra._memory._kept.clear()
    claims = jws.extract_compact(query_of(entra.start(BACK, "da").address)["request"].encode())
    assert json.loads(claims.payload)["claims"] == demands  # an object, and no text


def test_a_key_without_a_certificate_is_not_enough_there(lying: Lying, key_file: Path) -> None:
    with pytest.raises(SettingsError, match=r"^CLIENT_KEY_FILE must hold a certificate"):
        Provider(Client(lying.issuer, "indblik", key_file, "entra-staff"))


def test_a_preset_may_be_a_file(lying: Lying, key_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    client = Client(lying.issuer, "indblik", key_file, str(path))
    with pytest.raises(SettingsError, match=r"^PRESET names a file that cannot be read"):
        Provider(client)
    path.write_text('like = "idura"\ncpr = 7')
    with pytest.raises(SettingsError, match=r"^PRESET, in its file: cpr: cannot be read"):
        Provider(client)
    path.write_text('like = "idura"\ncpr = "number"')
    assert Provider(client).preset == replace(PRESETS["idura"], cpr="number")
    path.write_bytes(b"\xff")
    with pytest.raises(SettingsError, match="cannot be read"):
        Provider(client)


# --- Stepping up, all the way.


def stepping_up(browser: Browser, why: str, level: str) -> Any:  # noqa: ANN401 - a test's response
    page = browser.client.get("/log-ind", query_string={"igen": why, "next": "/sager?side=2"})
    form = fields(page.text)
    assert (form["igen"], form["next"]) == (why, "/sager?side=2")
    answer = browser.client.post("/log-ind", data=form)
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]*)"', answer.text)
    assert found is not None
    return browser.client.get(browser.choose(html.unescape(found[1]), person="0", level=level))


def test_who_steps_up_comes_back_at_the_level(browser: Browser) -> None:
    browser.sign_in()
    before = browser.cookie()
    answer = stepping_up(browser, "niveau", "high")
    assert (answer.status_code, answer.location) == (303, "/sager?side=2")
    assert browser.cookie() != before
    with browser.client.session_transaction() as kept:
        assert kept["level"] == "HIGH"


def test_who_does_not_reach_the_level_stays_as_before(browser: Browser) -> None:
    browser.sign_in()
    before = browser.cookie()
    assert stepping_up(browser, "niveau", "substantial").status_code == 403
    assert browser.cookie() == before
    assert browser.client.get("/sager").status_code == 200
    assert stepping_up(browser, "frisk", "substantial").status_code == 303
