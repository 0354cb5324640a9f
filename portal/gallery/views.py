"""In which views a state can be looked at: those of its readers, and two that nobody reads."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal.gallery.words import Audience
from portal.i18n import STAFF_VIEWS, VIEWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.gallery.words import State
    from portal.i18n import View

ACCENTED, MIRRORED = "accented", "mirrored"
PSEUDO = {
    view.key: view
    for view in (
        replace(VIEWS["en"], key=ACCENTED, lang="en-x-accented", name="Åççéñţéð"),
        replace(VIEWS["en"], key=MIRRORED, lang="en-x-mirrored", name="Mirrored", dir="rtl"),
    )
}
# Staff read two languages, and the simulator knows only true ones.
PLAIN = {Audience.STAFF, Audience.SIMULATOR}


def views_of(state: State) -> Mapping[str, View]:
    """The views in which its readers can read it."""
    return STAFF_VIEWS if state.audience is Audience.STAFF else VIEWS


def made_of(state: State) -> Mapping[str, View]:
    """The two others, where the state is shown in them."""
    return {} if state.audience in PLAIN else PSEUDO


def view_of(state: State, asked: str) -> View | None:
    """The view that was asked for; None where the state is not shown in it."""
    return views_of(state).get(asked) or made_of(state).get(asked)
