"""People who have signed in, and what they come to see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, session
from flask_login import login_user
from sqlalchemy.orm import Session

from portal import clock
from portal.app import create_app
from portal.cases.queries import cases_of
from portal.identity.queries import account_of
from portal.keys.queries import vault_of
from portal.pages import sessions
from tests.bench.load import Visit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from flask import Flask

    from portal.identity.words import CitizenUser
    from tests.bench.ground import Database


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with a session, and one of the cases that they may see."""

    cookie: str
    person: UUID
    case: UUID

    def list_page(self) -> Visit:
        return Visit("/sager", self.cookie)

    def case_page(self) -> Visit:
        return Visit(f"/sager/{self.case}", self.cookie)

    def bare_page(self, prefix: str = "") -> Visit:
        return Visit(f"{prefix}/{self.person}/{self.case}")


def visitors(database: Database, accounts: Iterable[UUID]) -> list[Visitor]:
    """The owners of these accounts, each with a session as a sign-in leaves it."""
    app = create_app(database.settings)
    vault = vault_of(database.settings)
    today, found = clock.day_of(clock.now()), []
    with Session(app.extensions["engine"]) as db:
        for place, account in enumerate(accounts):
            user = account_of(db, vault, account)
            cases = cases_of(db, user.person_id, today) if user else []
            if user and cases:
                seen = sorted(case.id for case in cases)[place % len(cases)]
                found.append(Visitor(_signed_in(app, user), user.person_id, seen))
    app.extensions["engine"].dispose()
    return found


def _signed_in(app: Flask, user: CitizenUser) -> str:
    """The cookie of a new session of this user."""
    with app.test_request_context("/", base_url="http://127.0.0.1"):
        login_user(user)
        session[sessions.SIGNED_IN_AT] = int(clock.now().timestamp())
        app.session_interface.save_session(app, session, Response())
        return f"{app.config['SESSION_COOKIE_NAME']}={getattr(session, 'sid')}"  # noqa: B009 - Flask's type knows no id
