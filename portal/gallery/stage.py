"""The stage: the portal once more, on a ground of its own, where the states are played.

What is shown is what it answers: true routes and true templates. It knows nothing of the portal
that the visitor asks: neither its keys nor its database nor its sessions.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING, cast

from flask import g
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import RequestEntityTooLarge, Unauthorized

from portal.app import create_app
from portal.gallery import ground
from portal.gallery.provider import Played
from portal.gallery.pseudo import told, with_pseudo
from portal.gallery.wish import wish
from portal.gallery.words import Fault
from portal.rates.counting import Rates
from portal.rates.queries import rulebook
from portal.rates.words import TooMany

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from flask import Flask
    from sqlalchemy import Engine

    from portal.settings import Settings
    from portal.vault import Vault

WAIT = 30  # seconds; what the page of too many requests is told


class Planted(Exception):  # noqa: N818 - a failure on purpose
    """What nobody has foreseen."""


class Stage:
    """Where states are played, one at a time."""

    def __init__(self, settings: Settings) -> None:
        self._given = settings
        self._lock = RLock()

    @cached_property
    def settings(self) -> Settings:
        """The stage's own."""
        return ground.settings_of(self._given)

    @cached_property
    def grounds(self) -> Mapping[str, Path]:
        """What can be played on. The first who asks waits until it is made."""
        return ground.made(self.settings)

    @cached_property
    def portal(self) -> Flask:
        """The portal that plays."""
        app = create_app(self.settings)
        sign_in = app.extensions["sign_in"]
        for name, provider in sign_in.providers.items():
            sign_in.providers[name] = Played(provider.client)
        with_pseudo(app.extensions["catalogs"])
        app.extensions["texts"] |= told(app.extensions["texts"])
        app.jinja_env.globals["url_for_view"] = lambda key: f"{wish().here}?visning={key}"
        app.before_request_funcs.setdefault(None, []).insert(0, _as_wished)
        return app

    @property
    def engine(self) -> Engine:
        """The stage's database."""
        return cast("Engine", self.portal.extensions["engine"])

    @property
    def vault(self) -> Vault:
        """The stage's keys."""
        return cast("Vault", self.portal.extensions["vault"])

    @contextmanager
    def begun(self, name: str) -> Iterator[None]:
        """The stage for one act alone, on fresh ground; afterwards nobody is in any more."""
        with self._lock:
            whole = self.grounds[name]
            self.portal.extensions["rates"] = Rates(rulebook(None), b"gallery")
            self.engine.dispose()  # nobody has the file open while another takes its place
            for file in self.settings.data_dir.glob(f"{ground.DATABASE}*"):
                file.unlink()
            shutil.copyfile(whole, self.settings.data_dir / ground.DATABASE)
            try:
                yield
            finally:
                self._forget()

    def _forget(self) -> None:
        folder = self.settings.data_dir / "sessions"
        for file in folder.iterdir():
            if file.name != "lock":
                file.unlink()


def _as_wished() -> None:
    """The first thing that happens to a request: its view is set, and what shall go wrong does."""
    wanted = wish()
    g.view, g.csp_nonce, g.keep_view = wanted.view, wanted.nonce, False
    match wanted.fault:
        case Fault.UNAVAILABLE:
            raise OperationalError(None, None, Planted())
        case Fault.FAILURE:
            raise Planted
        case Fault.TOO_LARGE:
            raise RequestEntityTooLarge
        case Fault.UNAUTHORIZED:
            raise Unauthorized
        case Fault.TOO_MANY:
            limit = rulebook(None).of("pages")[0]
            raise TooMany(limit, WAIT)
