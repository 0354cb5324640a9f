"""Dates that count for a case, told apart: what the law sets, what policy aims at, what was said.

A statistical estimate is a fourth kind and has its own room.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class LimitKind(StrEnum):
    STATUTORY = "statutory"  # set by law
    TARGET = "target"  # set by policy
    REMEDY = "remedy"  # until when the reader may do something


class Basis(StrEnum):
    EACH = "each"  # holds for every case
    AVERAGE = "average"  # holds for cases taken together, so it names no day for one case


class Step(StrEnum):
    """What a limit is counted from, and what it limits."""

    REASSESSMENT = "reassessment"  # from the complaint to its forwarding
    DECISION = "decision"  # from the receipt (or the reopening) to the decision
    COMPLAINT = "complaint"  # from the authority's new decision to a complaint about it
    OMBUDSMAN = "ombudsman"  # from the decision to a complaint to the Ombudsman


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A rule about time. Data, with its source; `areas` empty means every area."""

    code: str
    kind: LimitKind
    step: Step
    source: str
    valid_from: date
    valid_to: date | None = None
    areas: tuple[str, ...] = ()
    except_areas: tuple[str, ...] = ()
    weeks: int | None = None
    years: int | None = None
    basis: Basis = Basis.EACH


@dataclass(frozen=True, slots=True)
class Due:
    """A limit as it falls for one case. `on` is None for an average, which names no day."""

    limit: Limit
    on: date | None
    passed: bool


@dataclass(frozen=True, slots=True)
class Announced:
    on: date
    passed: bool


@dataclass(frozen=True, slots=True)
class Dates:
    """All dates of one case on one day. What does not apply is None."""

    reassessment: Due | None = None
    target: Due | None = None
    statutory: Due | None = None
    announced: Announced | None = None
    ombudsman: Due | None = None
    complaint: Due | None = None
