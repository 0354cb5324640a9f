"""What a reader may choose, whatever the browser and the device do by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Size(StrEnum):
    """How large the text is, in percent."""

    NORMAL = "100"
    LARGE = "125"
    LARGER = "150"
    DOUBLE = "200"


class Room(StrEnum):
    """How much room there is between letters, words and lines."""

    NORMAL = "normal"
    WIDE = "wide"  # as WCAG 1.4.12 measures it


class Colours(StrEnum):
    """Which colours the pages have."""

    DEVICE = "device"  # light or dark, as the device says
    LIGHT = "light"
    DARK = "dark"
    STRONG = "strong"  # at least 7 to 1 everywhere


class Lines(StrEnum):
    """How long a line of text may be."""

    NORMAL = "normal"
    SHORT = "short"  # some 45 letters: easier for many people with dyslexia


class Voice(StrEnum):
    """Whether a button reads the page aloud."""

    OFF = "off"
    ON = "on"


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a reader has chosen."""

    size: Size = Size.NORMAL
    room: Room = Room.NORMAL
    colours: Colours = Colours.DEVICE
    lines: Lines = Lines.NORMAL
    voice: Voice = Voice.OFF


AS_IT_IS = Reading()
