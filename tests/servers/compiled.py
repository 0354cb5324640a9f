"""Templates are compiled once in each test process, not once for each app that a test makes."""

from __future__ import annotations

from types import CodeType
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from jinja2 import BytecodeCache

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment
    from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """What was compiled, by its source and by how blocks are trimmed."""

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


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    Flask.jinja_options = {"bytecode_cache": Compiled()}
    yield
    Flask.jinja_options = {}
