"""How gunicorn serves the answer door: `gunicorn -c python:portal.door.serving`.

Bind and number of workers are the surroundings' (`--bind`, `--workers`); what must hold anywhere
stands here. No access log; nothing that the server itself writes names an address or a time.
"""

from __future__ import annotations

import os
from logging import WARNING
from typing import TYPE_CHECKING

from gunicorn.glogging import Logger

from portal.door.settings import MOST_WORKERS
from portal.environment import number
from portal.workers import Steady

if TYPE_CHECKING:
    import logging


class Silent(Logger):  # type: ignore[misc]  # it ships no types
    """The server's own log: how it starts and ends, and that something failed; never for whom."""

    error_fmt = "[%(process)d] [%(levelname)s] %(message)s"
    access_fmt = ""

    def setup(self, cfg: object) -> None:
        """Let no configuration turn the log of requests on."""
        super().setup(cfg)
        self.access_log.handlers.clear()
        self.access_log.disabled = True
        self.error_log.addFilter(without_requests)

    def access(self, *_args: object) -> None:
        """Say nothing."""

    def atoms(self, *_args: object) -> dict[str, object]:
        """Make nothing of a request."""
        return {}


MOST_BYTES = 1024 * 1024  # of a form: as the app has it

# What gunicorn says of single requests: with addresses, or with what was asked for.
REQUESTS = ("Invalid request", "Error handling", "Socket error", "HTTP/2", "Exception in post_")


def without_requests(record: logging.LogRecord) -> bool:
    """Whether a line says nothing of a request. Below a warning, most lines do."""
    return record.levelno >= WARNING and not str(record.msg).startswith(REQUESTS)


class Worker(Steady):
    """A worker of the door. All that it takes is waited for without a thread."""

    most_body = MOST_BYTES
    secure = os.environ.get("INDBLIK_DOOR_PUBLIC_URL", "").startswith("https://")


wsgi_app = "portal.door.wsgi:app"
logger_class = Silent
accesslog = None
loglevel = "warning"
worker_class = Worker
workers = number(os.environ, "INDBLIK_DOOR_WORKERS", 2, MOST_WORKERS) or 1
threads = 4
preload_app = True  # the model is loaded once, and shared by the workers
graceful_timeout = 5
worker_connections = 500  # below the 1,024 files that a process may have open
limit_request_fields = 64
