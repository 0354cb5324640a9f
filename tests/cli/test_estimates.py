"""`indblik estimates backtest`: an authority proves the estimate on its own cases."""

from __future__ import annotations

import gzip
import json
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from portal.cli import main
from portal.estimates.rules.log import OPEN
from tests.rooms.estimates.synthetic import World, log

if TYPE_CHECKING:
    from pathlib import Path

WINDOW = ("--from", "2017-01-01", "--to", "2018-01-01", "--refit-months", "3")
LONG_AGO = ("--from", "1990-01-01", "--to", "1990-03-01", "--json")
HEAD = "case_id,area,unit,event,date\n"


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = log(World(days=1500))
    rows = []
    for place, (case, begin) in enumerate(zip(found.case, found.begin, strict=True)):
        event = found.stages[found.stage[place]] or "received"
        rows.append((case, event, begin))
    rows += [(case, "closed", day) for case, day in enumerate(found.closed) if day < OPEN]
    lines = [
        f"{found.ids[case]},{found.areas[found.area[case]]},{found.units[found.unit[case]]},"
        f"{event},{date.fromordinal(int(day))}\n"
        for case, event, day in rows
    ]
    path = tmp_path_factory.mktemp("logs") / "past.csv.gz"
    path.write_bytes(gzip.compress((HEAD + "".join(lines)).encode()))
    return path


def test_figures_for_a_program(past: Path, tmp_path: Path) -> None:
    plot = tmp_path / "calibration.svg"
    done = CliRunner().invoke(
        main, ["estimates", "backtest", str(past), *WINDOW, "--json", "--plot", str(plot)]
    )
    assert done.exit_code == 0, done.output
    figures = json.loads(done.stdout)
    assert figures["n"] > 3000
    assert 0.76 < figures["coverage80"] < 0.86
    assert figures["mae_days"] < figures["mean_width_days"] < figures["interval_score"]
    assert figures["share_withheld"] == 0
    assert set(figures["by_area"]) == {"a", "b"}
    assert list(figures["by_half_year"]) == ["2017-1", "2017-2"]
    assert figures["lookup_ms"] < 10
    drawn = ET.fromstring(plot.read_text())  # noqa: S314 the project's own drawing
    assert len(drawn.findall("{*}circle")) == 4


def test_a_table_for_a_person(past: Path) -> None:
    done = CliRunner().invoke(main, ["estimates", "backtest", str(past), *WINDOW])
    assert done.exit_code == 0, done.output
    assert "half-year 2017-1" in done.stdout
    assert "area a" in done.stdout


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "lacks the columns"),
        (HEAD.encode(), "no usable row"),
        (b"\x1f\x8bbroken", "cannot use log.csv"),
        (b"\xff\xfe", "utf-8"),
        ((HEAD + "1,a,u,received,2024-01-01\n").encode(), "one day only"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_line(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    done = CliRunner().invoke(main, ["estimates", "backtest", str(path), *WINDOW])
    assert done.exit_code == 1
    assert said in done.output
    assert len(done.output.splitlines()) == 1


def test_ten_cases_have_no_estimate_and_no_figures(tmp_path: Path) -> None:
    rows = [f"{n},a,u,received,2017-0{n}-01\n{n},a,u,closed,2017-0{n}-20\n" for n in range(1, 10)]
    path = tmp_path / "log.csv"
    path.write_text(HEAD + "".join(rows))
    done = CliRunner().invoke(main, ["estimates", "backtest", str(path), *WINDOW, "--json"])
    assert done.exit_code == 0, done.output
    figures = json.loads(done.stdout)
    assert figures["n"] == 0
    assert figures["interval_score"] is None
    assert figures["share_without_estimate"] == 1


def test_a_window_that_ends_before_it_begins(past: Path) -> None:
    done = CliRunner().invoke(
        main, ["estimates", "backtest", str(past), "--from", "2018-01-01", "--to", "2017-01-01"]
    )
    assert done.exit_code == 2
    assert "must lie before" in done.output


def test_a_window_outside_of_the_log_has_no_figures(past: Path) -> None:
    done = CliRunner().invoke(
        main,
        [
            "estimates",
            "backtest",
            str(past),
            "--from",
            "1990-01-01",
            "--to",
            "1990-06-01",
            "--json",
        ],
    )
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["forecasts"] == 0
