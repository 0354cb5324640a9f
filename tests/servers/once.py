"""What every app of a test process reads and none changes is read once.

Most tests make a portal of their own. Its texts, catalogs, key and templates are the same each
time, and to read them took longer than all that the test is about.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from jinja2 import BytecodeCache

from portal import app, i18n
from portal.explanations.queries import texts
from portal.pages.oidc import provider
from portal.pages.oidc.keys import own_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """Templates that were compiled in this process; jinja2 keys them by name and content."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            # A template that has changed since is told by its checksum, and compiled again.
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    read = cache(lambda folder: texts(folder, i18n.VIEWS))
    keys = cache(lambda path, _content: own_key(path))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": Compiled()})
        patch.setattr(i18n, "_catalog", cache(i18n._catalog))
        patch.setattr(app, "texts", lambda folder, _views: read(folder))
        patch.setattr(provider, "own_key", lambda path: keys(path, path.read_bytes()))
        yield
