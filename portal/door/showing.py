"""The pages of the questionnaire as they are shown: which template, with what, and the status."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import render_template

from forms.answers import PREFIX
from portal.door.reading import CHECK, NOTICE, SEND, TICKET
from portal.questionnaire.words import MOST_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.door.looking import LookedOver
    from portal.door.reading import Filled, Given
    from portal.questionnaire.words import Page, Wording

Answered = tuple[str, int]


def carried(given: Given, sheet: Filled, side: str, page: Page | None) -> list[tuple[str, str]]:
    """The hidden fields of a page: the ticket, where one is, and all answers of other pages."""

    def fields() -> Iterator[tuple[str, str]]:
        yield from ((name, given.plain[name]) for name in TICKET)
        yield "version", sheet.questionnaire.version
        yield "side", side
        if side != CHECK and given.hide:
            yield "skjul", given.hide
        yield from sheet.elsewhere(page)

    return list(fields())


def notice_page(given: Given, sheet: Filled) -> Answered:
    """What this is, before anything is asked."""
    page = render_template("door/notice.html", carried=carried(given, sheet, NOTICE, None))
    return page, HTTPStatus.OK


def question_page(given: Given, sheet: Filled, wording: Wording, page: Page) -> Answered:
    """A few questions, with what was answered so far."""
    number = sheet.questionnaire.pages.index(page) + 1
    wrong = sheet.wrong(page)
    shown = render_template(
        "door/question.html",
        carried=carried(given, sheet, str(number), page),
        count=len(sheet.questionnaire.pages),
        most=MOST_CHARACTERS,
        number=number,
        page=page,
        prefix=PREFIX,
        sheet=sheet,
        wording=wording,
        wrong=wrong,
    )
    return shown, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK


def check_page(
    given: Given, sheet: Filled, wording: Wording, looked: LookedOver, *, stopped: bool
) -> Answered:
    """All answers, and what will be hidden in them. `stopped`: it was to be sent, and was not."""
    shown = render_template(
        "door/check.html",
        carried=carried(given, sheet, CHECK, None),
        hide=given.hide,
        looked=looked,
        send=SEND,
        sheet=sheet,
        wording=wording,
    )
    return shown, HTTPStatus.UNPROCESSABLE_ENTITY if stopped else HTTPStatus.OK
