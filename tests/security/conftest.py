"""Portal, answer door and simulator as the scanners look at them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from portal import clock
from portal.answers.models import Store
from portal.door.app import create_door
from portal.settings import Api
from portal.simulator import Invented, create_simulator
from tests.door.tickets import Issuer
from tests.pages.conftest import ISSUER, set_up, settings_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from portal.door.settings import DoorSettings
    from portal.settings import Settings
    from tests.pages.conftest import Stage

HOST = "https://localhost"
API = Api("https://auth.example", f"{HOST}/api", "https://auth.example/jwks", 100_000)


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory, key_file: Path) -> Iterator[Stage]:
    """The portal with the whole cast behind a public HTTPS address, its API open."""
    folder = tmp_path_factory.mktemp("https")
    settings = settings_for(f"sqlite:///{folder / 'stage.db'}", folder, key_file)
    client = replace(
        settings.citizen, issuer=ISSUER.replace("http", "https"), preset="nets-eid-broker"
    )
    made = set_up(replace(settings, public_url=HOST, citizen=client, staff=client, api=API))
    yield made
    made.engine.dispose()


@pytest.fixture
def door(door_settings: DoorSettings) -> Iterator[tuple[Flask, Issuer]]:
    """The answer door behind a public HTTPS address, and who signs for it."""
    issuer = Issuer(door_settings.cohorts_file)
    issuer.publish(clock.day_of(clock.now()))
    app = create_door(replace(door_settings, public_url=HOST))
    Store.metadata.create_all(app.extensions["door"].engine)
    yield app, issuer
    app.extensions["door"].engine.dispose()


@pytest.fixture
def simulator(settings: Settings) -> Flask:
    """The sign-in of developers."""
    return create_simulator(settings, [Invented("Anna Opfundet", "6101901234")])
