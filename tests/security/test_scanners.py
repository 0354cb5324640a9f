"""Nothing that the scanners find is open, and they find what is planted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.guards.tree import ROOT
from tests.security.planted_app import PLANTED, expected, findings, laid
from tests.security.scanners import Finding, accepted, of_tree

LEAST = 0.9  # of what is planted
# Among all twins, whatever rule says it: to start a program by a list of words is always told of.
MOST_FALSE_ALARMS = 6


@pytest.fixture(scope="module")
def found() -> list[Finding]:
    return of_tree()


def test_nothing_is_open(found: list[Finding]) -> None:
    known = accepted()
    assert [
        f"{one.path}:{one.line}: {one.tool} {one.rule}: {one.text(ROOT)}"
        for one in found
        if not any(entry.covers(one, one.text(ROOT)) for entry in known)
    ] == []


def test_nothing_is_accepted_that_is_not_there(found: list[Finding]) -> None:
    assert [
        entry for entry in accepted() if not any(entry.covers(one, one.text(ROOT)) for one in found)
    ] == []


def test_what_is_accepted_has_a_reason() -> None:
    assert [entry for entry in accepted() if len(entry.because.split()) < 3] == []


def test_what_is_planted_is_found(tmp_path: Path) -> None:
    wanted = expected()
    hits = {Path(one.path).name for one in findings(laid("flawed", tmp_path))
            if one.rule in wanted[Path(one.path).name]}  # fmt: skip
    missed = sorted(set(wanted) - hits)
    assert len(wanted) >= 30
    assert len(hits) >= LEAST * len(wanted), missed


def test_the_twins_raise_few_alarms(tmp_path: Path) -> None:
    alarms = Counter((one.path, one.rule) for one in findings(laid("clean", tmp_path)))
    assert alarms.total() <= MOST_FALSE_ALARMS, alarms


def test_every_flaw_has_a_twin() -> None:
    flawed, clean = ({path.name for path in (PLANTED / kind).iterdir()}
                     for kind in ("flawed", "clean"))  # fmt: skip
    assert flawed == clean
