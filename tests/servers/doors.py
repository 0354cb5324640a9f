"""The answer door behind real workers."""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.servers.portal import LIMITS
from tests.servers.processes import answers, free_port, running

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class ServedDoor:
    """A door that runs in processes of its own."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    def workers(self) -> list[int]:
        """The processes that answer, as they are right now."""
        master = self.process.pid
        children = Path(f"/proc/{master}/task/{master}/children")
        return [int(number) for number in children.read_text().split()]


def surroundings(database: str, cohorts: Path) -> dict[str, str]:
    """What a door on this machine is told."""
    return {
        "INDBLIK_DOOR_DATABASE_URL": database,
        "INDBLIK_DOOR_PUBLIC_URL": "http://127.0.0.1",
        "INDBLIK_DOOR_COHORTS_FILE": str(cohorts),
        "INDBLIK_DOOR_LIMITS_FILE": str(LIMITS),
        "INDBLIK_PORTAL_URL": "http://localhost",
        "INDBLIK_PHONE": "00 00 00 00",
        "INDBLIK_PHONE_HOURS": "kl. 9–15",
    }


@contextlib.contextmanager
def serving_door(
    env: Mapping[str, str], folder: Path, workers: int = 2, *more: str
) -> Iterator[ServedDoor]:
    """The answer door with these settings."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "python:portal.door.serving",
               "--workers", str(workers), "--bind", f"127.0.0.1:{port}", *more]  # fmt: skip
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("INDBLIK_")}
    pairs = [f"{name}={value}" for name, value in (inherited | dict(env)).items()]
    log = folder / "door.log"
    with running(["env", "-C", str(ROOT), *pairs, *command], lambda: answers(port), log) as process:
        yield ServedDoor(f"http://127.0.0.1:{port}", process, log)
