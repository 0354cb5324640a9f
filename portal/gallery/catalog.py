"""The states that there are, as the files beside this one tell them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from portal.gallery.words import Audience, NoSuchState, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILES = Path(__file__).parent / "states"


@cache
def states() -> Mapping[str, State]:
    """Every state by its key, in the order of the files."""
    found: dict[str, State] = {}
    for audience in Audience:
        for state in _of(audience):
            if state.key in found:
                message = f"two states are called {state.key}"
                raise ValueError(message)
            found[state.key] = state
    return found


def _of(audience: Audience) -> Iterator[State]:
    told = tomllib.loads((FILES / f"{audience}.toml").read_text("utf-8"))
    for key, one in told.items():
        yield _state(key, audience, one)


def _state(key: str, audience: Audience, told: dict[str, Any]) -> State:
    return msgspec.convert({"key": key, "audience": audience, **told}, State)


def state_of(key: str) -> State:
    """Raises NoSuchState."""
    try:
        return states()[key]
    except KeyError:
        raise NoSuchState from None
