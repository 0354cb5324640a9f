"""How far coders agree, and the texts that they understand differently, for the owner to settle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.exceptions import BadRequest

from forms.themes import CodeText
from portal.audit.words import Act
from portal.feedback.rules import is_key, pieces_of
from portal.pages.access import note, note_done
from portal.pages.shell import view
from portal.pages.staff import staff
from portal.pages.staff.asked import question_of
from portal.pages.staff.coding import Filled, filled_in, gone_now, keyed
from portal.request import SAFE, db
from portal.themes import actions, queries
from portal.themes.rules import preset
from portal.themes.rules.agreement import word_for
from portal.themes.words import CodebookMoved, NoSuchTheme, Stale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from portal.themes.words import ThemeState

CONFLICT, UNPROCESSABLE = 409, 422


@staff.route("/kodebog/enighed", methods=["GET", "POST"])
def codebook_agreement() -> ResponseReturnValue:
    """The figures, and the first text that is to be settled."""
    if request.method in SAFE:
        return _page()
    db().rollback()  # the account was read: nothing is held that another may have changed since
    return _settled()


def _page(
    errors: Mapping[str, str] | None = None, gone: Mapping[str, ThemeState] | None = None
) -> str:
    db().rollback()
    note(Act.CODING_VIEWED)
    themes = queries.themes(db())
    titles = {one.code: one.title(view().key) for one in themes}
    found = queries.disagreement(db())
    filled = Filled((), preset(found.text.question) if found else None)
    return render_template(
        "staff/codebook_agreement.html",
        figures=[
            (titles.get(one.theme or ""), one, None if one.kappa is None else word_for(one.kappa))
            for one in queries.agreements(db())
        ],
        found=found,
        question=question_of(found.text.version, found.text.question) if found else None,
        pieces=pieces_of(found.text.text) if found else (),
        said=[
            (said.polarity, [titles[code] for code in sorted(said.themes)])
            for said in (found.codings if found else ())
        ],
        themes=keyed(themes),
        version=queries.version(db()),
        just=request.args.get("udfort") == "settled",
        errors=errors or {},
        gone=[gone_now({one.code: one for one in themes}, *told) for told in (gone or {}).items()],
        **(filled_in() if errors else filled)._asdict(),
    )


def _settled() -> ResponseReturnValue:
    form = CodeText()
    key = request.form.get("key", "")
    valid = form.validate()
    if not is_key(key) or "forged" in (code for told in form.errors.values() for code in told):
        raise BadRequest
    if not valid:
        return _page({name: told[0] for name, told in form.errors.items()}), UNPROCESSABLE
    said, owner = form.coding(), current_user.account_id
    try:
        actions.settle(db(), owner, key, said.themes, said.polarity, form.seen())
    except (NoSuchTheme, CodebookMoved):
        raise BadRequest from None
    except Stale as stale:
        return _page({"themes": "stale"}, stale.gone), CONFLICT
    note_done(Act.CODING_SETTLED)
    return redirect(url_for("staff.codebook_agreement", udfort="settled"), 303)
