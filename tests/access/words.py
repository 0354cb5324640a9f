"""What is found on a page, and how long one looks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

PRACTICE = "practice"  # no criterion demands it, and readers are better off


class Level(Enum):
    """How long a look takes."""

    QUICK = "quick"  # what can be told from the page as it stands: half a second
    WHOLE = "whole"  # also resized, spaced, walked through by Tab, printed, in forced colours


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One barrier, or what may be one."""

    criterion: str  # of WCAG 2.2, «1.4.3»; or PRACTICE
    tool: str  # who says so: axe, htmlcs, nu, probe
    rule: str
    selector: str
    evidence: str
    certain: bool  # False: a person has to look, and to say in a list of reviewed ones why it is so

    def __str__(self) -> str:
        sure = "" if self.certain else "? "
        return f"{sure}{self.criterion} {self.tool}:{self.rule} {self.selector} – {self.evidence}"
