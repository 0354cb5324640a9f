"""For the owner of the texts: codes that cases bring and that no text stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template

from portal.audit.words import Act
from portal.cases.queries import codes_without_words
from portal.pages.access import note
from portal.pages.staff import staff
from portal.request import db

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@staff.get("")
def home() -> ResponseReturnValue:
    """What there is for this member of staff."""
    return render_template("staff/home.html")


@staff.get("/koder")
def codes() -> ResponseReturnValue:
    """Each code without words, with how many cases hold it and since when."""
    note(Act.CODES_VIEWED)
    return render_template("staff/codes.html", found=codes_without_words(db()))
