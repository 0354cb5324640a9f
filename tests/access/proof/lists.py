"""The two lists kept by hand: the criteria, and the findings that somebody has looked at."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tests.access.proof.words import Criterion, Kind, Review

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.access.proof.words import Look
    from tests.access.words import Finding

FOLDER = Path(__file__).parent


@cache
def criteria() -> tuple[Criterion, ...]:
    """All criteria of levels A and AA, in their order."""
    told = tomllib.loads((FOLDER / "criteria.toml").read_text())["criteria"]
    return msgspec.convert(told, tuple[Criterion, ...])


@cache
def reviews() -> tuple[Review, ...]:
    """All that was looked at by a person."""
    told = tomllib.loads((FOLDER / "reviewed.toml").read_text()).get("review", [])
    return msgspec.convert(told, tuple[Review, ...])


def review_of(finding: Finding, look: Look, among: Iterable[Review] | None = None) -> Review | None:
    """The line that speaks of this finding, if there is one."""
    lines = reviews() if among is None else among
    return next((line for line in lines if speaks_of(line, finding, look)), None)


def speaks_of(line: Review, finding: Finding, look: Look) -> bool:
    """Whether a line is about this finding. What is certain is reviewed only where it is wrong."""
    return (
        line.tool == finding.tool
        and line.rule == finding.rule
        and (not finding.certain or line.kind is Kind.MISTAKEN)
        and re.search(line.selector, finding.selector) is not None
        and re.search(line.evidence, finding.evidence) is not None
        and re.search(line.pages, look.key) is not None
    )
