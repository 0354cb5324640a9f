"""Every template compiles as the app would compile it, and somebody uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.app import create_app
from portal.door.app import create_door
from tests.guards.tree import ROOT, tracked

if TYPE_CHECKING:
    from portal.door.settings import DoorSettings
    from portal.settings import Settings

FOLDER = "templates/"
DOOR = "door/"  # of the answer door, an app of its own
TEMPLATES = [path.removeprefix(FOLDER) for path in tracked() if path.startswith(FOLDER)]


def test_each_compiles(settings: Settings, door_settings: DoorSettings) -> None:
    portal, door = create_app(settings).jinja_env, create_door(door_settings).jinja_env
    for name in TEMPLATES:
        app = door if name.startswith(DOOR) else portal
        assert app.get_template(name).name == name


def test_each_is_used() -> None:
    """By its name, or by the endpoint that it is the page of."""
    users = [path for path in tracked() if path.endswith((".html", ".py"))
             and path.startswith((FOLDER, "portal/"))]  # fmt: skip
    everything = "\n".join((ROOT / path).read_text() for path in users)
    endpoints = {name: name.removesuffix(".html").replace("/", ".") for name in TEMPLATES}
    assert not [
        name
        for name, endpoint in endpoints.items()
        if f'"{name}"' not in everything and f'"{endpoint}"' not in everything
    ]
