"""What an administrator registers with a provider."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from joserfc.jwk import ECKey

from portal import clock
from portal.cli import main
from tests.servers.lying import DISCOVERY, Lying, lying_provider

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result


def test_the_public_key_is_printed_without_its_private_half(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    result = CliRunner().invoke(main, ["identity", "jwk", "citizen"])
    assert result.exit_code == 0
    (key,) = json.loads(result.output)["keys"]
    assert key["kty"] == "EC"
    assert key["kid"]
    assert "d" not in key


def test_a_missing_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INDBLIK_PUBLIC_URL", raising=False)
    monkeypatch.delenv("INDBLIK_DATABASE_URL", raising=False)
    result = CliRunner().invoke(main, ["identity", "jwk", "staff"])
    assert result.exit_code == 2
    assert "INDBLIK_DATABASE_URL is not set" in result.output


def test_a_file_without_a_key_is_named_by_its_setting(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.pem"
    empty.write_text("no key")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("INDBLIK_STAFF_CLIENT_KEY_FILE", str(empty))
    result = CliRunner().invoke(main, ["identity", "jwk", "staff"])
    assert result.exit_code == 1
    assert "INDBLIK_STAFF_CLIENT_KEY_FILE holds no private" in result.output


def check(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, issuer: str, **more: str
) -> Result:
    """What the check of the citizens' provider says."""
    told = {"INDBLIK_CITIZEN_ISSUER": issuer, "INDBLIK_CITIZEN_CLIENT_ID": "indblik"} | more
    for name, value in (environment | told).items():
        monkeypatch.setenv(name, value)
    return CliRunner().invoke(main, ["identity", "check", "citizen"])


@pytest.fixture
def lying() -> Iterator[Lying]:
    with lying_provider() as one:
        one.statuses["/token"] = 400
        one.says("/token", {"error": "invalid_grant"})
        yield one


def test_a_provider_that_fits(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, lying: Lying
) -> None:
    result = check(environment, monkeypatch, lying.issuer)
    assert result.exit_code == 0, result.output
    assert f"the provider describes itself as {lying.issuer}" in result.output
    assert "the provider knows the key" in result.output
    assert "leads to the provider's own page" in result.output
    assert "http://localhost/log-ind/retur" in result.output
    assert "http://localhost/log-ind/udefra" in result.output
    assert "WRONG" not in result.output


def test_a_provider_that_is_not_there(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    result = check(environment, monkeypatch, "http://127.0.0.1:9")
    assert result.exit_code == 3
    assert "no answer in time" in result.output


def test_a_preset_that_is_none(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, lying: Lying
) -> None:
    result = check(environment, monkeypatch, lying.issuer, INDBLIK_CITIZEN_PRESET="made-up")
    assert result.exit_code == 2
    assert "INDBLIK_CITIZEN_PRESET: none is called so" in result.output


@pytest.mark.parametrize(
    ("path", "changed", "text"),
    [
        (DISCOVERY, {"issuer": "https://other.example"}, "calls itself https://other.example"),
        (DISCOVERY, {"issuer": 7}, "calls itself nothing that is an address"),
        (DISCOVERY, {"token_endpoint": "http://other.example/t"}, "no token_endpoint"),
        (DISCOVERY, {"response_types_supported": ["id_token"]},
         "its response_types_supported has none of code"),
        (DISCOVERY, {"token_endpoint_auth_methods_supported": ["client_secret_basic"]},
         "has none of private_key_jwt"),
        (DISCOVERY, {"id_token_signing_alg_values_supported": ["HS256"]}, "none of ES256, RS256"),
        (DISCOVERY, {"code_challenge_methods_supported": ["plain"]}, "has none of S256"),
        (DISCOVERY, {"userinfo_endpoint": None}, "no userinfo"),
        ("/jwks", {"keys": []}, "none of its 0 keys may sign"),
        ("/jwks", {"keys": 7}, "keys that are none"),
        ("/token", {"error": "invalid_client"}, "does not know the key"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    lying: Lying,
    *,
    path: str,
    changed: dict[str, object],
    text: str,
) -> None:
    whole = lying.description() if path == DISCOVERY else {}
    lying.says(path, whole | changed)
    result = check(environment, monkeypatch, lying.issuer)
    assert result.exit_code == 1, result.output
    assert text in result.output


def test_clocks_that_are_an_hour_apart(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, lying: Lying
) -> None:
    earlier = clock.now() - timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: earlier)
    result = check(environment, monkeypatch, lying.issuer)
    assert result.exit_code == 1
    assert re.search(r"clock is (3599|360[01]) s ahead of ours", result.output)


@pytest.mark.parametrize(
    ("status", "location", "code", "text"),
    [
        (400, None, 1, "refuses the request with 400"),
        (503, None, 3, "answers 503"),
        (302, "http://localhost/log-ind/retur?error=unauthorized_client", 1,
         "straight back with unauthorized_client"),
        (302, "http://localhost/log-ind/retur?error=<script>", 1, "with an unknown error"),
        (302, "https://elsewhere.example/sign-in", 0, "leads to the provider's own page"),
    ],
)  # fmt: skip
def test_where_a_sign_in_leads(
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    lying: Lying,
    *,
    status: int,
    location: str | None,
    code: int,
    text: str,
) -> None:
    monkeypatch.setattr(
        "portal.pages.oidc.provider.address_of", lambda *_: f"{lying.issuer}/authorize"
    )
    lying.statuses["/authorize"] = status
    if location:
        lying.headers["Location"] = location
    result = check(environment, monkeypatch, lying.issuer)
    assert result.exit_code == code, result.output
    assert text in result.output


def test_a_pushed_request_that_is_refused(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, lying: Lying
) -> None:
    pushed = {"pushed_authorization_request_endpoint": f"{lying.issuer}/par"}
    lying.says(DISCOVERY, lying.description() | pushed)
    lying.statuses["/par"] = 400
    lying.says("/par", {"error": "invalid_request", "error_description": "<script>"})
    result = check(environment, monkeypatch, lying.issuer)
    assert result.exit_code == 1
    assert "the pushed request was refused: invalid_request" in result.output
    assert "Is http://localhost/log-ind/retur registered?" in result.output
    assert "script" not in result.output


def test_a_second_key_may_be_unknown_still(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, lying: Lying, tmp_path: Path
) -> None:
    first = Path(environment["INDBLIK_CITIZEN_CLIENT_KEY_FILE"])
    second = tmp_path / "second.pem"
    second.write_bytes(ECKey.generate_key("P-256").as_pem(private=True))
    both = {"INDBLIK_CITIZEN_CLIENT_KEY_FILE": f"{first}:{second}"}
    answers = iter([b'{"error": "invalid_grant"}', b'{"error": "invalid_client"}'])
    lying.bodies["/token"] = lambda: next(answers)
    result = check(environment, monkeypatch, lying.issuer, **both)
    assert result.exit_code == 0, result.output
    assert " note  the provider does not know the key" in result.output
    printed = CliRunner().invoke(main, ["identity", "jwk", "citizen"])
    keys = json.loads(printed.output)["keys"]
    assert len({key["kid"] for key in keys}) == 2
    assert not any("d" in key for key in keys)
