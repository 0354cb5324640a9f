"""Reads of the codebook, of codings and of what is shown.

A text whose state is not released is read by nobody here: it stands in the WHERE of each read.
"""

from __future__ import annotations

from portal.themes.queries.codebook import first_codebook, log, themes, version
from portal.themes.queries.coding import (
    agreements,
    confirmed,
    disagreement,
    next_for,
    own_coding,
    progress,
    suggestions,
    text_for,
    uncoded,
)
from portal.themes.queries.ground import cohorts_of
from portal.themes.queries.machine import model, proposal_of, proposals
from portal.themes.queries.shown import (
    closed_quarters,
    every_quote,
    quotable,
    quotes_of,
    theme_figures_of,
    waiting_in,
)

__all__ = [
    "agreements",
    "closed_quarters",
    "cohorts_of",
    "confirmed",
    "disagreement",
    "every_quote",
    "first_codebook",
    "log",
    "model",
    "next_for",
    "own_coding",
    "progress",
    "proposal_of",
    "proposals",
    "quotable",
    "quotes_of",
    "suggestions",
    "text_for",
    "theme_figures_of",
    "themes",
    "uncoded",
    "version",
    "waiting_in",
]
