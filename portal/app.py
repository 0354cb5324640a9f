"""The app: rooms and doors put together."""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from portal.api import api, documents, events, overview
from portal.api import figures as api_figures
from portal.api.guard import Guard
from portal.api.health import health
from portal.api.problems import init_problems
from portal.api.tokens import Keys, KeysUnavailable
from portal.audit.actions import keep
from portal.db import engine_for
from portal.deadlines.queries import limits
from portal.explanations.queries import texts
from portal.headers import dressed
from portal.i18n import VIEWS
from portal.keys.queries import vault_of
from portal.pages.access import init_access
from portal.pages.citizen import cases, citizen, my_data, panels, participation, rights
from portal.pages.citizen import sessions as citizen_sessions
from portal.pages.compression import init_compression
from portal.pages.entrances import init_sign_in
from portal.pages.errors import init_errors
from portal.pages.form_keys import init_form_keys
from portal.pages.journal import init_journal
from portal.pages.kept import init_kept
from portal.pages.oidc.wire import Line, ProviderDown, ProviderWrong, within_bounds
from portal.pages.public import accessibility, home, public
from portal.pages.public import changes as public_changes
from portal.pages.public import estimates as public_estimates
from portal.pages.public import participation as keys
from portal.pages.public import problems as public_problems
from portal.pages.public import reading as public_reading
from portal.pages.public import statistics as public_statistics
from portal.pages.rates import init_rates
from portal.pages.reading import init_reading
from portal.pages.shell import init_shell
from portal.pages.staff import (
    access_log,
    agreement,
    change_plans,
    change_words,
    changes,
    codebook,
    codes,
    coding,
    estimates,
    ideas,
    proposals,
    quarantine,
    quotes,
    release,
    requests,
    staff,
    volunteers,
)
from portal.pages.staff import figures as staff_figures
from portal.pages.staff import home as staff_home
from portal.pages.staff import problems as staff_problems
from portal.pages.staff import reports as staff_reports
from portal.pages.staff import sessions as staff_sessions
from portal.pages.staff import themes as staff_themes
from portal.rates.counting import Rates
from portal.rates.queries import rulebook
from portal.rates.shared import Shared
from portal.rates.words import WrongLimits
from portal.request import init_request
from portal.settings import SettingsError

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from portal.explanations.words import Texts
    from portal.settings import Settings

LOG = logging.getLogger("indblik.start")
ROOT = Path(__file__).parent.parent
BUILT = ROOT / "static" / "dist"
MOST_BYTES = 64 * 1024  # of a request; no form here is near it
# Imported so that their routes are on the blueprints below.
PAGES = (
    *(home, public_estimates, cases, panels, codes, estimates, quarantine, release, volunteers),
    *(agreement, codebook, coding, proposals, quotes, staff_themes),
    *(public_reading, participation, keys, events, documents, overview, staff_home),
    *(citizen_sessions, staff_sessions),
    *(api_figures, staff_figures, staff_reports),
    *(access_log, my_data, rights, requests, public_problems, staff_problems),
    *(accessibility, public_statistics, public_changes, changes, change_plans, change_words, ideas),
)
BLUEPRINTS = (public, citizen, staff, health, api)


def create_app(settings: Settings) -> Flask:
    """The portal, ready to serve.

    Raises SettingsError, FaultyTexts, or OSError where the front end has not been built.
    """
    app = Flask(__name__, template_folder=ROOT / "templates", static_folder=None)
    app.config.update(
        SECRET_KEY=secrets.token_bytes(),  # nothing is signed with it, so nothing is taken
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_BYTES,
        TRUSTED_HOSTS=[urlsplit(settings.public_url).hostname],
        # Our pages tell no referrer, so none can be asked for; the token and SameSite remain.
        WTF_CSRF_SSL_STRICT=False,
        WTF_CSRF_TIME_LIMIT=None,  # a form token lives as long as the session that it is bound to
    )
    vault = vault_of(settings)
    app.extensions.update(vault=vault, limits=limits(), translations=ROOT / "translations")
    init_journal(app)
    engine = engine_for(settings.database_url)
    keep(engine, vault, settings.data_dir)
    init_request(app, engine)
    init_shell(app, settings, _texts())
    init_reading(app)
    rates = _rates(settings)
    init_rates(app, rates, settings.trusted_proxies)  # before anything is looked up
    init_form_keys(app, vault)
    init_sign_in(app, settings, vault)
    init_access(app)
    init_compression(app)
    init_errors(app)
    init_problems(app)
    app.extensions.update(machines=_machines(settings, rates), public_url=settings.public_url)
    app.extensions.update(mail=settings.mail, data_dir=settings.data_dir)
    app.extensions.update(answers_url=settings.answers_url, cohorts_file=settings.cohorts_file)
    init_kept(app).exempt(api)  # machines show a token with each request, and no cookie
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    _serve_built(app, settings)
    return app


@cache
def _texts() -> Texts:
    """The texts about cases, read once in a process. Raises FaultyTexts."""
    return texts(ROOT / "translations", VIEWS)


def _rates(settings: Settings) -> Rates:
    """How often everybody may come. Raises SettingsError."""
    try:
        rules = rulebook(settings.limits_file)
    except WrongLimits as error:
        message = f"INDBLIK_LIMITS_FILE: {error}"
        raise SettingsError(message) from None
    shared = Shared(settings.redis_url) if settings.redis_url else None
    secret = hashlib.sha256(b"indblik rates\0" + settings.keks[0].secret).digest()
    return Rates(rules, secret, shared, settings.workers)


def _machines(settings: Settings, rates: Rates) -> Guard | None:
    """Who guards the doors for machines; None, and a line in the log, where they stay closed."""
    known = settings.api
    if known is None:
        LOG.warning("no INDBLIK_API_ISSUER: the doors for machines are closed")
        return None

    def fetch() -> dict[str, Any]:
        try:
            line = Line(known.jwks_url)
            return within_bounds(
                line, lambda line: line.document(known.jwks_url, withhold_token=True)
            )
        except (ProviderDown, ProviderWrong):
            raise KeysUnavailable from None

    return Guard(known, Keys(fetch), rates)


def _serve_built(app: Flask, settings: Settings) -> None:
    """Serve the built front end, whose names change with its content, and trust the proxies."""
    manifest = json.loads((BUILT / "manifest.json").read_text("utf-8"))
    checks = json.loads((BUILT / "integrity.json").read_text("utf-8"))
    app.jinja_env.globals["asset"] = lambda name: f"/static/{manifest[name]}"
    app.jinja_env.globals["integrity"] = lambda name: checks[name]

    inner: WSGIApplication = app.wsgi_app
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        inner = ProxyFix(inner, x_for=count, x_proto=count, x_host=count)
    files = WhiteNoise(
        inner,
        root=BUILT,
        prefix="static/",
        allow_all_origins=False,
        immutable_file_test=lambda _path, _url: True,
    )
    app.wsgi_app = dressed(files, secure=settings.secure)  # type: ignore[assignment,method-assign]  # as Flask says
