"""A report as a tagged PDF (PDF/UA-1). What people wrote is data to the typesetter, never markup.

It imports a compiler of some size: nothing imports this module but what prints.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

from portal.reports.words.pages import Picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.reports.words.charts import Chart
    from portal.reports.words.pages import Paper, Part, Section

    Draw = Callable[[Chart], bytes]

PAPER = Path(__file__).parents[1] / "paper.typ"


def fonts() -> Path:
    """Where the fonts are that every report is set in: they come with the library that draws."""
    found = find_spec("matplotlib")
    assert found is not None  # noqa: S101 - it was imported above
    assert found.origin is not None  # noqa: S101 - a file, as every package of wheels
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"


def printed(paper: Paper, draw: Draw) -> bytes:
    """The PDF; `draw` makes the SVG of each chart. The same paper is the same bytes."""
    made: bytes = typst.compile(
        PAPER,
        format="pdf",
        font_paths=[fonts()],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs={"told": json.dumps(_told(paper, draw), ensure_ascii=False)},
        timestamp=0,
    )
    return made


def _told(paper: Paper, draw: Draw) -> dict[str, Any]:
    return {
        "lang": language(paper.lang),
        "title": paper.title,
        "lead": paper.lead,
        "made": paper.made,
        "sections": [_section(one, draw) for one in paper.sections],
    }


def language(lang: str) -> str:
    """The language without our own variant of it."""
    return lang.partition("-")[0]


def _section(one: Section, draw: Draw) -> dict[str, Any]:
    return {
        "title": one.title,
        "parts": [_part(part, draw) for part in one.parts],
        "sections": [_section(inner, draw) for inner in one.sections],
    }


def _part(part: Part, draw: Draw) -> dict[str, Any]:
    if isinstance(part, Picture):
        svg = draw(part.chart).decode()
        return {"kind": part.kind, "alt": part.alt, "svg": svg}
    told = {"kind": part.kind, **asdict(part)}
    if "lang" in told:
        told["lang"] = language(told["lang"])
    return told
