"""The release job as a process of its own that starts at once: what it imports is there already."""

from __future__ import annotations

import multiprocessing
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from portal.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.context import ForkServerProcess

PATIENCE = 90
STARTING = multiprocessing.get_context("forkserver")
STARTING.set_forkserver_preload([__name__])


def _run(env: Mapping[str, str], log: str) -> None:
    os.environ.update(env)
    with Path(log).open("w", encoding="utf-8") as written:
        sys.stdout = sys.stderr = written
        main(["answers", "release"])


def started(env: Mapping[str, str], log: Path) -> ForkServerProcess:
    """`indblik answers release` in these surroundings."""
    process = STARTING.Process(target=_run, args=(dict(env), str(log)))
    process.start()
    return process


def ended(process: ForkServerProcess, after: float | None) -> int:
    """How the job ended: by itself, or killed so many seconds after its start."""
    if after is not None:
        process.join(after)
        with suppress(ProcessLookupError):
            process.kill()
    process.join(PATIENCE)
    assert process.exitcode is not None
    return process.exitcode
