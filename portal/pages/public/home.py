"""The front page, the words explained, and the pages that every public site owes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, url_for

from portal.explanations.words import TERMS, Passage
from portal.pages.public import public
from portal.pages.shell import speaker

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@public.get("/")
def home() -> ResponseReturnValue:
    """What this is, and the way in."""
    return render_template("public/home.html")


@public.get("/ord")
def terms() -> ResponseReturnValue:
    """Every term with its explanation, in the order of the reader's alphabet."""
    say = speaker()
    told = [
        (term, say.plain(Passage(f"term.{term}.name")), say.plain(Passage(f"term.{term}.meaning")))
        for term in TERMS
    ]
    return render_template("public/terms.html", terms=sorted(told, key=lambda t: t[1].casefold()))


@public.get("/was")
def was() -> ResponseReturnValue:
    """Where the law's short address for the statement leads."""
    return redirect(url_for("public.accessibility"), 301)


@public.get("/tilgaengelighed")
def accessibility() -> ResponseReturnValue:
    """The accessibility statement."""
    return render_template("public/accessibility.html")


@public.get("/cookies")
def cookies() -> ResponseReturnValue:
    """The two cookies and what they are for."""
    return render_template("public/cookies.html")
