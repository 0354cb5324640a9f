"""How events and states are stored, and read again."""

from __future__ import annotations

import re

import msgspec

from portal.cases import words
from portal.cases.words import Happening, State

VERSION = 2  # of these rules: a stored state of another version is folded again


def what(kind: type[Happening]) -> str:
    """The name of a type of event in the feed: `RequestMade` is `request-made`."""
    return re.sub(r"(?<=.)([A-Z])", r"-\1", kind.__name__).lower()


NAMES = {kind: what(kind) for kind in words.HAPPENINGS if kind is not words.Unrecognised}
TYPES: dict[str, type[Happening]] = {name: kind for kind, name in NAMES.items()}

UNREADABLE = "unreadable"
ENDING_SIGHT = {what(kind) for kind in (words.Withheld, words.PartyEnded, words.Corrected)}

# msgspec takes a class apart at its first use. Two threads that are first at the same time end the
# process (0.22: a segmentation fault), so that is done here, before there are any.
for _kind in (State, *words.HAPPENINGS):
    msgspec.json.Decoder(_kind)
DECODERS = {name: msgspec.json.Decoder(kind) for name, kind in TYPES.items()}


def named(data: Happening) -> str:
    """The name under which an event is stored."""
    return data.type if isinstance(data, words.Unrecognised) else NAMES[type(data)]


def revived(name: str, data: object) -> Happening:
    """What a stored event says; `Unrecognised` where the type is not known.

    Raises msgspec.ValidationError when the data do not fit the type.
    """
    kind = TYPES.get(name)
    return words.Unrecognised(type=name) if kind is None else msgspec.convert(data, type=kind)


def revived_text(name: str, text: str | msgspec.Raw) -> Happening:
    """What an event says that is stored as this JSON text.

    Raises msgspec.ValidationError when the data do not fit the type.
    """
    decoder = DECODERS.get(name)
    return words.Unrecognised(type=name) if decoder is None else decoder.decode(text)


def readable(name: str, data: object) -> Happening:
    """What a stored event says, as far as it can be read.

    Of one that cannot it is told that something happened. Where it might have ended somebody's
    sight of the case, nobody sees the case.
    """
    try:
        return revived(name, data)
    except msgspec.ValidationError:
        ends_sight = name in ENDING_SIGHT
        return words.Withheld(reason=UNREADABLE) if ends_sight else words.Unrecognised(type=name)


def is_unreadable(data: Happening) -> bool:
    """Whether this stands for an event that cannot be read."""
    if isinstance(data, words.Withheld):
        return data.reason == UNREADABLE
    return isinstance(data, words.Unrecognised) and data.type in TYPES


def kept(data: Happening) -> dict[str, object]:
    """What is stored of an event: `revived` gives the same value back."""
    return {name: value for name, value in msgspec.to_builtins(data).items() if value is not None}


def packed(state: State) -> dict[str, object]:
    """A state as plain values for a JSON column; `unpacked` gives it back."""
    return {name: value for name, value in msgspec.to_builtins(state).items() if value}


def unpacked(stored: object) -> State:
    """The state that `packed` stored."""
    return msgspec.convert(stored, type=State)
