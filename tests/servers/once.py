"""What is the same for many tests is made once: in a process, or in a run of several workers.

Most tests make a portal of their own. Its key and templates are the same each time, and to read
them took longer than all that the test is about. What many begin with is made by the worker that
comes first, and copied.
"""

from __future__ import annotations

import fcntl
import os
from functools import cache
from types import CodeType
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from jinja2 import BytecodeCache

from portal.pages.oidc import provider
from portal.pages.oidc.keys import own_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from jinja2 import Environment
    from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """What was compiled in this process, by its source and by how blocks are trimmed."""

    def __init__(self) -> None:
        self.codes: dict[tuple[str, bool, bool, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled from this source, if it was."""
        bucket.code = self.codes.get(self._key(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if isinstance(bucket.code, CodeType):
            self.codes[self._key(bucket)] = bucket.code

    def _key(self, bucket: Bucket) -> tuple[str, bool, bool, str]:
        made_in: Environment = bucket.environment
        return bucket.key, made_in.trim_blocks, made_in.lstrip_blocks, bucket.checksum


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder of this name, filled by the worker that comes first. Nothing is changed in it."""
    own = factory.getbasetemp()
    shared = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "made").exists():
            (shared / "whole").mkdir(mode=0o700)
            make(shared / "whole")
            (shared / "made").touch()
    return shared / "whole"


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    keys = cache(lambda path, _content: own_key(path))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": Compiled()})
        patch.setattr(provider, "own_key", lambda path: keys(path, path.read_bytes()))
        yield
