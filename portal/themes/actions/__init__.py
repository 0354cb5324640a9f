"""What is done to the codebook, to codings, to proposals, quotes and theme figures.

Each begins with a write: it gives SQLite's only writer its turn at once, and locks PostgreSQL's
row, so that nothing is decided on what another has just changed.
"""

from __future__ import annotations

from portal.themes.actions.closing import close
from portal.themes.actions.codebook import add, drop, edit, merge, split, take_in
from portal.themes.actions.coding import code, settle, take_in_codings
from portal.themes.actions.machine import (
    drop_proposal,
    keep_model,
    keep_proposal,
    merge_proposal,
    propose,
    split_proposal,
    suggest,
)
from portal.themes.actions.quotes import choose_quote, drop_quote

__all__ = [
    "add",
    "choose_quote",
    "close",
    "code",
    "drop",
    "drop_proposal",
    "drop_quote",
    "edit",
    "keep_model",
    "keep_proposal",
    "merge",
    "merge_proposal",
    "propose",
    "settle",
    "split",
    "split_proposal",
    "suggest",
    "take_in",
    "take_in_codings",
]
