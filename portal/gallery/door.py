"""Putting the gallery on the portal, where that may be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.gallery.pages import gallery
from portal.gallery.stage import Stage

if TYPE_CHECKING:
    from flask import Flask

    from portal.settings import Settings


class NotInvented(Exception):  # noqa: N818 - names what is the matter
    """The gallery is asked for where people are real."""


def opened(app: Flask, settings: Settings) -> Flask:
    """The portal with the gallery. Raises NotInvented where it must not be."""
    if not settings.invented:
        raise NotInvented
    app.register_blueprint(gallery(Stage(settings)))
    return app
