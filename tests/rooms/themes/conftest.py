from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from portal.identity.actions import sign_in_staff
from portal.identity.words import StaffClaims, StaffRole
from tests.rooms.feed.conftest import engine, session, vault
from tests.rooms.themes.examples import NOW, codebook

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from portal.vault import Vault

__all__ = ["engine", "session", "vault"]


class Staff(NamedTuple):
    coder: UUID
    second: UUID
    third: UUID
    owner: UUID
    releaser: UUID


@pytest.fixture
def staff(session: Session, vault: Vault) -> Staff:
    """People with their roles, and the codebook."""
    roles = (*(StaffRole.CODER,) * 3, StaffRole.THEME_OWNER, StaffRole.RELEASE)
    made = [
        sign_in_staff(session, vault, StaffClaims("i", f"{n}", None, frozenset({role})), NOW).id
        for n, role in enumerate(roles)
    ]
    session.commit()
    codebook(session)
    return Staff(*made)
