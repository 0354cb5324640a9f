"""Settings for a portal under test: complete, and its keys are made anew for each run."""

from __future__ import annotations

import base64
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from portal import settings as surroundings
from portal.cli.database import upgraded
from portal.cli.keys import initialised
from portal.db import engine_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.settings import Settings


LIMITS = Path(__file__).with_name("limits.toml")


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A private key by which the portal proves to a provider who it is."""
    path = tmp_path_factory.mktemp("keys") / "client.pem"
    key = ec.generate_private_key(ec.SECP256R1())
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path


@pytest.fixture
def environment(tmp_path: Path, sqlite_url: str, key_file: Path) -> dict[str, str]:
    """Environment variables with which the portal starts: change one, and read them again."""
    client = {
        f"INDBLIK_{audience}_{name}": value
        for audience in ("CITIZEN", "STAFF")
        for name, value in {
            "ISSUER": "http://127.0.0.1:9",  # nobody listens there
            "CLIENT_ID": f"indblik-{audience.lower()}",
            "CLIENT_KEY_FILE": str(key_file),
            "PRESET": "simulator",
        }.items()
    }
    return client | {
        "INDBLIK_DATABASE_URL": sqlite_url,
        "INDBLIK_DATA_DIR": str(tmp_path),
        "INDBLIK_LIMITS_FILE": str(LIMITS),
        "INDBLIK_PUBLIC_URL": "http://localhost",
        "INDBLIK_KEK": f"k:{base64.b64encode(secrets.token_bytes(32)).decode()}",
        "INDBLIK_PHONE": "00 00 00 00",
        "INDBLIK_PHONE_HOURS": "9–15",
    }


def laid_out(env: Mapping[str, str]) -> None:
    """Make the tables and the keys that a portal with these settings needs."""
    url = env["INDBLIK_DATABASE_URL"]
    upgraded(url)
    engine = engine_for(url, 60)
    initialised(engine, surroundings.read(env).keks)
    engine.dispose()


@pytest.fixture
def settings(environment: dict[str, str]) -> Settings:
    """Settings of a portal on SQLite with embedded sessions, on loopback."""
    return surroundings.read(environment)
