"""For those who release: each text of a citizen is read by a person before others see it.

What stands in a text, and which text it was, is written down nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.exceptions import BadRequest

from forms.release import Accept, HideMore, Withhold
from portal.audit.words import Act
from portal.feedback import actions
from portal.feedback.queries import text_of, texts_in
from portal.feedback.rules import fingerprint, is_key, pieces_of, words_of
from portal.feedback.words import (
    NothingToHide,
    Refusal,
    TextNotFound,
    TextState,
    TextTaken,
)
from portal.pages.access import note, note_done
from portal.pages.staff import staff
from portal.pages.staff.asked import question_of
from portal.request import SAFE, db

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from portal.feedback.words import ShownText

A_PAGE = 10
DONE = {"accepted", "hidden", "withheld", "withdrawn"}  # what the page says has just been done
AFTER, JUST = "efter", "udfort"  # parameters: the key that the list goes on from; what was done


@staff.get("/frigivelse")
def release() -> ResponseReturnValue:
    """The texts that wait."""
    return _list("staff/release.html", TextState.WAITING)


@staff.get("/frigivelse/frigivne")
def released() -> ResponseReturnValue:
    """The texts that have been released, so that one can be withdrawn."""
    return _list("staff/released.html", TextState.RELEASED)


@staff.route("/frigivelse/<key>", methods=["GET", "POST"])
def release_text(key: str) -> ResponseReturnValue:
    """One text, and what is to become of it."""
    if not is_key(key):
        note(Act.RELEASE_VIEWED)
        raise TextNotFound
    if request.method in SAFE:
        return _page(key)
    db().rollback()  # the account was read: nothing is held that another may have changed since
    try:
        return _decided(key)
    except TextTaken:
        return _page(key, taken=True), 409


def _list(template: str, state: TextState) -> str:
    note(Act.RELEASE_VIEWED)
    after = request.args.get(AFTER, "")
    found = texts_in(
        db(), current_user.account_id, state, after if is_key(after) else "", A_PAGE + 1
    )
    here = found[:A_PAGE]
    more = here[-1].key if len(found) > A_PAGE else None
    return render_template(
        template,
        texts=[(text, _question(text), pieces_of(text.text)) for text in here],
        more=more,
        begun=bool(after),
        just=_just(),
    )


def _just() -> str | None:
    told = request.args.get(JUST, "")
    return told if told in DONE else None


def _page(
    key: str,
    *,
    taken: bool = False,
    errors: Mapping[str, str] | None = None,
    missing: tuple[str, ...] = (),
) -> str:
    """The text as it is now. What was typed before stands in its field again."""
    db().rollback()
    note(Act.RELEASE_VIEWED)
    text = text_of(db(), current_user.account_id, key)
    return render_template(
        "staff/release_text.html",
        text=text,
        waiting=text.state is TextState.WAITING,
        seen=fingerprint(text.text),
        question=_question(text),
        pieces=pieces_of(text.text),
        words=words_of(text.text),
        reasons=tuple(Refusal),
        taken=taken,
        errors=errors or {},
        missing=missing,
        just=_just(),
        form=request.form,
    )


def _decided(key: str) -> ResponseReturnValue:
    """What was decided is done. Raises BadRequest, TextNotFound, TextTaken."""
    decide = {"accept": _accept, "hide": _hide, "withhold": _withhold}.get(
        request.form.get("do", "")
    )
    if decide is None:
        raise BadRequest
    return decide(key)


def _accept(key: str) -> ResponseReturnValue:
    form = Accept()
    if not form.validate():
        raise BadRequest
    actions.accept(db(), current_user.account_id, key, form.seen.data or "")
    note_done(Act.TEXT_ACCEPTED)
    return _onward(key, "accepted")


def _hide(key: str) -> ResponseReturnValue:
    form = HideMore()
    if "seen" in form.errors or not form.validate():
        if "seen" in form.errors:
            raise BadRequest
        return _page(key, errors={name: told[0] for name, told in form.errors.items()}), 422
    try:
        actions.hide_more(db(), current_user.account_id, key, form.seen.data or "", form.choice())
    except NothingToHide as nothing:
        code = "missing" if nothing.missing else "empty"
        return _page(key, errors={"phrases": code}, missing=nothing.missing), 422
    note_done(Act.TEXT_HIDDEN_IN)
    return redirect(url_for("staff.release_text", key=key, udfort="hidden"), 303)


def _withhold(key: str) -> ResponseReturnValue:
    form = Withhold()
    if not form.validate():
        if "seen" in form.errors:
            raise BadRequest
        return _page(key, errors={"reason": "reason"}), 422
    reason = Refusal(form.reason.data)
    was = actions.withhold(db(), current_user.account_id, key, form.seen.data or "", reason)
    if was is TextState.RELEASED:
        note_done(Act.TEXT_WITHDRAWN, why=reason)
        return redirect(url_for("staff.released", udfort="withdrawn"), 303)
    note_done(Act.TEXT_WITHHELD, why=reason)
    return _onward(key, "withheld")


def _onward(key: str, just: str) -> ResponseReturnValue:
    """To the next text that waits, in the order of their random keys; to the list at the end."""
    account = current_user.account_id
    following = texts_in(db(), account, TextState.WAITING, key) or texts_in(
        db(), account, TextState.WAITING
    )
    if following:
        return redirect(url_for("staff.release_text", key=following[0].key, udfort=just), 303)
    return redirect(url_for("staff.release", udfort=just), 303)


def _question(text: ShownText) -> str:
    """What was asked, in the reader's view."""
    return question_of(text.version, text.question)
