"""Which tests may be left out, and why. In CI any other skip fails the run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

# Each reason is the exact text of a skip that CI accepts. A missing server is never among them.
EXPECTED: frozenset[str] = frozenset(("the shared data is not here",))

_unexpected: list[str] = []


def in_ci() -> bool:
    """Whether a skip for want of a server counts as a failure."""
    return os.environ.get("CI") == "true"


def unexpected(reasons: Iterable[str]) -> list[str]:
    """The reasons that are not on the list."""
    return [reason for reason in reasons if reason not in EXPECTED]


def missing(what: str) -> NoReturn:
    """Leave the test out because a server is not installed; fail it in CI."""
    reason = f"{what} is not installed (see `make test`)"
    if in_ci():
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note each skip; with several workers this is called where their reports come together."""
    if report.skipped and isinstance(report.longrepr, tuple):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        _unexpected.extend(f"{report.nodeid}: {text}" for text in unexpected([reason]))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Turn unexpected skips into a failed run, in CI."""
    if in_ci() and _unexpected and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was left out."""
    if _unexpected:
        terminalreporter.section("left out, and not on the list of expected skips")
        for line in _unexpected:
            terminalreporter.line(line)
