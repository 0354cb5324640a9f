"""Where people are real there is no gallery: no page, no code, and no way to switch it on."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from portal.app import create_app
from portal.gallery.door import NotInvented, opened
from tests.guards.tree import ROOT
from tests.servers.portal import laid_out

if TYPE_CHECKING:
    from portal.settings import Settings

LOADED = """
import sys, wsgi
print(any(rule.endpoint.startswith("gallery") for rule in wsgi.app.url_map.iter_rules()))
print(any(name.startswith(("portal.gallery", "portal.cli.demo")) for name in sys.modules))
"""


def real(settings: Settings, **more: object) -> list[Settings]:
    """Settings under which somebody real may sign in, or be served."""
    provider = replace(settings.citizen, preset="nemlogin-bridge")
    return [
        replace(settings, public_url="https://indblik.example"),
        replace(settings, public_url="https://localhost"),
        replace(settings, public_url="http://indblik.example"),
        replace(settings, citizen=provider),
        replace(settings, staff=provider),
    ]


def test_it_is_refused_where_somebody_may_be_real(settings: Settings) -> None:
    assert settings.invented
    for one in real(settings):
        assert not one.invented
        app = create_app(settings)
        with pytest.raises(NotInvented):
            opened(app, one)
        assert app.test_client().get("/tilgaengelighed/galleri").status_code == 404


def test_the_portal_alone_has_none(settings: Settings) -> None:
    client = create_app(settings).test_client()
    for path in ("", "/index.json", "/home", "/intet"):
        assert client.get(f"/tilgaengelighed/galleri{path}").status_code == 404


def test_a_server_does_not_even_load_it(environment: dict[str, str]) -> None:
    env = environment | {"INDBLIK_CITIZEN_PRESET": "nets-eid-broker"}
    laid_out(env)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INDBLIK_")}
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=ROOT, env=kept | env, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout.split() == ["False", "False"]
