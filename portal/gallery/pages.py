"""The pages of the gallery itself: the index, for people and for programs, and each state."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from flask import Blueprint, Response, abort, g, jsonify, render_template, request

from portal.gallery.acting import played
from portal.gallery.catalog import state_of, states
from portal.gallery.views import made_of, view_of, views_of
from portal.gallery.wish import Wish
from portal.gallery.words import HERE, Audience, NoSuchState
from portal.i18n import DEFAULT, VIEWS
from portal.pages.shell import VIEW, csp_nonce

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from portal.gallery.stage import Stage
    from portal.gallery.words import State

FORM_ACTION = "form-action "


def gallery(stage: Stage) -> Blueprint:
    """The pages, which play on this stage."""
    blueprint = Blueprint("gallery", __name__, url_prefix=HERE)
    blueprint.add_url_rule("", "index", index)
    blueprint.add_url_rule("/index.json", "index_json", index_json)
    blueprint.add_url_rule("/intet", "nothing", lambda: ("", 204))
    blueprint.add_url_rule("/<key>", "state", lambda key: shown(stage, _named(key)))
    blueprint.add_url_rule("/<key>/session", "session", lambda key: shown(stage, _asking(key)))
    return blueprint


class Asked(NamedTuple):
    """What is to be seen: whose pages, in which view, with which words."""

    audience: str
    view: str
    words: str

    def fits(self, state: State) -> bool:
        """Whether a state is to be seen."""
        told = f"{state.title} {state.page} {state.state} {state.key}".casefold()
        of_them = not self.audience or state.audience == self.audience
        return of_them and all(word in told for word in self.words.casefold().split())


def index() -> ResponseReturnValue:
    """Every state, with filters."""
    told = request.args
    asked = Asked(told.get("hvis", ""), told.get("sprog", DEFAULT.key), told.get("ord", ""))
    found = [state for state in states().values() if asked.fits(state)]
    groups = groupby(found, lambda state: state.audience)
    return render_template(
        "gallery/index.html",
        asked=asked,
        audiences=tuple(Audience),
        count=len(found),
        groups=[(audience, list(those)) for audience, those in groups],
        languages_offered=tuple(VIEWS.values()),
    )


def index_json() -> ResponseReturnValue:
    """Every state, for programs."""
    return jsonify([_told(state) for state in states().values()])


def _told(state: State) -> dict[str, object]:
    return {
        "key": state.key,
        "page": state.page,
        "state": state.state,
        "title": state.title,
        "address": state.address,
        "views": list(views_of(state)),
        "pseudo": list(made_of(state)),
        "audience": state.audience.value,
        "status": state.status,
    }


def _named(key: str) -> State:
    try:
        return state_of(key)
    except NoSuchState:
        abort(404)


def _asking(key: str) -> State:
    """The same, where its script asks how long the session lasts."""
    return replace(_named(key), path="/session", fields=None, steps=(), status=200)


def shown(stage: Stage, state: State) -> ResponseReturnValue:
    """One state in one view: the page as the stage answers it, and nothing of ours."""
    g.view = view_of(state, request.args.get(VIEW, DEFAULT.key)) or DEFAULT
    g.keep_view = False
    answer = played(stage, state, Wish(g.view, csp_nonce(), state.address, state.key, state.fault))
    _let_through(answer.headers.get("Content-Security-Policy", ""))
    # Whatever it was answered with there, here it is found; no cookie of the stage goes along.
    return Response(answer.get_data(), content_type=answer.content_type)


def _let_through(policy: str) -> None:
    """Let the page's forms and scripts go where its own policy lets them."""
    for rule in policy.split("; "):
        if rule.startswith(FORM_ACTION):
            g.form_action = rule.removeprefix(FORM_ACTION)
        g.connect = g.get("connect") or rule.startswith("connect-src")
