"""Signing in: out to the provider, and back from it."""

from __future__ import annotations

import time
from dataclasses import asdict
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user

from portal import clock
from portal.audit.words import Act
from portal.identity.actions import sign_in_citizen, sign_in_staff
from portal.identity.queries import account_of, staff_account_of
from portal.identity.rules import citizen_claims, refusal_of, staff_claims
from portal.identity.words import Expected, RefusalKind, SignInRefused
from portal.pages import sessions
from portal.pages.access import note
from portal.pages.entrances import (
    CITIZEN,
    ENTRANCES,
    LOGOUT,
    STAFF,
    onward_page,
    page_wanted,
    parts,
)
from portal.pages.oidc import pending
from portal.pages.oidc.pending import Pending
from portal.pages.oidc.wire import ProviderDown, ProviderWrong
from portal.pages.public.refusals import REASONS, refused
from portal.pages.public.sign_out import sign_out, signed_out
from portal.pages.shell import view
from portal.request import writing

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from portal.identity.words import CitizenUser, StaffUser
    from portal.pages.entrances import Entrance
    from portal.pages.oidc.provider import Answer


def add_routes(blueprint: Blueprint) -> None:
    """Put the pages of signing in and out on the blueprint of public pages."""
    both = ["GET", "POST"]
    blueprint.add_url_rule("/log-ind", "sign_in", sign_in, methods=both)
    blueprint.add_url_rule("/log-ind/retur", "sign_in_return", sign_in_return)
    blueprint.add_url_rule("/medarbejder/log-ind", "staff_sign_in", staff_sign_in, methods=both)
    blueprint.add_url_rule("/medarbejder/retur", "staff_sign_in_return", staff_sign_in_return)
    blueprint.add_url_rule("/log-ud", "sign_out", sign_out, methods=["POST"])
    blueprint.add_url_rule("/logget-ud", "signed_out", signed_out)


# --- The way out to the provider.


def sign_in() -> ResponseReturnValue:
    """Explain to a citizen; when the button is pressed, begin."""
    return _entrance(ENTRANCES[CITIZEN])


def staff_sign_in() -> ResponseReturnValue:
    """Explain to a member of staff; when the button is pressed, begin."""
    return _entrance(ENTRANCES[STAFF])


def _entrance(entrance: Entrance) -> ResponseReturnValue:
    onward = page_wanted(request.values.get("next", ""), entrance.audience)
    if request.method == "POST":
        return _begin(entrance, onward)
    if isinstance(current_user._get_current_object(), entrance.user):  # noqa: SLF001 - werkzeug's way
        return redirect(onward or url_for(entrance.user.home), HTTPStatus.SEE_OTHER)
    return render_template(_template(entrance), next=onward)


def _template(entrance: Entrance) -> str:
    return entrance.start.replace(".", "/") + ".html"


def _begin(entrance: Entrance, onward: str) -> ResponseReturnValue:
    provider = parts().providers[entrance.audience]
    try:
        start = provider.start(parts().address(entrance.back), view().key)
    except (ProviderDown, ProviderWrong) as error:
        return refused(entrance, error)
    begun = Pending(entrance.audience, start.nonce, start.verifier, int(time.time()), onward)
    pending.keep(session, start.state, begun)
    return onward_page(start.address, "in")


# --- The way back.


def sign_in_return() -> ResponseReturnValue:
    """Let a citizen in who comes back from the provider."""
    return _return(ENTRANCES[CITIZEN])


def staff_sign_in_return() -> ResponseReturnValue:
    """Let a member of staff in who comes back from the provider."""
    return _return(ENTRANCES[STAFF])


def _return(entrance: Entrance) -> ResponseReturnValue:
    try:
        begun = _begun(entrance)
        answer = _answer(entrance, begun)
        user = _user(entrance, answer)
    except REASONS as error:
        return refused(entrance, error)
    _let_in(entrance, user, answer)
    return redirect(begun.onward or url_for(user.home), HTTPStatus.SEE_OTHER)


def _begun(entrance: Entrance) -> Pending:
    """The sign-in that this is the return of. The state comes first: all else may be forged."""
    begun = pending.take(session, request.args.get("state", ""), int(time.time()))
    if begun is None or begun.audience != entrance.audience:
        raise SignInRefused(RefusalKind.TRY_AGAIN, "unknown_state")
    if "error" in request.args:
        raise refusal_of(request.args["error"], request.args.get("error_description", ""))
    return begun


def _answer(entrance: Entrance, begun: Pending) -> Answer:
    provider = parts().providers[entrance.audience]
    code = request.args.get("code", "")
    if not code:
        raise SignInRefused(RefusalKind.ERROR, "no_code")
    expected = Expected(
        provider.client.issuer,
        provider.client.client_id,
        begun.nonce,
        begun.started_at,
        answered_by=request.args.get("iss"),
    )
    return provider.finish(code, begun.verifier, parts().address(entrance.back), expected)


def _user(entrance: Entrance, answer: Answer) -> CitizenUser | StaffUser:
    vault, preset = parts().vault, parts().providers[entrance.audience].preset
    now = clock.now()
    user: CitizenUser | StaffUser | None
    with writing() as db:  # two first sign-ins of one person wait for each other
        if entrance.audience == STAFF:
            staff = staff_claims(preset, answer.id_token, answer.personal)
            user = staff_account_of(db, vault, sign_in_staff(db, vault, staff, now).id)
        else:
            citizen = citizen_claims(preset, answer.id_token, answer.personal)
            user = account_of(db, vault, sign_in_citizen(db, vault, citizen, now).id)
    assert user is not None  # noqa: S101 - written a line above
    return user


def _let_in(entrance: Entrance, user: CitizenUser | StaffUser, answer: Answer) -> None:
    """Make the session theirs, under a new id. Nobody is let in whose entry cannot be noted."""
    sessions.end()
    login_user(user)
    session[sessions.SIGNED_IN_AT] = int(clock.now().timestamp())
    if answer.logout is not None:
        session[LOGOUT] = {"audience": entrance.audience, **asdict(answer.logout)}
    try:
        note(Act.SIGNED_IN)
    except Exception:
        logout_user()
        sessions.end()
        raise
