"""For the owner of the texts: codes that cases bring and that no text stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template

from portal import i18n
from portal.audit.words import Act
from portal.cases.queries import codes_without_words
from portal.clock import local
from portal.pages.access import note
from portal.pages.shell import gettext, view
from portal.pages.staff import staff
from portal.request import db

if TYPE_CHECKING:
    from datetime import datetime

    from flask.typing import ResponseReturnValue

    from portal.cases.words import WordlessCode


@staff.get("/koder")
def codes() -> ResponseReturnValue:
    """Each code without words, with how many cases hold it and since when."""
    note(Act.CODES_VIEWED)
    rows = [_row(code) for code in codes_without_words(db())]
    return render_template("staff/codes.html", rows=rows)


def _row(found: WordlessCode) -> tuple[str, str, int, str, str]:
    kind = gettext("staff.codes.kind." + found.kind)
    return found.code, kind, found.cases, _day(found.first), _day(found.last)


def _day(at: datetime) -> str:
    return i18n.plain_date(local(at).date(), view())
