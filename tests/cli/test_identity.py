"""What an administrator registers with a provider."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner

from portal.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_public_key_is_printed_without_its_private_half(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    result = CliRunner().invoke(main, ["identity", "jwk", "citizen"])
    assert result.exit_code == 0
    key = json.loads(result.output)
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
