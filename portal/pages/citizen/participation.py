"""The invitation to answer about a decision, and the token that goes with it.

Nothing here is written to the log of looks: with script a token is issued whenever the page of a
decided case is opened, so that it says nothing of who answers.
"""

from __future__ import annotations

import hashlib
import secrets
from base64 import b64encode
from typing import TYPE_CHECKING, NamedTuple, cast

from flask import current_app, g, jsonify, render_template, request, url_for
from flask_login import current_user
from werkzeug.exceptions import BadRequest

from portal import clock
from portal.blind.rules import finalize, public_key
from portal.blind.rules.wire import read, written
from portal.blind.words import WrongMessage
from portal.cases.queries import case_of
from portal.pages.citizen import citizen
from portal.pages.shell import lead_out
from portal.participation.actions import issue
from portal.participation.queries import invitation_for
from portal.participation.rules import SEED_BYTES, decided_of, veiled
from portal.participation.words import AlreadyIssued, NotInvited
from portal.request import db, writing

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from flask.typing import ResponseReturnValue

    from portal.cases.words import SeenCase
    from portal.participation.words import Decided, Invitation, Signed
    from portal.vault import Vault

CONFLICT, GONE, UNPROCESSABLE = 409, 410, 422


class Invited(NamedTuple):
    """What the page of a decided case needs to invite."""

    invitation: Invitation
    answers_url: str
    key: str
    place: str  # where the browser keeps the token; another reader of this browser has another
    seed: str  # for the way without script


class Pass(NamedTuple):
    """A token and its signature, as the answer door takes them."""

    cohort: str
    token: str
    signature: str


def invited(found: SeenCase, today: date) -> Invited | None:
    """The invitation to answer about this case's decision; None where nobody is asked."""
    answers = _answers_url()
    decided = decided_of(found)
    if answers is None or decided is None:
        return None
    invitation = invitation_for(db(), decided, today)
    if invitation is None:
        return None
    lead_out(answers, script=True)
    key = b64encode(invitation.key).decode()
    return Invited(
        invitation, answers, key, _place(decided), written(secrets.token_bytes(SEED_BYTES))
    )


@citizen.post("/<uuid:case_id>/deltagelse")
def participation(case_id: UUID) -> ResponseReturnValue:
    """The token: signed for the script that asks, or made here for who has none.

    Raises CaseNotFound for what does not exist and for what is another's alike.
    """
    today = clock.day_of(clock.now())
    found = case_of(db(), current_user.person_id, case_id, today)
    db().rollback()  # what is written has a session of its own
    blinded = request.form.get("blinded")
    if blinded is None:
        g.here = url_for("citizen.case", case_id=case_id)
        return _without_script(found, today)
    try:
        signed = _issued(decided_of(found), _bytes(blinded), today)
    except AlreadyIssued:
        return jsonify(error="issued"), CONFLICT
    except NotInvited:
        return jsonify(error="closed"), GONE
    except WrongMessage:
        return jsonify(error="wrong"), UNPROCESSABLE
    return jsonify(cohort=signed.cohort, signature=written(signed.signature))


def _issued(decided: Decided | None, blinded: bytes, today: date) -> Signed:
    """Raises NotInvited, AlreadyIssued, WrongMessage."""
    if decided is None or _answers_url() is None:
        raise NotInvited
    vault = cast("Vault", current_app.extensions["vault"])
    with writing() as session:
        return issue(session, vault, decided, blinded, today)


def _without_script(found: SeenCase, today: date) -> ResponseReturnValue:
    try:
        made = _made_here(decided_of(found), _bytes(request.form.get("seed", "")), today)
    except AlreadyIssued:
        return _page(found, None, "issued"), CONFLICT
    except NotInvited:
        return _page(found, None, "closed"), GONE
    return _page(found, made, None)


def _made_here(decided: Decided | None, seed: bytes, today: date) -> Pass:
    """The token of a reader without script. Nothing of it is kept. As `_issued`."""
    if len(seed) != SEED_BYTES:
        raise BadRequest
    invitation = invitation_for(db(), decided, today) if decided else None
    if invitation is None:
        raise NotInvited
    db().rollback()
    key = public_key(invitation.key)
    prepared, blinded, inverse = veiled(key, seed)
    signed = _issued(decided, blinded, today)
    signature = finalize(key, prepared, signed.signature, inverse)
    return Pass(signed.cohort, written(prepared), written(signature))


def _page(found: SeenCase, made: Pass | None, refusal: str | None) -> str:
    answers = _answers_url()
    if made and answers:
        lead_out(answers, script=False)
    return render_template(
        "citizen/participation.html",
        case=found,
        made=made,
        refusal=refusal,
        answers_url=answers,
    )


def _answers_url() -> str | None:
    return cast("str | None", current_app.extensions["answers_url"])


def _place(decided: Decided) -> str:
    mark = hashlib.sha256(f"{decided.case} {decided.person}".encode()).hexdigest()[:16]
    return f"deltagelse.{decided.case}.{decided.number}.{mark}"


def _bytes(text: str) -> bytes:
    """The bytes that a field of a form stands for; none where it is not written so."""
    try:
        return read(text)
    except WrongMessage:
        return b""
