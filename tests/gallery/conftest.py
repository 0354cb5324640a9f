"""A portal with the gallery on it. Its ground is made once for all workers of a run."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from portal.app import create_app
from portal.gallery import ground
from portal.gallery.door import opened
from portal.settings import Settings, read
from tests.servers.once import made_once
from tests.servers.portal import laid_out

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

HERE = "/tilgaengelighed/galleri"


@dataclass(frozen=True, slots=True)
class Gallery:
    """The portal that somebody visits, and where its ground lies."""

    app: Flask
    settings: Settings

    def visitor(self) -> FlaskClient:
        """A browser that nobody has signed in with."""
        return self.app.test_client()

    def shown(self, key: str, view: str = "da") -> TestResponse:
        """A state in a view."""
        return self.visitor().get(f"{HERE}/{key}?visning={view}")


def _settings(folder: Path, key_file: Path) -> Settings:
    env = {
        "INDBLIK_DATABASE_URL": f"sqlite:///{folder / 'portal.db'}",
        "INDBLIK_DATA_DIR": str(folder),
        "INDBLIK_PUBLIC_URL": "http://localhost",
        "INDBLIK_KEK": f"k:{'a' * 43}=",
        "INDBLIK_PHONE": "00 00 00 00",
        "INDBLIK_PHONE_HOURS": "9–15",
    }
    for audience in ("CITIZEN", "STAFF"):
        env |= {
            f"INDBLIK_{audience}_ISSUER": "http://127.0.0.1:9",  # nobody listens there
            f"INDBLIK_{audience}_CLIENT_ID": "indblik",
            f"INDBLIK_{audience}_CLIENT_KEY_FILE": str(key_file),
            f"INDBLIK_{audience}_PRESET": "simulator",
        }
    laid_out(env)
    return read(env)


@pytest.fixture(scope="session")
def laid_ground(tmp_path_factory: pytest.TempPathFactory, key_file: Path) -> Path:
    """The folder of a ground, made by the worker that comes first."""

    def make(folder: Path) -> None:
        ground.made(ground.settings_of(_settings(folder, key_file)))

    return made_once(tmp_path_factory, "gallery", make) / "gallery"


@pytest.fixture(scope="session")
def gallery(laid_ground: Path, tmp_path_factory: pytest.TempPathFactory, key_file: Path) -> Gallery:
    folder = tmp_path_factory.mktemp("visited")
    settings = _settings(folder, key_file)
    shutil.copytree(laid_ground, folder / "gallery")
    return Gallery(opened(create_app(settings), settings), settings)
