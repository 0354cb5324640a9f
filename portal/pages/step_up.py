"""Signing in once more, for what asks for more than a session: a fresh sign-in, or a higher level.

A page or an act calls `fresh()` or `needs(Loa.HIGH)` before it does anything. Whoever has not
enough is led to sign-in and back. As every sign-in makes the provider ask again, the time of the
sign-in is the time of the proof.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import redirect, request, session, url_for

from portal import clock
from portal.identity.words import Loa
from portal.pages.kept import keep_form
from portal.pages.sessions import SIGNED_IN_AT
from portal.request import SAFE

if TYPE_CHECKING:
    from werkzeug import Response as BaseResponse

LEVEL = "level"  # in the session: how sure this sign-in was, whatever another one was
AGAIN = "igen"  # in the address of sign-in: why somebody who is signed in is there
FRESH, HIGHER = "frisk", "niveau"


class StepUpNeeded(Exception):  # noqa: N818 - names what is needed
    """More proof is needed of who this is. `back` is where to go on afterwards."""

    def __init__(self, why: str, back: str | None) -> None:
        super().__init__(why)
        self.why = why
        self.back = back


def fresh(minutes: int = 15, back: str | None = None) -> None:
    """Go on only for whoever has signed in within so many minutes. Raises StepUpNeeded.

    `back` is the path to return to; without it the path of the request, if it can be read.
    """
    signed_in_at = datetime.fromtimestamp(session.get(SIGNED_IN_AT, 0), UTC)
    if not timedelta() <= clock.now() - signed_in_at <= timedelta(minutes=minutes):
        raise StepUpNeeded(FRESH, back)


def needs(level: Loa, back: str | None = None) -> None:
    """Go on only for whoever has signed in at this level. Raises StepUpNeeded."""
    if level_of_session() < level:
        raise StepUpNeeded(HIGHER, back)


def level_of_session() -> Loa:
    """How sure the sign-in of this session was."""
    return Loa[session.get(LEVEL, Loa.SUBSTANTIAL.name)]  # nobody is let in below it


def lead_to_sign_in(needed: StepUpNeeded) -> BaseResponse:
    """What a page is answered with that raised StepUpNeeded; what was typed waits until then."""
    keep_form()
    staff = (request.endpoint or "").startswith("staff.")
    where = "public.staff_sign_in" if staff else "public.sign_in"
    here = request.full_path.rstrip("?") if request.method in SAFE else request.path
    query = {"next": needed.back or here, AGAIN: needed.why}
    return redirect(f"{url_for(where)}?{urlencode(query)}", 303)
