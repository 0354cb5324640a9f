"""Reading the yearly internal measurement from its file."""

from __future__ import annotations

import csv
import re
from math import isfinite
from typing import TYPE_CHECKING

from portal.figures.words import FaultyMeasurement, Measured
from portal.questionnaire.words import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = ["year", "unit", "dimension", "n", "share"]
UNIT = re.compile(r"(?:agency|department|office|group):[a-z][a-z0-9_-]*")
YEARS = range(2000, 2200)


def measurements(text: str) -> list[Measured]:
    """The results that a file tells, all or none. Raises FaultyMeasurement naming each line."""
    lines = list(csv.reader(text.lstrip("\ufeff").splitlines(), delimiter=";"))
    if not lines or [name.strip() for name in lines[0]] != HEAD:
        message = f"line 1: the head must be {';'.join(HEAD)}"
        raise FaultyMeasurement(message)
    found: list[Measured] = []
    wrong: list[str] = []
    for number, line in enumerate(lines[1:], 2):
        if not any(part.strip() for part in line):
            continue
        try:
            found.append(_measured([part.strip() for part in line]))
        except ValueError as error:
            wrong.append(f"line {number}: {error}")
    wrong += _repeated(found)
    if wrong:
        raise FaultyMeasurement("\n".join(wrong))
    return found


def _measured(parts: list[str]) -> Measured:
    """One line. Raises ValueError saying what is wrong with it."""
    if len(parts) != len(HEAD):
        message = f"{len(parts)} fields instead of {len(HEAD)}"
        raise ValueError(message)
    year, unit, dimension, n, share = parts
    made = Measured(
        _whole("year", year), unit, dimension, _whole("n", n), _fraction(share.replace(",", "."))
    )
    for right, fault in (
        (made.year in YEARS, f"{year} is no year"),
        (UNIT.fullmatch(unit), f"{unit!r} is no unit: it is told as office:code"),
        (dimension in set(Dimension), f"{dimension!r} is no dimension"),
        (made.n > 0, "n must be more than nought"),
        (0 <= made.share <= 1, "share must be from 0 to 1"),
    ):
        if not right:
            raise ValueError(fault)
    return made


def _whole(name: str, told: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", told):
        message = f"{name} is {told!r}, which is no whole number"
        raise ValueError(message)
    return int(told)


def _fraction(told: str) -> float:
    try:
        made = float(told)
    except ValueError:
        made = float("nan")
    if not isfinite(made):
        message = f"share is {told!r}, which is no number"
        raise ValueError(message)
    return made


def _repeated(found: list[Measured]) -> Iterator[str]:
    keys = [(one.year, one.unit, one.dimension) for one in found]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield f"{key[0]}, {key[1]}, {key[2]} stands {keys.count(key)} times"
