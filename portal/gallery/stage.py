"""The stage: portal, answer door and simulator once more, on a ground of their own.

What is shown is what they answer: true routes and true templates. They know nothing of the portal
that the visitor asks: neither its keys nor its database nor its sessions.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING, cast

from portal import clock
from portal.app import create_app
from portal.cli.demo import door as demo_door
from portal.cli.demo.people import employees
from portal.door.app import create_door
from portal.door.settings import read as read_door
from portal.gallery import ground
from portal.gallery.components import put_components
from portal.gallery.more import people
from portal.gallery.provider import Played
from portal.gallery.pseudo import put_pseudo, put_pseudo_at_door
from portal.gallery.tickets import Issuer, spent
from portal.gallery.wish import as_wished, wish
from portal.rates.counting import Rates
from portal.rates.queries import rulebook
from portal.simulator import Invented, create_simulator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from flask import Flask
    from sqlalchemy import Engine

    from portal.door.settings import DoorSettings
    from portal.settings import Settings
    from portal.vault import Vault


class Stage:
    """Where states are played, one at a time."""

    def __init__(self, settings: Settings) -> None:
        self._given = settings
        self._lock = RLock()
        self._issuer = Issuer()

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
        put_pseudo(app)
        put_components(app)
        app.jinja_env.globals["url_for_view"] = lambda key: f"{wish().here}?visning={key}"
        app.context_processor(lambda: {"asks": f"{wish().here}/session?visning={wish().view.key}"})
        return as_wished(app)

    @cached_property
    def door_settings(self) -> DoorSettings:
        """Those of the answer door that plays."""
        return read_door(ground.door_environment(self.settings))

    @cached_property
    def door(self) -> Flask:
        """The answer door that plays."""
        demo_door.prepared(ground.door_environment(self.settings))
        self._issuer.publish(self.door_settings.cohorts_file)
        app = create_door(self.door_settings)
        put_pseudo_at_door(app, self.portal)
        return as_wished(app)

    @cached_property
    def simulator(self) -> Flask:
        """The simulator that plays."""
        invented = [
            *(Invented(one.name, cpr=one.cpr) for one in people().values()),
            *(Invented(one.name, roles=tuple(one.roles)) for one in employees().values()),
        ]
        return create_simulator(self.settings, invented)

    @property
    def engine(self) -> Engine:
        """The portal's database."""
        return cast("Engine", self.portal.extensions["engine"])

    @property
    def vault(self) -> Vault:
        """The portal's keys."""
        return cast("Vault", self.portal.extensions["vault"])

    def ticket(self, kind: str) -> dict[str, str]:
        """The fields of a ticket for the answer door."""
        made = self._issuer.ticket(kind)
        if kind == "spent":
            spent(self.door.extensions["door"], made)
        return made

    @staticmethod
    def seconds() -> int:
        """What the clock of the sessions shows."""
        return int(clock.now().timestamp())

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
