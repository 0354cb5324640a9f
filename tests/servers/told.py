"""A demonstration whose stories are told already: telling them takes longer than most tests."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from portal.cli.demo.ground import laid, loaded
from portal.settings import read
from tests.servers.once import made_once

if TYPE_CHECKING:
    from pathlib import Path

PORT = 8000  # where it would be; a copy may be anywhere


def _tell(folder: Path) -> None:
    loaded(read(laid(folder, "127.0.0.1", PORT)), folder)


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demonstration that nobody has visited; to be copied."""
    return made_once(tmp_path_factory, "told", _tell)


@pytest.fixture
def told_folder(told: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    folder = tmp_path / "demo"
    shutil.copytree(told, folder)
    return folder
