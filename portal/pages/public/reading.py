"""The page on which somebody says how they want to read."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import g, redirect, render_template, request, url_for

from forms.reading import ReadingForm
from portal.pages.public import public
from portal.pages.reading import keep, reading
from portal.reading.rules import KINDS
from portal.reading.words import AS_IT_IS

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

SAVED = "gemt"


@public.get("/laesning")
def reading_choices() -> ResponseReturnValue:
    """What can be chosen, shown as it was chosen."""
    return _page(saved=SAVED in request.args)


@public.post("/laesning")
def reading_choose() -> ResponseReturnValue:
    """Keep the choice in the browser, or take all of it back."""
    g.here = url_for("public.reading_choices")
    form = ReadingForm()
    if "reset" not in request.form and not form.validate():
        return _page(wrong=True), HTTPStatus.UNPROCESSABLE_ENTITY
    answer = redirect(url_for("public.reading_choices", gemt="ja"), HTTPStatus.SEE_OTHER)
    keep(answer, AS_IT_IS if "reset" in request.form else form.chosen())
    return answer


def _page(*, saved: bool = False, wrong: bool = False) -> str:
    offered = {name: [one.value for one in kind] for name, kind in KINDS.items()}
    return render_template(
        "public/reading.html", offered=offered, chosen=reading(), saved=saved, wrong=wrong
    )
