"""The answer door with a list of its own, and somebody who goes through it."""

from __future__ import annotations

import html
import io
import logging
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from forms.answers import PREFIX
from portal import clock
from portal.answers.models import Store
from portal.answers.queries import waiting_counts
from portal.door.app import create_door
from tests.door.tickets import Issuer
from tests.pages.house_style import HeldClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient
    from sqlalchemy import Engine
    from werkzeug.test import TestResponse

    from portal.door.pages import Door
    from portal.door.settings import DoorSettings

FORM = re.compile(r'<form [^>]*id="svar"[^>]*>.*?</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
CHECKED = re.compile(
    r'<input class="form-(?:radio|checkbox)"[^>]* name="([^"]*)" value="([^"]*)" checked'
)
TYPED = re.compile(r'<textarea [^>]*name="([^"]*)"[^>]*>\n(.*?)</textarea>', re.DOTALL)

TEXT = "Der stod ikke hvorfor."

Fields = list[tuple[str, str]]


def fields_of(page: str) -> Fields:
    """What a browser would send of the page's form, but for the button."""
    found = FORM.search(page)
    assert found is not None, page
    pairs = [pattern.findall(found[0]) for pattern in (HIDDEN, CHECKED, TYPED)]
    return [(name, html.unescape(value)) for some in pairs for name, value in some]


@dataclass
class Reader:
    """Somebody who fills in. They have what their page holds, and nothing else."""

    client: FlaskClient
    page: TestResponse
    cookies: list[str] = field(default_factory=list)

    def goes(self, to: str | None, **answers: str | list[str]) -> TestResponse:
        """Fill in on this page, and press a button; without one, choose a language."""
        typed = {
            (name if name == "skjul" else PREFIX + name): value for name, value in answers.items()
        }
        fields = [pair for pair in fields_of(self.page.text) if pair[0] not in typed]
        for name, value in typed.items():
            fields += [(name, one) for one in ([value] if isinstance(value, str) else value)]
        if to is not None:
            fields.append(("til", to))
        return self.sends(fields)

    def sends(self, fields: Fields) -> TestResponse:
        self.page = self.client.post("/svar", data=_multi(fields))
        self.cookies += self.page.headers.getlist("Set-Cookie")
        return self.page


def _multi(fields: Fields) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in fields:
        found.setdefault(name, []).append(value)
    return found


@dataclass(frozen=True)
class Stage:
    """A door, and who signs for it."""

    app: Flask
    issuer: Issuer

    @property
    def door(self) -> Door:
        found: Door = self.app.extensions["door"]
        return found

    @property
    def engine(self) -> Engine:
        return self.door.engine

    def begins(self, view: str = "da", ticket: dict[str, str] | None = None) -> Reader:
        """Somebody who comes from the portal."""
        client = self.app.test_client()
        fields = {**(ticket or self.issuer.ticket()), "visning": view}
        return Reader(client, client.post("/", data=fields))

    def waiting(self) -> dict[str, int]:
        """How many answers wait."""
        with Session(self.engine) as session:
            return waiting_counts(session)


def written(stage: Stage, text: str = TEXT) -> Reader:
    """Somebody who has written a text, and looks it over."""
    reader = stage.begins()
    reader.goes("6")
    reader.goes("tjek", could_be_better_text=text, could_be_better=["reasons"])
    return reader


def changed(fields: Fields, **values: str) -> Fields:
    return [(name, values.get(name, value)) for name, value in fields]


@dataclass
class Log:
    """All that any logger of this process writes, traces included."""

    kept: io.StringIO = field(default_factory=io.StringIO)

    @property
    def text(self) -> str:
        return self.kept.getvalue()

    def lines(self) -> list[str]:
        """The lines, with the numbers of lines of code left out."""
        return [re.sub(r"\.py:\d+$", ".py:{line}", line) for line in self.text.splitlines()]


@pytest.fixture
def log() -> Iterator[Log]:
    """What is logged meanwhile, at any level."""
    log = Log()
    handler = logging.StreamHandler(log.kept)
    handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
    # Those that do not pass on what they are told, and the root for all others.
    named = [logging.getLogger(name) for name in ("indblik.door", "gunicorn.error", "")]
    levels = [logger.level for logger in named]
    for logger in named:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    yield log
    for logger, level in zip(named, levels, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


@pytest.fixture(autouse=True)
def _held() -> Iterator[None]:
    """Every client holds what it is answered to the house style."""
    Flask.test_client_class = HeldClient
    yield
    Flask.test_client_class = None


@pytest.fixture
def stage(door_settings: DoorSettings) -> Iterator[Stage]:
    """A door whose list has one cohort that is open."""
    issuer = Issuer(door_settings.cohorts_file)
    issuer.publish(clock.day_of(clock.now()))
    made = Stage(create_door(door_settings), issuer)
    Store.metadata.create_all(made.engine)
    yield made
    made.engine.dispose()
