"""A way that was gone, and how."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gone:
    """One way from start to end: in which view, by what, and at what price."""

    journey: str
    view: str
    scripts: bool
    by: str  # mouse or keyboard
    steps: int  # things done: followed, pressed, chosen, written
    presses: int  # of keys, to get from one to the next
    fault: str = ""  # why it did not come to its end
    edition: str = ""  # of everything that it depends on
