"""What every test may ask for: real servers, and the walls around the test process.

Fixtures that belong to one part of the house live in the conftest.py of its folder.
"""

from __future__ import annotations

import pytest

from portal.audit.actions.anchors import ALL

pytest_plugins = [
    "tests.servers.walls",
    "tests.servers.once",
    "tests.servers.skips",
    "tests.servers.postgres",
    "tests.servers.redis",
    "tests.servers.databases",
    "tests.servers.chromium",
    "tests.servers.checkers",
    "tests.servers.portal",
    "tests.servers.door",
    "tests.servers.told",
]


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Replace pytest-flask's fixture of this name, which is a trap.

    It keeps one request context, and so one `g`, open for the whole test. Flask-Login keeps the
    signed-in person in `g`: a second, anonymous client would be answered as the first person,
    and every test of access would be green for the wrong reason.
    """


def pytest_sessionfinish() -> None:
    """Let no portal of a test write its last words when the run's own log is closed."""
    ALL.clear()
