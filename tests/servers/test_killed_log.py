"""Workers killed in the midst of their work: the log holds all that was answered, and holds.

INDBLIK_KILLS sets how often, over both databases together.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
import requests
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.audit.actions import FOLDER
from portal.audit.models import AuditEntry
from portal.audit.queries.checking import check
from portal.cli.house import vault_of
from portal.db import engine_for
from portal.settings import read
from tests.cli.conftest import environment
from tests.servers.machines import serving
from tests.servers.portal import laid_out

if TYPE_CHECKING:
    from pathlib import Path

    from tests.servers.machines import Served

KILLS = max(2, int(os.environ.get("INDBLIK_KILLS", "8")) // 2)
AT_ONCE = 3  # clients
SEE_OTHER = 303


def look(served: Served, enough: threading.Event) -> int:
    """Ask for a page that is not for nobody, which is written down; how often it was answered."""
    answered = 0
    while not enough.is_set():
        with contextlib.suppress(requests.RequestException):
            page = requests.get(f"{served.address}/sager", timeout=10, allow_redirects=False)
            answered += page.status_code == SEE_OTHER
    return answered


@pytest.mark.stored
def test_a_killed_worker_leaves_a_log_that_holds(database_url: str, tmp_path: Path) -> None:
    env = environment(database_url, tmp_path)
    laid_out(env)
    dice, enough, killed = random.Random(), threading.Event(), 0  # noqa: S311 - no secret
    with serving(env, tmp_path) as served, ThreadPoolExecutor(AT_ONCE) as clients:
        looking = [clients.submit(look, served, enough) for _ in range(AT_ONCE)]
        try:
            while killed < KILLS:
                time.sleep(dice.uniform(0.3, 1.2))
                for worker in dice.sample(served.workers(), 1):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(worker, signal.SIGKILL)
                        killed += 1
        finally:
            time.sleep(1)
            enough.set()
        answered = sum(one.result() for one in looking)
    engine = engine_for(database_url)
    with Session(engine) as session:
        checked = check(session, vault_of(read(env)), [tmp_path / FOLDER])
        kept = session.scalar(select(func.count()).select_from(AuditEntry)) or 0
    engine.dispose()
    assert checked.findings == []
    assert 0 < answered <= kept == checked.entries
    assert checked.chains > KILLS  # whoever comes after the killed begins anew
    print(f"{killed} kills, {kept} entries, {checked.chains} chains")  # noqa: T201 - a long run's
