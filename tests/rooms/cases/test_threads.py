"""Threads that read their first case at the same moment."""

from __future__ import annotations

import subprocess
import sys

# Eight threads are first together, as in a worker that has just begun.
FIRST = """
import threading
from portal.cases.rules import unpacked
from portal.feed.rules import parsed
from datetime import UTC, datetime
barrier = threading.Barrier(8)
def read():
    barrier.wait()
    unpacked({"number": "26-1", "stage": "queued"})
    parsed(b'{}', datetime(2026, 11, 22, tzinfo=UTC))
threads = [threading.Thread(target=read) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
"""


def test_threads_that_are_first_together_do_not_end_the_process() -> None:
    for _ in range(5):
        subprocess.run([sys.executable, "-c", FIRST], check=True, timeout=60)
