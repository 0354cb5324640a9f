"""What is kept of a report."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

KEPT = timedelta(days=365)  # retention.toml gives the reason
MOST_WAITING = 5_000
LONGEST_PAGE = 200
LONGEST_MEANS = 200
KEY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32}", re.IGNORECASE)
NUMBER = re.compile(r"\d(?:[ -]?\d){5,}")


def about_text(report: UUID) -> str:
    """What the sealed text of a report is tied to."""
    return f"problem {report} text"


def about_means(report: UUID) -> str:
    """What the sealed means of a report are tied to."""
    return f"problem {report} means"


def about_answer(report: UUID) -> str:
    """What the sealed answer to a report is tied to."""
    return f"problem {report} answer"


def bare(page: str) -> str:
    """The page without what could lead to a case or a person: keys, long numbers, questions."""
    path = page.partition("?")[0].strip()
    return NUMBER.sub("…", KEY.sub("…", path))[:LONGEST_PAGE]
