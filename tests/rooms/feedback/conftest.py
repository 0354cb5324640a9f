from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from portal.identity.actions import sign_in_staff
from portal.identity.words import StaffClaims, StaffRole
from tests.rooms.feed.conftest import engine, session, vault
from tests.rooms.feed.examples import NOW

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from portal.vault import Vault

__all__ = ["engine", "session", "vault"]


class Staff(NamedTuple):
    releaser: UUID
    second: UUID  # who releases, too
    quality: UUID  # who does not


@pytest.fixture
def staff(session: Session, vault: Vault) -> Staff:
    roles = (StaffRole.RELEASE, StaffRole.RELEASE, StaffRole.QUALITY)
    made = [
        sign_in_staff(session, vault, StaffClaims("i", f"{n}", None, frozenset({role})), NOW).id
        for n, role in enumerate(roles)
    ]
    session.commit()
    return Staff(*made)
