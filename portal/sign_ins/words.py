"""The vocabulary of the register of sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """Which table the account stands in."""

    CITIZEN = "citizen"
    STAFF = "staff"


class Why(StrEnum):
    """What ended a session. One that ran out is not written down: the store forgets it."""

    SIGNED_OUT = "signed_out"
    OWN = "own"  # from the list of own sessions
    PROVIDER = "provider"  # the provider told us
    ROLES = "roles"  # signed in anew with other roles than it was begun with


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose session it is."""

    kind: Kind
    account: UUID


@dataclass(frozen=True, slots=True)
class Begun:
    """A session that begins."""

    holder: Holder
    store_key: str  # what the session is called in the store; it opens nothing
    issuer: str
    subject: str
    provider_session: str | None  # `sid` of the provider, where it names one
    device: str  # as `rules.device_of` has it


@dataclass(frozen=True, slots=True)
class Listed:
    """A session in the list of own sessions."""

    id: UUID
    store_key: str
    started_at: datetime
    device: str
