"""Sign-ins that have begun and not ended, kept in the server-side session of the one who began."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import MutableMapping

KEY = "sign_ins"
MOST = 5  # tabs in which somebody may have begun; the oldest is forgotten
SECONDS = 600  # after which a beginning is forgotten


@dataclass(frozen=True, slots=True)
class Pending:
    """What the return from the provider must fit."""

    audience: str
    nonce: str
    verifier: str
    started_at: int
    onward: str  # the path that the person wanted
    level: str = "SUBSTANTIAL"  # what was asked for


def keep(session: MutableMapping[str, Any], state: str, pending: Pending) -> None:
    """Remember a beginning under its state."""
    kept = _fresh(session, pending.started_at) | {state: asdict(pending)}
    newest = sorted(kept.items(), key=lambda item: item[1]["started_at"])[-MOST:]
    session[KEY] = dict(newest)


def take(session: MutableMapping[str, Any], state: str, now: int) -> Pending | None:
    """The beginning with this state, which is forgotten thereby: a state counts once."""
    kept = _fresh(session, now)
    found = kept.pop(state, None)
    if KEY in session:
        session[KEY] = kept
    return None if found is None else Pending(**found)


def _fresh(session: MutableMapping[str, Any], now: int) -> dict[str, dict[str, Any]]:
    kept: dict[str, dict[str, Any]] = session.get(KEY, {})
    return {state: one for state, one in kept.items() if now - one["started_at"] <= SECONDS}
