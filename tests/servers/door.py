"""Settings for an answer door under test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from portal.door.settings import DoorSettings
from tests.servers.portal import LIMITS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def door_settings(tmp_path: Path) -> DoorSettings:
    """Settings of a door on this machine."""
    return DoorSettings(
        database_url=f"sqlite:///{tmp_path / 'answers.db'}",
        public_url="http://localhost",
        cohorts_file=tmp_path / "cohorts.jsonl",
        limits_file=LIMITS,
        portal_url="http://127.0.0.1",
        phone="00 00 00 00",
        phone_hours="mandag–torsdag kl. 9–15",
    )
