"""Processes of this machine that work side by side."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from portal.cli.house import CannotRun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

AGAIN = "What was done is kept: start it again."
Given = TypeVar("Given")
Result = TypeVar("Result")


def as_many_as(database_url: str, jobs: int) -> int:
    """How many processes may write to a database side by side. SQLite has one writer at a time."""
    return 1 if database_url.startswith("sqlite") else jobs


@contextmanager
def pool(jobs: int, begin: Callable[[], None], advice: str) -> Iterator[ProcessPoolExecutor]:
    """So many processes, each of which begins so. Raises CannotRun, with advice, if one ends.

    Forked, they share what is loaded: there may be neither a thread nor a connection yet.
    """
    fork = multiprocessing.get_context("fork")
    try:
        with ProcessPoolExecutor(jobs, fork, _begin, (begin,)) as opened:
            try:
                yield opened
            finally:
                opened.shutdown(cancel_futures=True)
    except BrokenProcessPool:
        message = f"A process ended before its work was done. {advice}"
        raise CannotRun(message) from None


def _begin(begin: Callable[[], None]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever breaks off tells the parent
    threading.Thread(target=_end_with_parent, daemon=True).start()
    begin()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def each(
    jobs: int, prepare: Callable[[], Callable[[Given], Result]], parts: Iterable[Given]
) -> Iterator[Result]:
    """What the work makes of each part, in their order. Each process prepares its own work."""
    if jobs == 1:
        yield from map(prepare(), parts)
        return
    with pool(jobs, lambda: _take_up(prepare()), AGAIN) as opened:
        done: Iterator[Result] = opened.map(_do, parts)
        yield from done


# --- In a process of `each`.

_work: Callable[[Any], Any]


def _take_up(work: Callable[[Any], Any]) -> None:
    global _work  # noqa: PLW0603 - a process has one
    _work = work


def _do(part: Any) -> Any:  # noqa: ANN401 - what the work was prepared for
    return _work(part)
