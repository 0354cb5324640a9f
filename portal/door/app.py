"""The answer door, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask
from whitenoise import WhiteNoise

from portal.answers.queries import store
from portal.door.cohorts import Published
from portal.door.counting import counted
from portal.door.errors import init_errors
from portal.door.journal import LOG, init_journal
from portal.door.pages import Door, init_pages
from portal.door.shell import BUILT, ROOT, init_shell
from portal.door.stripping import stripped
from portal.environment import SettingsError
from portal.headers import dressed
from portal.i18n import VIEWS
from portal.questionnaire.queries import questionnaires, wordings
from portal.rates.counting import Rates
from portal.rates.queries import rulebook
from portal.rates.words import WrongLimits
from portal.rates.writing import Loud
from portal.scrubbing.queries import scrubber

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from portal.door.settings import DoorSettings

# Of a request. Two whole texts are some 70 kB at most, as a form writes them; the rest is room for
# texts that are far too long, so that they come back with a word about it and nothing is lost.
MOST_BYTES = 1024 * 1024


def create_door(settings: DoorSettings) -> Flask:
    """The answer door, ready to serve.

    Raises FaultyQuestionnaire, or OSError where the front end has not been built.
    """
    app = Flask("portal.door", template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_BYTES,
        TRUSTED_HOSTS=[urlsplit(settings.public_url).hostname],
    )
    asked = questionnaires()
    door = Door(
        engine=store(settings.database_url),
        published=Published(settings.cohorts_file),
        questionnaires=asked,
        wordings=wordings(ROOT / "translations", asked, VIEWS),
        scrubber=scrubber(),
        settings=settings,
    )
    app.extensions["door"] = door
    init_journal(app)
    init_shell(app, settings)
    init_pages(app, door)
    init_errors(app)
    _serve(app, settings)
    return app


def _rates(settings: DoorSettings) -> Rates:
    """How often somebody may come; in memory alone. Raises SettingsError."""
    try:
        rules = rulebook(settings.limits_file)
    except WrongLimits as error:
        message = f"INDBLIK_DOOR_LIMITS_FILE: {error}"
        raise SettingsError(message) from None
    return Rates(rules, None, processes=settings.workers, loud=Loud(LOG))


def _serve(app: Flask, settings: DoorSettings) -> None:
    """Serve the built front end beside the pages, and know nothing of who asks."""
    inner: WSGIApplication = app.wsgi_app
    files = WhiteNoise(
        inner,
        root=BUILT,
        prefix="static/",
        allow_all_origins=False,
        immutable_file_test=lambda _path, _url: True,
    )
    bare = dressed(files, secure=settings.secure)
    app.wsgi_app = counted(stripped(bare), _rates(settings), settings.trusted_proxies)  # type: ignore[assignment,method-assign]  # as Flask says
