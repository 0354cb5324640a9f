"""For those who code: one released text at a time, and what it is about.

Nothing on the page tells when a text came or whose it is; their order is that of random keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
from portal.request import db
from portal.themes import actions, queries
from portal.themes.rules import preset
from portal.themes.words import (
    CodebookMoved,
    NoSuchTheme,
    Polarity,
    Stale,
    TextGone,
    Theme,
    ThemeState,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from flask.typing import ResponseReturnValue

    from portal.themes.words import CodingText

AFTER, MOVED = "efter", "flyttet"  # parameters: the key that is gone on from; themes that moved
KEYS = "123456789abcdefghijklmnopqrstuvwxyz"  # of the themes, in their order


class Filled(NamedTuple):
    """What stands in the form."""

    chosen: Collection[str]
    polarity: Polarity | None
    no_theme: bool = False


def filled_in() -> Filled:
    """What was sent, whether it can be kept or not."""
    polarity = request.form.get("polarity", "")
    return Filled(
        request.form.getlist("themes"),
        Polarity(polarity) if polarity in set(Polarity) else None,
        no_theme="none" in request.form,
    )


def keyed(themes: Collection[Theme]) -> list[tuple[str, Theme]]:
    """The themes that can be chosen, each with its key on the keyboard while there are some."""
    active = (one for one in themes if one.state == ThemeState.ACTIVE)
    return [(KEYS[place] if place < len(KEYS) else "", one) for place, one in enumerate(active)]


@staff.get("/kodning")
def coding() -> ResponseReturnValue:
    """The next text."""
    note(Act.CODING_VIEWED)
    after = request.args.get(AFTER, "")
    after = after if is_key(after) else ""
    text = queries.next_for(db(), current_user.account_id, after)
    themes = queries.themes(db())
    return render_template(
        "staff/coding.html",
        **_around(themes, text, Filled((), preset(text.question) if text else None)),
        progress=queries.progress(db(), current_user.account_id),
        before=after,
        moved=_moved(themes),
    )


def _moved(themes: Collection[Theme]) -> list[tuple[str, str]]:
    """The titles of the themes that have just been chosen, and of those that stand for them."""
    told, by_code = request.args.getlist(MOVED), {one.code: one for one in themes}
    return [
        (one.title(view().key), _end_of(one, by_code).title(view().key))
        for one in themes
        if one.code in told and one.state == ThemeState.MERGED
    ]


def _end_of(theme: Theme, by_code: Mapping[str, Theme]) -> Theme:
    while theme.state == ThemeState.MERGED:
        theme = by_code[theme.into[0]]
    return theme


@staff.route("/kodning/<key>", methods=["GET", "POST"])
def coding_text(key: str) -> ResponseReturnValue:
    """One text: to code it, or to correct what one has said of it oneself."""
    if not is_key(key):
        note(Act.CODING_VIEWED)
        raise TextGone
    if request.method == "POST":
        return _save(key)
    note(Act.CODING_VIEWED)
    text = queries.text_for(db(), key)
    said = queries.own_coding(db(), current_user.account_id, key)
    if said is None:
        return _page(text, Filled((), preset(text.question)))
    return _page(text, Filled(said.themes, said.polarity, no_theme=not said.themes))


def _save(key: str) -> ResponseReturnValue:
    form = CodeText()
    db().rollback()  # the account was read: nothing is held that another may have changed since
    if not form.validate():
        if "forged" in (code for told in form.errors.values() for code in told):
            raise BadRequest
        return _again(key, errors={name: told[0] for name, told in form.errors.items()})
    said = form.coding()
    try:
        moved = actions.code(
            db(), current_user.account_id, key, said.themes, said.polarity, form.seen()
        )
    except (NoSuchTheme, CodebookMoved):
        raise BadRequest from None
    except Stale as stale:
        return _again(key, errors={"themes": "stale"}, gone=stale.gone)
    note_done(Act.TEXT_CODED)
    onward = url_for("staff.coding", efter=key, flyttet=sorted(moved), _anchor="kodning")
    return redirect(onward, 303)


def _again(
    key: str, errors: Mapping[str, str], gone: Mapping[str, ThemeState] | None = None
) -> ResponseReturnValue:
    """The text once more, with what was chosen and why it could not be kept."""
    db().rollback()
    note(Act.CODING_VIEWED)
    page = _page(queries.text_for(db(), key), filled_in(), errors, gone)
    return page, 409 if gone else 422


def _page(
    text: CodingText,
    filled: Filled,
    errors: Mapping[str, str] | None = None,
    gone: Mapping[str, ThemeState] | None = None,
) -> str:
    themes = queries.themes(db())
    by_code = {one.code: one for one in themes}
    return render_template(
        "staff/coding_text.html",
        **_around(themes, text, filled),
        errors=errors or {},
        gone=[gone_now(by_code, code, state) for code, state in (gone or {}).items()],
    )


def gone_now(
    by_code: Mapping[str, Theme], code: str, state: ThemeState
) -> tuple[str, ThemeState, list[str]]:
    """The title of a theme that is no more, how it ended, and the titles of those it became."""
    theme = _end_of(by_code[code], by_code)
    into = [by_code[one].title(view().key) for one in theme.into]
    return by_code[code].title(view().key), state, into


def _around(
    themes: Collection[Theme],
    text: CodingText | None,
    filled: Filled,
) -> dict[str, object]:
    """What both pages show: the text, what was asked, the themes with their keys, suggestions."""
    likely = queries.suggestions(db(), text.key) if text else ()
    return {
        "text": text,
        "question": question_of(text.version, text.question) if text else None,
        "pieces": pieces_of(text.text) if text else (),
        "themes": keyed(themes),
        "likely": {one.theme: one.confidence for one in likely},
        "version": queries.version(db()) if text else 0,
        **filled._asdict(),
    }
