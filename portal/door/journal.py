"""What the door writes down: that something failed, and where in the program. Nothing else.

No time, no address, no endpoint, no reference: a line must not help to say when somebody answered.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

LOG = logging.getLogger("indblik.door")


def init_journal(app: Flask) -> None:
    """Write failures, and only those, to standard error."""
    if not LOG.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
        LOG.addHandler(handler)
    LOG.propagate = False
    # Flask's own logger writes addresses and the text of errors.
    app.logger.disabled = True


def failed(error: BaseException) -> None:
    """Write down that this happened. Its text is left out: it may hold what was sent."""
    LOG.error("%s at %s", type(error).__name__, _place(error))


def _place(error: BaseException) -> str:
    trace, place = error.__traceback__, "?"
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
