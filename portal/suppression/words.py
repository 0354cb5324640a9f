"""The vocabulary of suppression."""

from __future__ import annotations

from dataclasses import dataclass

LEAST = 10  # people in a cell that is published, and how open each hidden figure must stay
ALIKE = 0.9  # where more than this share answered alike, the cell says it of each of them


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a table: the sum over some leaves."""

    name: str
    leaves: tuple[int, ...]
    weight: float = 1.0  # the lighter is hidden first
