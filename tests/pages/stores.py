"""A portal whose sessions lie in files, or in a Redis of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal.app import create_app
from tests.pages.conftest import set_up, settings_for

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.pages.conftest import Stage


def either_store(
    request: pytest.FixtureRequest, folder: Path, key_file: Path
) -> tuple[Stage, str | None]:
    """The portal with the store that the fixture's parameter names, and the address of Redis."""
    ours = settings_for(f"sqlite:///{folder / 'stage.db'}", folder, key_file)
    made = set_up(ours)
    if request.param != "redis":
        return made, None
    ours = replace(ours, redis_url=f"redis://127.0.0.1:{request.getfixturevalue('redis_port')}/0")
    return replace(made, app=create_app(ours), settings=ours), ours.redis_url
