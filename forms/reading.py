"""How somebody wants to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_wtf import FlaskForm
from wtforms import RadioField

from portal.reading.rules import KINDS, chosen
from portal.reading.words import AS_IT_IS

if TYPE_CHECKING:
    from enum import StrEnum

    from portal.reading.words import Reading


def _field(name: str) -> RadioField:
    kind: type[StrEnum] = KINDS[name]
    values: Any = [one.value for one in kind]  # the field's types know only pairs
    return RadioField(choices=values, default=getattr(AS_IT_IS, name).value)


class ReadingForm(FlaskForm):
    """One choice of each kind; what is missing stays as it is without a choice."""

    size = _field("size")
    room = _field("room")
    colours = _field("colours")
    lines = _field("lines")
    voice = _field("voice")

    def chosen(self) -> Reading:
        """The choices, where the form was valid."""
        return chosen({name: self[name].data for name in KINDS})
