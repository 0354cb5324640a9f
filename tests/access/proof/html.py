"""The report as a page: criterion × view, page × view, and every fault with its evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.access.proof.keeping import BUILD
from tests.access.proof.words import WIDTHS, Verdict

if TYPE_CHECKING:
    from tests.access.proof.reporting import Report

MOST = 500  # rows of findings on the page; report.json has all
BAD = {Verdict.FAILED, Verdict.UNTOLD, Verdict.UNTESTED}


def html(report: Report) -> str:
    """The page, without anything from outside."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2").render(
        report=report,
        most=MOST,
        widths=WIDTHS,
        shots={path.stem for path in (BUILD / "evidence").glob("*.png")},
        by_page=_by_page(report),
    )


def _by_page(report: Report) -> dict[str, dict[str, list[str]]]:
    """For each page and view the criteria that do not hold."""
    pages: dict[str, dict[str, list[str]]] = {}
    for place, row in report.table.items():
        wrong = [rule for rule, verdict in row.items() if verdict in BAD]
        pages.setdefault(place.key, {})[place.view] = wrong
    return pages
