"""The log of requests: one JSON line each, without personal data.

The route is logged, never the address: an address can hold a case's key or what somebody typed.
"""

from __future__ import annotations

import logging
import secrets
import sys
import time
from typing import TYPE_CHECKING

from flask import g, request
from pythonjsonlogger.json import JsonFormatter

if TYPE_CHECKING:
    from flask import Flask, Response

LOG = logging.getLogger("indblik.requests")


def init_journal(app: Flask) -> None:
    """Log every request of the app to standard error."""
    root = logging.getLogger("indblik")
    if not root.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        root.addHandler(handler)
        root.setLevel(logging.INFO)
    # Flask's own logger writes addresses and the text of errors.
    app.logger.disabled = True
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.began = time.perf_counter()
    g.ref = secrets.token_hex(6)  # told to the reader on error pages, so that staff find the line


def _end(response: Response) -> Response:
    LOG.info(
        "request",
        extra={
            "ref": g.get("ref"),
            "endpoint": request.endpoint,
            "method": request.method,
            "status": response.status_code,
            "ms": round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
        },
    )
    return response
