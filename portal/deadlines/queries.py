"""The rules about time, read from the file beside this one."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import msgspec

from portal.deadlines.words import Limit


def limits() -> tuple[Limit, ...]:
    """All rules about time.

    Raises msgspec.ValidationError when the file holds something else.
    """
    text = files("portal.deadlines").joinpath("limits.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text)["limits"], tuple[Limit, ...])
