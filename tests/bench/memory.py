"""How much memory a process holds, with those that it has started."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator


def memory_while(process: subprocess.Popen[bytes]) -> Iterator[float]:
    """What the process and its children hold, in megabytes, again and again until it ends."""
    while process.poll() is None:
        yield sum(map(_resident, [process.pid, *children(process.pid)]))
        time.sleep(0.5)


def children(pid: int) -> list[int]:
    """The processes that a process has started, and theirs."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return []
    return [one for child in map(int, found) for one in (child, *children(child))]


def _resident(pid: int) -> float:
    """What is shared by several counts once among them."""
    try:
        held = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) for line in held.splitlines() if line.startswith("Pss:")) / 1e3
