"""The list of own sessions, and ending them: the same for citizens and for staff."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.audit.words import Act
from portal.identity.words import StaffUser
from portal.pages import sessions
from portal.pages.access import note, note_done
from portal.request import db
from portal.sign_ins.actions import end, end_all
from portal.sign_ins.queries import own
from portal.sign_ins.words import Holder, Kind

if TYPE_CHECKING:
    from datetime import datetime

    from flask.typing import ResponseReturnValue

WHICH = "afslut"  # the field: the key of a session, or one of those below
OTHERS, ALL = "andre", "alle"
JUST = "udfort"


@dataclass(frozen=True, slots=True)
class Shown:
    """A session as its owner sees it."""

    id: UUID
    browser: str
    system: str
    started_at: datetime
    used_at: datetime
    here: bool


def holder() -> Holder:
    """Who has signed in, as the register knows them."""
    staff = isinstance(current_user._get_current_object(), StaffUser)  # noqa: SLF001 - werkzeug's documented way through a proxy
    return Holder(Kind.STAFF if staff else Kind.CITIZEN, current_user.account_id)


def page(template: str, endpoint: str) -> ResponseReturnValue:
    """Show the list; end what was asked for."""
    if request.method == "POST":
        return _end(endpoint)
    note(Act.SESSIONS_VIEWED)
    ends_at = sessions.ends_at()
    return render_template(
        template, shown=_shown(), ends_at=ends_at, just=request.args.get(JUST, "")
    )


def _shown() -> list[Shown]:
    """Those that the store still knows: the register does not learn when one runs out."""
    listed, here = own(db(), holder()), sessions.current_key()
    used = sessions.last_asked(one.store_key for one in listed)
    return [
        Shown(one.id, browser, system, one.started_at, used[one.store_key], one.store_key == here)
        for one in listed
        if one.store_key in used
        for browser, _, system in [one.device.partition(" ")]
    ]


def _end(endpoint: str) -> ResponseReturnValue:
    which, here, now = request.form.get(WHICH, ""), sessions.current_key(), clock.now()
    db().rollback()  # the account was read: nothing is held that another may have changed since
    if which in {OTHERS, ALL}:
        ended = end_all(db(), holder(), now, but=here if which == OTHERS else None)
    else:
        ended = end(db(), _key(which), holder(), now)
    note_done(Act.SESSION_ENDED, which if which in {OTHERS, ALL} else "one")
    sessions.forget(ended)
    if which == ALL or here in ended:
        sessions.end()
        return redirect(url_for("public.signed_out"), 303)
    return redirect(url_for(endpoint, udfort="ja" if ended else "ingen"), 303)


def _key(told: str) -> UUID:
    try:
        return UUID(told)
    except ValueError:
        return UUID(int=0)  # as one that has ended, or is somebody else's
