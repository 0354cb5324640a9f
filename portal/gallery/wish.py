"""What the gallery wants of one request to its stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import request

if TYPE_CHECKING:
    from portal.gallery.words import Fault
    from portal.i18n import View

WISH = "indblik.gallery.wish"  # in the surroundings of the request


@dataclass(frozen=True, slots=True)
class Wish:
    """In which view, with which nonce, where it is shown, and what goes wrong."""

    view: View
    nonce: str
    here: str
    fault: Fault | None = None


def wish() -> Wish:
    """The wish of the current request."""
    return cast("Wish", request.environ[WISH])
