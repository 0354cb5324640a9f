"""Who has signed in, for the length of one request: Flask-Login on the portal's accounts."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from uuid import UUID

from flask import session
from flask_login import LoginManager, user_logged_in

from portal.identity.queries import account_of, staff_account_of
from portal.identity.words import StaffUser
from portal.pages import sessions
from portal.request import db
from portal.vault import SealError

if TYPE_CHECKING:
    from flask import Flask

    from portal.identity.words import CitizenUser
    from portal.vault import Vault

ROLES = "roles"  # in the session: those of staff when it began
READERS = {"citizen": account_of, "staff": staff_account_of}

log = logging.getLogger("indblik.sign_in")


class _SessionsOnly(LoginManager):  # type: ignore[misc]  # Flask-Login has no types
    """Somebody is signed in by session alone: no other cookie can do it, not even a signed one."""

    def _load_user_from_remember_cookie(self, cookie: str) -> None:
        del cookie


def init_accounts(app: Flask, vault: Vault) -> None:
    """Let the app know its users."""

    def load(user_id: str) -> CitizenUser | StaffUser | None:
        kind, _, key = user_id.partition(":")
        try:
            account_id = UUID(key)
        except ValueError:
            return None
        if kind not in READERS:
            return None
        try:
            return _as_signed_in(READERS[kind](db(), vault, account_id))
        except SealError:
            # A page without a name would hide that the keys are wrong; nobody is signed in.
            log.exception("an account's name cannot be opened")
            return None

    logins = _SessionsOnly()
    logins.session_protection = None  # people on the move change their address
    # Not in every template: an error page must not ask a database that is down.
    logins.init_app(app, add_context_processor=False)
    logins.user_loader(load)
    user_logged_in.connect(_remember_roles, app)


def _remember_roles(_app: Flask, user: CitizenUser | StaffUser) -> None:
    if isinstance(user, StaffUser):
        session[ROLES] = sorted(user.roles)


def _as_signed_in(user: CitizenUser | StaffUser | None) -> CitizenUser | StaffUser | None:
    """The user, unless their roles are others than when this session began: then it has ended."""
    if isinstance(user, StaffUser) and session.get(ROLES, sorted(user.roles)) != sorted(user.roles):
        sessions.end()
        return None
    return user
