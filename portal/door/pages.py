"""The pages of the door. Each is an answer to a form that holds all answers so far."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import g, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import UnsupportedMediaType

from portal import clock
from portal.answers.actions import redeem
from portal.answers.queries import is_spent
from portal.answers.rules import cohort_of
from portal.answers.words import SpentToken
from portal.contact import PLAIN as PLAIN_TYPE
from portal.contact import SECURITY_TXT, security_txt
from portal.db import answers as database_answers
from portal.door.cohorts import ListMissingError
from portal.door.looking import looked_over
from portal.door.reading import CHECK, NOTICE, SEND, filled, given
from portal.door.shell import VIEW, lang, view
from portal.door.showing import check_page, notice_page, question_page
from portal.door.tickets import ticket_of
from portal.questionnaire.rules import begun, current

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue
    from sqlalchemy import Engine

    from portal.answers.words import Ticket
    from portal.door.cohorts import Published
    from portal.door.looking import LookedOver
    from portal.door.reading import Filled, Given
    from portal.door.settings import DoorSettings
    from portal.questionnaire.words import Page, Questionnaire, Wordings
    from portal.scrubbing.rules.scrubber import Scrubber

FORM = "application/x-www-form-urlencoded"
PLAIN = {"Content-Type": PLAIN_TYPE}


@dataclass(frozen=True, slots=True)
class Door:
    """What the pages stand on."""

    engine: Engine
    published: Published
    questionnaires: tuple[Questionnaire, ...]
    wordings: Wordings
    scrubber: Scrubber
    settings: DoorSettings


def init_pages(app: Flask, door: Door) -> None:
    """Put the pages on the app."""
    app.before_request(_read)
    app.add_url_rule("/", "home", lambda: render_template("door/home.html"))
    app.add_url_rule("/", "start", lambda: start(door), methods=["POST"])
    app.add_url_rule("/svar", "answer", lambda: answer(door), methods=["POST"])
    # Asked for by its address alone, a page has no answers to show: there is only the beginning.
    app.add_url_rule("/svar", "again", lambda: redirect("/", HTTPStatus.SEE_OTHER))
    app.add_url_rule("/tak", "receipt", lambda: render_template("door/receipt.html"))
    app.add_url_rule(SECURITY_TXT, "security", lambda: security(door))
    app.add_url_rule("/health/live", "live", lambda: ("ok", PLAIN))
    app.add_url_rule("/health/ready", "ready", lambda: ready(door))


def security(door: Door) -> ResponseReturnValue:
    """Whom to tell of a weakness. The file bears a time, but one that is the same all day."""
    known = door.settings
    page = f"{known.portal_url}/tilgaengelighed"
    told = security_txt(clock.now(), known.public_url, None, known.phone, page)
    return told, PLAIN


def _read() -> None:
    if request.method != "POST":
        return
    if request.mimetype != FORM:  # a file would be laid down on disk while it is read
        raise UnsupportedMediaType
    g.fields = request.form


def start(door: Door) -> ResponseReturnValue:
    """From the portal, with a ticket: say what this is before anything is asked."""
    # The ticket and nothing else: whoever leads somebody here must not put answers in their mouth.
    brought = replace(given(g.fields), hide="", answers=MultiDict())
    ticket = _checked(door, brought)
    with Session(door.engine.execution_options(writes=False)) as session:
        if is_spent(session, ticket):
            raise SpentToken
    asked = current(door.questionnaires, clock.day_of(clock.now()))
    return notice_page(brought, filled(asked, brought.answers))


def _checked(door: Door, brought: Given) -> Ticket:
    """The ticket of a form, right and in time. Raises Refused, ListMissingError."""
    ticket = ticket_of(*(brought.plain[name] for name in ("cohort", "token", "signature")))
    # Asked on every page: nobody fills in in vain, and no text is looked at for a forged ticket.
    cohort_of(door.published.cohorts(), ticket, clock.day_of(clock.now()))
    return ticket


def answer(door: Door) -> ResponseReturnValue:
    """Any page but the first: go where the person wants to, unless an answer cannot be taken."""
    brought = given(g.fields)
    ticket = _checked(door, brought)
    version = brought.plain["version"]
    asked = begun(door.questionnaires, version, clock.day_of(clock.now()))
    sheet = filled(asked, brought.answers)
    wording = door.wordings[version, view().key]
    here, wanted = brought.place(asked), brought.wanted(asked)
    wrong = _first_wrong(sheet, here, wanted)
    if wrong is not None:
        return question_page(brought, sheet, wording, wrong)
    if wanted == NOTICE:
        return notice_page(brought, sheet)
    if wanted in {CHECK, SEND}:
        looked = looked_over(brought, sheet, door.scrubber, lang())
        if wanted == SEND and looked.may_be_sent:
            return _sent(door, looked, ticket)
        return check_page(brought, sheet, wording, looked, stopped=wanted == SEND)
    return question_page(brought, sheet, wording, asked.pages[int(wanted) - 1])


def _sent(door: Door, looked: LookedOver, ticket: Ticket) -> ResponseReturnValue:
    """Hand the answer in: nothing of it is kept here, whatever becomes of it."""
    today = clock.day_of(clock.now())
    with Session(door.engine) as session:
        redeem(session, door.published.cohorts(), ticket, looked.scrubbed(), today)
        session.commit()
    return redirect(f"/tak?{VIEW}={view().key}", HTTPStatus.SEE_OTHER)


def _first_wrong(sheet: Filled, here: str, wanted: str) -> Page | None:
    """The page that must be put right first. Going back is always free."""
    pages = sheet.questionnaire.pages
    if wanted not in {CHECK, SEND}:
        forward = here.isdecimal() and wanted.isdecimal() and int(wanted) > int(here)
        pages = pages[int(here) - 1 : int(here)] if forward else ()
    return next((page for page in pages if sheet.wrong(page)), None)


def ready(door: Door) -> ResponseReturnValue:
    """Whether an answer could be taken right now."""
    try:
        door.published.cohorts()
    except ListMissingError:
        return "no list", HTTPStatus.SERVICE_UNAVAILABLE, PLAIN
    if not database_answers(door.engine.execution_options(writes=False)):
        return "no database", HTTPStatus.SERVICE_UNAVAILABLE, PLAIN
    return "ok", PLAIN
