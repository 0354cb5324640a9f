"""Who plays: an invented person signs in on the stage, as the true sign-in would write it down."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from sqlalchemy.orm import Session

from portal import clock
from portal.cli.demo.people import employees
from portal.gallery.more import ISSUER, people
from portal.identity.actions import sign_in_citizen, sign_in_staff
from portal.identity.words import CitizenClaims, Loa, StaffClaims, StaffRole
from portal.pages import sessions
from portal.pages.session_stores.names import new_id, store_key
from portal.sign_ins.actions import opened
from portal.sign_ins.words import Begun, Holder, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from flask.sessions import SessionMixin

    from portal.gallery.stage import Stage
    from portal.gallery.words import State
    from portal.pages.sessions import Opened, Sessions

DEVICES = ("firefox windows", "safari ios")
ROLES = frozenset(StaffRole)


def signed_in(stage: Stage, state: State, who: str, kept: SessionMixin) -> str:
    """Sign somebody in; what the session keeps of the account."""
    left = timedelta(minutes=state.left) if state.left else sessions.ABSOLUTE
    with Session(stage.engine.execution_options(writes=True)) as session:
        kind, account = _account(session, stage, who)
        for key, device in _begun(stage, state, kept):
            begun = Begun(Holder(kind, account), key, ISSUER, who, None, device)
            opened(session, begun, clock.now())
        session.commit()
    user = f"{kind}:{account}"
    kept[sessions.USER] = user
    kept[sessions.SIGNED_IN_AT] = int((clock.now() - (sessions.ABSOLUTE - left)).timestamp())
    return user


def _account(session: Session, stage: Stage, who: str) -> tuple[Kind, UUID]:
    now, known = clock.now(), people()
    if who in known:
        one = known[who]
        claims = CitizenClaims(ISSUER, who, Loa.SUBSTANTIAL, one.cpr, one.name)
        return Kind.CITIZEN, sign_in_citizen(session, stage.vault, claims, now).id
    worker = employees()[who]
    roles = frozenset(StaffRole(role) for role in worker.roles if role in ROLES)
    staff = StaffClaims(ISSUER, who, worker.name, roles)
    return Kind.STAFF, sign_in_staff(session, stage.vault, staff, now).id


def _begun(stage: Stage, state: State, kept: SessionMixin) -> Iterator[tuple[str, str]]:
    """This session and the others, as the store calls them, each with its device."""
    own = store_key(stage.vault, cast("Opened", kept).sid)
    yield own or "", "chrome windows"
    store = cast("Sessions", stage.portal.session_interface).store
    for place in range(state.others):
        key = store_key(stage.vault, new_id(stage.vault)) or ""
        store.write(key, b"\x80", stage.seconds() * 1000 - place * 600_000, new=True)
        yield key, DEVICES[place % len(DEVICES)]
