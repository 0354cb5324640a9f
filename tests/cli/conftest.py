from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from joserfc.jwk import ECKey

from portal.cli import main
from tests.servers.portal import LIMITS, laid_out

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

Run = "Callable[..., Result]"


def environment(url: str, folder: Path) -> dict[str, str]:
    """Settings for a database, with invented keys."""
    key = folder / "client.pem"
    key.write_bytes(ECKey.generate_key("P-256").as_pem(private=True))
    env = {
        "INDBLIK_DATABASE_URL": url,
        "INDBLIK_DATA_DIR": str(folder),
        "INDBLIK_LIMITS_FILE": str(LIMITS),
        "INDBLIK_PUBLIC_URL": "http://127.0.0.1:8000",
        "INDBLIK_KEK": f"k:{b64encode(b'k' * 32).decode()}",
        "INDBLIK_PHONE": "00 00 00 00",
        "INDBLIK_PHONE_HOURS": "kl. 9–15",
    }
    for audience in ("CITIZEN", "STAFF"):
        prefix = f"INDBLIK_{audience}"
        env |= {
            f"{prefix}_ISSUER": "http://127.0.0.1:8001",
            f"{prefix}_CLIENT_ID": "portal",
            f"{prefix}_CLIENT_KEY_FILE": str(key),
            f"{prefix}_PRESET": "simulator",
        }
    return env


@pytest.fixture
def env(database_url: str, tmp_path: Path) -> dict[str, str]:
    """Settings for a database with tables, once of each kind."""
    made = environment(database_url, tmp_path)
    laid_out(made)
    return made


@pytest.fixture
def run(env: dict[str, str]) -> Callable[..., Result]:
    """Run `indblik` with arguments, and what is given on standard input."""

    def _run(*arguments: str, given: bytes | None = None, **other: str) -> Result:
        return CliRunner().invoke(main, arguments, input=given, env=env | other)

    return _run
