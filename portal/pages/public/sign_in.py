"""Signing in: out to the provider, and back from it."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user

from portal import clock
from portal.audit.words import Act
from portal.identity.actions import sign_in_citizen, sign_in_staff
from portal.identity.queries import account_of, staff_account_of
from portal.identity.rules import check_level, citizen_claims, refusal_of, staff_claims
from portal.identity.words import Expected, Loa, RefusalKind, SignInRefused
from portal.identity_log.words import SIGNED_IN
from portal.pages import sessions
from portal.pages.access import note
from portal.pages.attempts import attempt_at, keep, proven
from portal.pages.entrances import (
    CITIZEN,
    ENTRANCES,
    LOGOUT,
    STAFF,
    onward_page,
    page_wanted,
    parts,
)
from portal.pages.kept import page_of
from portal.pages.oidc import pending
from portal.pages.oidc.pending import Pending
from portal.pages.oidc.wire import ProviderDown, ProviderWrong
from portal.pages.public.refusals import REASONS, refused
from portal.pages.public.sign_out import sign_out, signed_out
from portal.pages.shell import view
from portal.pages.step_up import AGAIN, FRESH, HIGHER, LEVEL
from portal.request import writing
from portal.sign_ins.actions import opened
from portal.sign_ins.rules import device_of
from portal.sign_ins.words import Begun, Holder, Kind

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from portal.identity.words import CitizenUser, StaffUser
    from portal.pages.entrances import Entrance
    from portal.pages.oidc.answers import Answer


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
    asked = request.values.get(AGAIN, "")
    again = asked if asked in {FRESH, HIGHER} else ""
    if request.method == "POST":
        return _begin(entrance, onward, Loa.HIGH if again == HIGHER else Loa.SUBSTANTIAL)
    user = current_user._get_current_object()  # noqa: SLF001 - werkzeug's way
    if not again and isinstance(user, entrance.user):
        return redirect(onward or url_for(entrance.user.home), HTTPStatus.SEE_OTHER)
    return render_template(_template(entrance), next=onward, again=again)


def _template(entrance: Entrance) -> str:
    return entrance.start.replace(".", "/") + ".html"


def _begin(entrance: Entrance, onward: str, level: Loa) -> ResponseReturnValue:
    provider = parts().providers[entrance.audience]
    try:
        start = provider.start(parts().address(entrance.back), view().key, level)
    except (ProviderDown, ProviderWrong) as error:
        return refused(entrance, error, attempt_at(entrance))
    begun = Pending(entrance.audience, start.nonce, start.verifier, _seconds(), onward, level.name)
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
    attempt = attempt_at(entrance)
    try:
        begun = _begun(entrance)
        answer = _answer(entrance, begun)
        attempt = proven(attempt, answer)
        level = _level(entrance, answer, Loa[begun.level])
        user = _user(entrance, answer)
    except REASONS as error:
        return refused(entrance, error, attempt)
    keep(attempt, SIGNED_IN, level)
    _let_in(entrance, user, answer, level)
    # Who had typed something when a session ended finds it first, wherever they were going.
    onward = page_of(user.get_id()) or begun.onward or url_for(user.home)
    return redirect(onward, HTTPStatus.SEE_OTHER)


def _begun(entrance: Entrance) -> Pending:
    """The sign-in that this is the return of. The state comes first: all else may be forged."""
    begun = pending.take(session, request.args.get("state", ""), _seconds())
    if begun is None or begun.audience != entrance.audience:
        raise SignInRefused(RefusalKind.TRY_AGAIN, "unknown_state")
    if "error" in request.args:
        preset = parts().providers[entrance.audience].preset
        told = request.args["error"], request.args.get("error_description", "")
        raise refusal_of(*told, preset)
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


def _level(entrance: Entrance, answer: Answer, least: Loa) -> Loa:
    """How sure this sign-in is, at least as sure as was asked for. Raises SignInRefused."""
    preset = parts().providers[entrance.audience].preset
    return check_level(preset, answer.id_token, answer.personal, least)


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


def _let_in(entrance: Entrance, user: CitizenUser | StaffUser, answer: Answer, level: Loa) -> None:
    """Make the session theirs, under a new id. Nobody is let in whose entry cannot be noted."""
    sessions.end()
    login_user(user)
    session[sessions.SIGNED_IN_AT] = _seconds()
    session[LEVEL] = level.name
    if answer.logout is not None:
        session[LOGOUT] = {"audience": entrance.audience, **asdict(answer.logout)}
    try:
        _register(entrance, user, answer)
        note(Act.SIGNED_IN)
    except Exception:
        logout_user()
        sessions.end()
        raise


def _register(entrance: Entrance, user: CitizenUser | StaffUser, answer: Answer) -> None:
    """Put the session on the list from which it can be ended elsewhere, too."""
    begun = Begun(
        holder=Holder(Kind(entrance.audience), user.account_id),
        store_key=sessions.current_key(),
        issuer=str(answer.id_token["iss"]),
        subject=str(answer.id_token["sub"]),
        provider_session=answer.provider_session,
        device=device_of(request.user_agent.string),
    )
    with writing() as db:
        opened(db, begun, clock.now())


def _seconds() -> int:
    return int(clock.now().timestamp())
