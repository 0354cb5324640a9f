"""SIGKILL of door and release job at random: no answer is lost, doubled, or released early.

INDBLIK_ANSWER_KILLS sets how often, over both processes and both databases together.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
import requests
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms.answers import PREFIX
from portal import clock
from portal.answers.models import Pooled
from portal.answers.queries import store
from portal.answers.rules.pools import LEAST, unpacked
from portal.cli.database import OF_ANSWERS, upgraded
from portal.db import engine_for
from portal.feedback.models import FeedbackRatings, FeedbackText
from tests.anonymity.jobs import ended, started
from tests.anonymity.people import WORDS
from tests.door.tickets import Issuer
from tests.servers.doors import serving_door, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

    from tests.servers.doors import ServedDoor

KILLS = max(1, int(os.environ.get("INDBLIK_ANSWER_KILLS", "8")) // 4)  # of each, on each database
COHORTS = ("2026-4-work", "2026-4-aids")
SELDOM = "2026-4-car"  # of one answer in forty: its pool is mostly too small
AT_ONCE = 3  # people


@dataclass
class Scene:
    """Both databases, who signs, and what was acknowledged."""

    env: dict[str, str]
    issuer: Issuer
    door: Engine
    portal: Engine
    folder: Path
    acknowledged: list[str] = field(default_factory=list)
    enough: threading.Event = field(default_factory=threading.Event)
    told: dict[str, int] = field(default_factory=dict)

    def released(self) -> list[str]:
        with Session(self.portal) as session:
            return list(session.scalars(select(FeedbackText.text)))

    def waiting(self) -> list[str]:
        with Session(self.door) as session:
            rows = session.execute(select(Pooled.waiting, Pooled.leaving)).all()
        return [one.text for row in rows for part in row for one in unpacked(part).texts]

    def look(self) -> None:
        """None is released early: since the last look none has come, or a batch at least."""
        with Session(self.portal) as session:
            asked = select(FeedbackRatings.cohort, func.count()).group_by(FeedbackRatings.cohort)
            counts = {row[0]: row[1] for row in session.execute(asked)}
        for cohort, now in counts.items():
            new = now - self.told.get(cohort, 0)
            assert new == 0 or new >= LEAST, (cohort, new)
        self.told = counts


@pytest.fixture
def scene(database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Scene]:
    url = f"sqlite:///{tmp_path / 'door.db'}"
    if database_url.startswith("postgresql"):
        cluster = request.getfixturevalue("postgres")
        url = cluster.url(cluster.create())
    upgraded(database_url)
    upgraded(url, OF_ANSWERS)
    issuer = Issuer(tmp_path / "cohorts.jsonl")
    open_now = (-60, 30, 58)
    issuer.publish(clock.day_of(clock.now()), q4_work=open_now, q4_aids=open_now, q4_car=open_now)
    env = surroundings(url, issuer.file) | {"INDBLIK_DATABASE_URL": database_url}
    made = Scene(env, issuer, store(url, wait=30), engine_for(database_url), tmp_path)
    yield made
    made.door.dispose()
    made.portal.dispose()


def answer(scene: Scene, door: ServedDoor, cohort: str, text: str) -> None:
    """Send until it is acknowledged. What was taken while the answer was lost is "spent" then."""
    fields = scene.issuer.ticket(cohort) | {
        "version": "2026-1", "side": "tjek", "til": "send",
        f"{PREFIX}trust": "high", f"{PREFIX}could_be_better_text": text,
    }  # fmt: skip
    tried = 0
    while True:
        with contextlib.suppress(requests.RequestException):
            sent = requests.post(f"{door.address}/svar", fields, timeout=10, allow_redirects=False)
            if sent.status_code == 303 or (sent.status_code == 409 and tried):
                scene.acknowledged.append(text)
                return
            assert sent.status_code == 503, sent.text
        tried += 1


def people(scene: Scene, door: ServedDoor, number: int) -> None:
    """Answer after answer. No two texts are the same."""
    texts = list(permutations(WORDS, 4))[number::AT_ONCE]
    for place, text in enumerate(texts):
        if scene.enough.is_set():
            return
        cohort = COHORTS[place % 2] if place % 40 else SELDOM
        answer(scene, door, cohort, " og ".join(text))


def release(scene: Scene, after: float | None) -> int:
    """Run the job, and perhaps kill it; how it ended."""
    return ended(started(scene.env, scene.folder / "release.log"), after)


def releases(scene: Scene) -> int:
    """Release again and again, mostly killed somewhere, until there were enough kills of it."""
    dice = random.Random()  # noqa: S311 - no secret
    killed = 0
    for _ in range(2):  # at the first time more is to be started than the job
        began = time.monotonic()
        assert release(scene, None) in {0, 2}, (scene.folder / "release.log").read_text()
    usual = time.monotonic() - began
    while killed < KILLS:
        status = release(scene, usual * dice.uniform(0, 1.1))
        killed += status == -signal.SIGKILL
        # 2: the database was somebody else's for too long. It says so, and is run again.
        assert status in {0, 2, -signal.SIGKILL}, (scene.folder / "release.log").read_text()
        scene.look()
    return killed


def kill_workers(scene: Scene, door: ServedDoor) -> int:
    """Kill one of the door's workers now and then, until the releases are through."""
    dice = random.Random()  # noqa: S311 - no secret
    killed = 0
    while killed < KILLS or not scene.enough.is_set():
        time.sleep(dice.uniform(0.2, 1.2))
        for worker in dice.sample(door.workers(), 1):
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
                killed += 1
    return killed


@pytest.mark.stored
def test_kills_lose_double_and_hurry_nothing(scene: Scene) -> None:
    with serving_door(scene.env, scene.folder) as door, ThreadPoolExecutor(AT_ONCE + 1) as threads:
        answering = [threads.submit(people, scene, door, number) for number in range(AT_ONCE)]
        killing = threads.submit(kill_workers, scene, door)
        try:
            job = releases(scene)
        finally:
            scene.enough.set()
        workers = killing.result()
        for one in answering:
            one.result()
    assert release(scene, None) == 0, (scene.folder / "release.log").read_text()
    scene.look()
    released, waiting = scene.released(), scene.waiting()
    assert sorted(released + waiting) == sorted(scene.acknowledged)
    assert sum(scene.told.values()) == len(released)
    assert len(waiting) < LEAST * (len(COHORTS) + 1)  # each pool was looked at
    assert len(scene.acknowledged) > LEAST
    print(  # noqa: T201 - shown by a long run
        f"{workers} kills of workers, {job} of the job; "
        f"{len(released)} released, {len(waiting)} waiting"
    )
