"""Reads of who has volunteered. A registration whose last day has passed is seen by nobody."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sqlalchemy import String, cast, select

from portal.identity.models import StaffAccount
from portal.identity.words import StaffRole
from portal.panels.models import Volunteer
from portal.panels.rules import about_called, about_contact
from portal.panels.words import Kind, Offer, Purpose, Reach, Registration
from portal.vault import SealError

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from portal.vault import Vault


@cache
def purposes() -> tuple[Purpose, ...]:
    """All that people have agreed to so far, the newest last."""
    text = files("portal.panels").joinpath("purposes.toml").read_text("utf-8")
    return tuple(
        Purpose(one["version"], one["valid_from"], one["months"], tuple(map(Kind, one["kinds"])))
        for one in tomllib.loads(text)["purposes"]
    )


def registration_of(
    session: Session, vault: Vault, person_id: UUID, today: date
) -> Registration | None:
    """The registration of one person, if it runs."""
    row = session.scalars(
        select(Volunteer).where(Volunteer.person_id == person_id, Volunteer.last_day >= today)
    ).one_or_none()
    return None if row is None else _registration(vault, row)


def registrations(session: Session, vault: Vault, account: UUID, today: date) -> list[Registration]:
    """All that run, those that end first in front; none for an account that does not invite."""
    held = cast(StaffAccount.roles, String)  # a list of our own codes, which hold no quotes
    named = held.contains(f'"{StaffRole.PANEL}"', autoescape=True)
    invites = select(StaffAccount.id).where(StaffAccount.id == account, named).exists()
    rows = session.scalars(
        select(Volunteer)
        .where(Volunteer.last_day >= today, invites)
        .order_by(Volunteer.last_day, Volunteer.person_id)
    )
    return [_registration(vault, row) for row in rows]


def _registration(vault: Vault, row: Volunteer) -> Registration:
    # What one version offered and a later one does not is nothing to be invited to.
    kinds = tuple(kind for kind in Kind if kind in row.kinds)
    return Registration(
        kinds, row.consent_version, row.agreed_on, row.last_day, _offer(vault, row, kinds)
    )


def _offer(vault: Vault, row: Volunteer, kinds: tuple[Kind, ...]) -> Offer | None:
    """What was told; nothing where it cannot be opened, which must not hide all others."""
    try:
        contact = vault.open(row.contact_sealed, about_contact(row.person_id))
        sealed = row.called_sealed
        called = vault.open(sealed, about_called(row.person_id)) if sealed is not None else None
    except SealError:
        return None
    return Offer(kinds, Reach(row.reach), contact, called)
