"""Signing out: here at once, then at the provider."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import redirect, render_template, session, url_for
from flask_login import current_user, logout_user

from portal import clock
from portal.audit.words import Act
from portal.pages import sessions
from portal.pages.access import note
from portal.pages.entrances import LOGOUT, onward_page, parts
from portal.request import db
from portal.sign_ins.actions import signed_out as signed_out_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


def sign_out() -> ResponseReturnValue:
    """End the session here, and then at the provider if it can be told."""
    told = session.get(LOGOUT)
    try:
        if current_user.is_authenticated:
            note(Act.SIGNED_OUT)
    finally:  # an audit log that is out of order keeps nobody signed in
        key = sessions.current_key()
        logout_user()
        sessions.end()
        db().rollback()  # who has been read: nothing is held that another may have changed since
        signed_out_of(db(), key, clock.now())
    if told is None:
        return redirect(url_for("public.signed_out"), HTTPStatus.SEE_OTHER)
    return onward_page(_address(**told), "out")


def _address(audience: str, address: str, hint: str | None) -> str:
    """Where the provider signs somebody out (OpenID Connect RP-Initiated Logout)."""
    query = {
        "client_id": parts().providers[audience].client.client_id,
        "post_logout_redirect_uri": parts().address("public.signed_out"),
    }
    if hint is not None:
        query["id_token_hint"] = hint
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def signed_out() -> ResponseReturnValue:
    """Say that the session has ended."""
    return render_template("public/signed_out.html")
