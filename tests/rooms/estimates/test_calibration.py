"""On logs whose truth is known, eight of ten ranges hold; where none could, they are withheld."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from portal.estimates.rules.backtest import play
from portal.estimates.rules.scoring import Scores, by_area, by_half_year, scores
from tests.rooms.estimates.synthetic import Office, World, log, slowing, stalled

pytestmark = pytest.mark.properties
SINCE, UNTIL = date(2018, 1, 1), date(2020, 1, 1)
STEADY = World(days=2200)
BATCHES = World((Office("a", batch=30), Office("b", batch=90)), days=2200)
DRIFT = World((Office("a", pace=slowing), Office("b", pace=slowing)), days=2200)
NEVER = World((Office("a", never=0.1), Office("b", never=0.2)), days=2200)
TINY = World((Office("a"), Office("tiny", rate=0.02)), days=2200)
NEW = World((Office("a"), Office("c", opens=1000, medians=(120, 80, 60))), days=2200)
STALL = World((Office("a", pace=stalled, rate=3), Office("b")), days=2200)


def played(world: World) -> tuple[Scores, dict[str, Scores], dict[str, Scores]]:
    found = log(world)
    forecasts = play(found, SINCE, UNTIL, 3).forecasts
    chosen = np.ones(len(forecasts.case), np.bool_)
    return (
        scores(forecasts, found, chosen), by_area(forecasts, found), by_half_year(forecasts, found),
    )  # fmt: skip


@pytest.mark.parametrize("world", [STEADY, BATCHES, TINY, NEVER])
def test_where_nothing_changes_eight_of_ten_hold(world: World) -> None:
    found, _, halves = played(world)
    assert found.shown.coverage80 is not None
    assert 0.78 <= found.shown.coverage80 <= 0.845
    assert found.share_withheld <= 0.05
    assert all(0.74 <= (of.shown.coverage80 or 0) <= 0.88 for of in halves.values())


def test_a_drift_is_followed() -> None:
    found, _, _ = played(DRIFT)
    assert found.shown.coverage80 is not None
    assert 0.75 <= found.shown.coverage80 <= 0.84
    assert found.share_withheld <= 0.05


def test_a_stall_withholds_the_ranges_of_its_area_alone() -> None:
    _, areas, halves = played(STALL)
    assert halves["2018-1"].share_withheld == 0
    assert areas["b"].share_withheld <= 0.05
    assert halves["2019-2"].share_withheld > 0.5
    assert (halves["2019-2"].shown.coverage80 or 0) > 0.65


def test_a_new_area_begins_with_the_figures_of_all() -> None:
    _, areas, _ = played(NEW)
    assert areas["c"].share_without == 0
    assert (areas["a"].shown.coverage80 or 0) > 0.78
