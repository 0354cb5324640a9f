from __future__ import annotations

from typing import TYPE_CHECKING

from portal import clock
from portal.feed.rules import HEARTBEAT
from tests.rooms.feed.examples import told

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    Run = Callable[..., Result]


def beat(at: str, **data: object) -> bytes:
    return told("x", data, type=HEARTBEAT, subject=None, id=at, time=at)


def test_nobody_is_no_fault(run: Run) -> None:
    done = run("cases", "sources")
    assert (done.exit_code, done.stdout) == (0, "")


def test_who_is_silent_and_what_is_missing(run: Run) -> None:
    now = clock.now()
    good = beat(now.isoformat(), sequence=3)
    events = [told("resumed", id=str(n), sequence=n) for n in (1, 2, 3)]
    run("cases", "import", "-", given=b"\n".join([*events, good]))
    done = run("cases", "sources")
    assert done.exit_code == 0
    assert done.stdout == f"urn:example:board  heard {now:%Y-%m-%dT%H:%MZ}  up to 3\n"
    late = told("resumed", id="6", sequence=6)
    silent = told("resumed", id="1", source="urn:other")
    run("cases", "import", "-", given=b"\n".join([late, silent, beat(clock.now().isoformat(),
                                                                    sequence=7)]))  # fmt: skip
    done = run("cases", "sources")
    assert done.exit_code == 1
    first, second = done.stdout.splitlines()
    assert first.endswith("  up to 7  missing 4-5  missing 7-7")
    assert second == "urn:other  heard 2026-11-20T08:30Z  silent"
