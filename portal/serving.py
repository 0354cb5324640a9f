"""How gunicorn serves the portal: `gunicorn -c python:portal.serving`.

Bind is the surroundings' (`--bind`); what must hold anywhere stands here. The number of workers is
a setting, as each must know with how many it shares a limit.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from portal.environment import number
from portal.workers import Steady

if TYPE_CHECKING:
    from typing import Any

MOST = 32
WORKERS = "INDBLIK_WORKERS"


class Worker(Steady):
    """A worker of the portal."""

    secure = os.environ.get("INDBLIK_PUBLIC_URL", "").startswith("https://")


def on_starting(server: Any) -> None:  # noqa: ANN401 - gunicorn ships no types
    """Start no more workers here than the setting says there are in all. Raises RuntimeError."""
    if server.cfg.workers > total:
        message = f"{WORKERS} is {total}, and {server.cfg.workers} workers are to be started"
        raise RuntimeError(message)


total = number(os.environ, WORKERS, 2, MOST) or 1

wsgi_app = "wsgi:app"
worker_class = Worker
workers = total
threads = 8
preload_app = True  # texts and catalogs are read once, and shared by the workers
timeout = 30
graceful_timeout = 10
keepalive = 5
worker_connections = 500  # below the 1,024 files that a process may have open
backlog = 512
limit_request_line = 4094  # the longest address of ours is a return from a provider, some 2,000
limit_request_fields = 64
limit_request_field_size = 8190
accesslog = None
loglevel = "warning"
