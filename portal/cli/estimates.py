"""Commands about the expected decision date."""

from __future__ import annotations

import gzip
import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np

from portal.cli.calibration import drawing
from portal.cli.refresh import refresh
from portal.estimates.rules.backtest import play
from portal.estimates.rules.reading import read_log
from portal.estimates.rules.scoring import by_area, by_half_year, by_month, scores
from portal.estimates.words import LogUnreadable

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Any

    from portal.estimates.rules.backtest import Played
    from portal.estimates.rules.log import Log
    from portal.estimates.rules.scoring import Score, Scores
    from portal.estimates.words import Problem

GZIP = b"\x1f\x8b"
DAY = click.DateTime(["%Y-%m-%d"])
HEAD = (
    "                          n   MAE  cover  width  score   open | shown:  MAE  cover  width"
    "  score   open | withheld  none"
)


@click.group()
def estimates() -> None:
    """Prove the expected decision date on past cases, and say it of the open ones."""


estimates.add_command(refresh)


@estimates.command()
@click.argument("log", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--from", "since", type=DAY, required=True, help="First day of the window.")
@click.option("--to", "until", type=DAY, required=True, help="Day after the window.")
@click.option("--refit-months", type=click.IntRange(1, 24), default=2, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Figures for a program.")
@click.option("--plot", type=click.Path(dir_okay=False, path_type=Path),
              help="Draw the calibration by half-year to this SVG file.")  # fmt: skip
def backtest(  # noqa: PLR0913 one argument for each option
    log: Path,
    since: datetime,
    until: datetime,
    refit_months: int,
    plot: Path | None,
    *,
    as_json: bool,
) -> None:
    """What the estimate would have said about the cases of LOG, and what came of it.

    LOG is a CSV file (gzip allowed) with the columns case_id, area, unit, event and date.
    """
    if since >= until:
        message = "--from must lie before --to"
        raise click.UsageError(message)
    try:
        found, problems = read_log(_text(log))
    except (LogUnreadable, UnicodeDecodeError, OSError, EOFError) as wrong:
        message = f"cannot use {log.name}: {wrong}"
        raise click.ClickException(message) from wrong
    played = play(found, since.date(), until.date(), refit_months)
    figures = figures_of(played, found, problems, (since.date(), until.date(), refit_months))
    if plot:
        plot.write_text(drawing(by_half_year(played.forecasts, found)), encoding="utf-8")
    click.echo(json.dumps(figures, indent=2) if as_json else table(figures))


def _text(path: Path) -> list[str]:
    raw = path.read_bytes()
    content = gzip.decompress(raw) if raw.startswith(GZIP) else raw
    return io.StringIO(content.decode("utf-8-sig")).readlines()


def figures_of(
    played: Played,
    log: Log,
    problems: tuple[Problem, ...],
    window: tuple[date, date, int],
) -> dict[str, Any]:
    """All that the command reports; the figures of all forecasts stand at the top."""
    forecasts = played.forecasts
    total = scores(forecasts, log, np.ones(len(forecasts.case), np.bool_))
    return {
        "from": str(window[0]),
        "to": str(window[1]),
        "refit_months": window[2],
        "cases": len(log.ids),
        **_flat(total),
        "fit_seconds": round(played.fit_seconds, 4),
        "lookup_ms": round(played.lookup_ms, 4),
        "by_area": {name: _flat(of) for name, of in by_area(forecasts, log).items()},
        "by_half_year": {name: _flat(of) for name, of in by_half_year(forecasts, log).items()},
        "by_month": {name: _flat(of) for name, of in by_month(forecasts, log).items()},
        "problems": [asdict(problem) for problem in problems],
    }


def _flat(of: Scores) -> dict[str, Any]:
    return {
        **_rounded(of.all),
        "forecasts": of.forecasts,
        "share_withheld": round(of.share_withheld, 4),
        "share_without_estimate": round(of.share_without, 4),
        "shown": _rounded(of.shown),
    }


def _rounded(score: Score) -> dict[str, float | int | None]:
    return {
        name: value if value is None or name == "n" else round(value, 4)
        for name, value in asdict(score).items()
    }


def table(figures: dict[str, Any]) -> str:
    """The figures for a person at a terminal."""
    parts = [("all", figures)]
    parts += [(f"area {name}", of) for name, of in figures["by_area"].items()]
    parts += [(f"half-year {name}", of) for name, of in figures["by_half_year"].items()]
    window = f"{figures['from']} to {figures['to']}, refit every {figures['refit_months']} months"
    lines = [f"{figures['cases']} cases, {window}", HEAD]
    lines += [_line(name, of) for name, of in parts]
    lines.append(f"fit {figures['fit_seconds']:.3f} s, look-up {figures['lookup_ms']:.3f} ms")
    lines += [f"log: {problem['code']}, {problem['count']} × (first: {problem['example']})"
              for problem in figures["problems"]]  # fmt: skip
    return "\n".join(lines)


def _line(name: str, of: dict[str, Any]) -> str:
    return (
        f"{name[:20]:20}{of['n']:7}{_columns(of)} |      {_columns(of['shown'])} |"
        f"{of['share_withheld']:9.1%}{of['share_without_estimate']:6.1%}"
    )


def _columns(of: dict[str, Any]) -> str:
    if not of["n"]:
        return f"{'–':>6}{'–':>7}{'–':>7}{'–':>7}{'–':>7}"
    return (
        f"{of['mae_days']:6.1f}{of['coverage80']:7.1%}{of['mean_width_days']:7.0f}"
        f"{of['interval_score']:7.1f}{of['coverage80_with_open']:7.1%}"
    )
