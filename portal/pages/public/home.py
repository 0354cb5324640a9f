"""The front page, the words explained, and the pages that every public site owes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from flask import Response, current_app, render_template, url_for

from portal import clock
from portal.contact import PLAIN, SECURITY_TXT, security_txt
from portal.explanations.words import TERMS, Passage
from portal.i18n import DEFAULT
from portal.pages.letters import place, with_capital
from portal.pages.public import public
from portal.pages.reading import reading_cookie
from portal.pages.sessions import ABSOLUTE, IDLE
from portal.pages.shell import speaker, view, view_cookie

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from portal.explanations.words import Texts


@public.get("/")
def home() -> ResponseReturnValue:
    """What this is, and the way in."""
    return render_template("public/home.html")


@public.get("/ord")
def terms() -> ResponseReturnValue:
    """Every term with its explanation, in the order of the reader's alphabet."""
    say, shown = speaker(), view()
    in_danish = cast("Texts", current_app.extensions["texts"])
    told = [
        (
            term,
            with_capital(say.plain(Passage(f"term.{term}.name")), shown),
            say.plain(Passage(f"term.{term}.meaning")),
            "" if shown == DEFAULT else in_danish[DEFAULT.key, f"term.{term}.name"].citizen,
        )
        for term in TERMS
    ]
    ordered = sorted(told, key=lambda term: place(term[1], shown))
    return render_template("public/terms.html", terms=ordered)


@public.get(SECURITY_TXT)
def security() -> ResponseReturnValue:
    """Whom to tell of a weakness, for those who look for weaknesses."""
    site = current_app.extensions["public_url"]
    mail, phone = current_app.extensions["mail"], current_app.extensions["phone"]
    page = f"{site}{url_for('public.accessibility')}"
    return Response(security_txt(clock.now(), site, mail, phone, page), content_type=PLAIN)


@public.get("/cookies")
def cookies() -> ResponseReturnValue:
    """The cookies and what they are for, and what else a browser keeps for us."""
    return render_template(
        "public/cookies.html",
        session_cookie=current_app.config["SESSION_COOKIE_NAME"],
        view_cookie=view_cookie(),
        reading_cookie=reading_cookie(),
        idle_minutes=IDLE // timedelta(minutes=1),
        most_hours=ABSOLUTE // timedelta(hours=1),
        asked=current_app.extensions["answers_url"] is not None,
    )
