"""From bytes to typed values: each type of event has a form that its data must fit."""

from __future__ import annotations

import re
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, TypeVar, get_type_hints

import msgspec

from portal.cases.rules import TYPES
from portal.feed.rules.checks import MAX_SEQUENCE, check, text_reasons, without_nothing
from portal.feed.words import (
    Code,
    PartyAddedByCpr,
    PartyEndedByCpr,
    Reason,
    Refused,
    RequestMadeByCpr,
)
from portal.vault import CprError, normalised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.feed.words import Heard

# The types of event, with the form that each one's data have in the feed.
FORMS: dict[str, type[Heard]] = {
    **TYPES,
    "party-added": PartyAddedByCpr,
    "party-ended": PartyEndedByCpr,
    "request-made": RequestMadeByCpr,
}
CPR_FIELDS = ("cpr", "acts_for_cpr")

MISSING_FIELD = re.compile(r"missing required field `(\w+)`")
# What the parser says, and what it means.
MESSAGES = {
    "got `null`": Code.NULL,
    "RFC3339": Code.NOT_A_DATE,
    "timezone": Code.NO_ZONE,
    "range": Code.OUT_OF_RANGE,
    "Expected `int` ": Code.OUT_OF_RANGE,
}
T = TypeVar("T")


class Envelope(msgspec.Struct, frozen=True):
    """The attributes of a CloudEvent that matter here; others are allowed and not read."""

    specversion: str
    id: str
    source: str
    type: str
    time: Annotated[datetime, msgspec.Meta(tz=True)]
    subject: str | None = None
    sequence: int | str | None = None
    datacontenttype: str | None = None
    data: msgspec.Raw = msgspec.Raw(b"null")


class Pulse(msgspec.Struct, frozen=True):
    """Data of a heartbeat."""

    name: str | None = None
    silent_after: Annotated[int, msgspec.Meta(ge=1, le=525_600)] | None = None
    sequence: Annotated[int, msgspec.Meta(ge=0, le=MAX_SEQUENCE)] | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """What the data of one type of event may hold."""

    names: frozenset[str]
    optional: frozenset[str]
    texts: frozenset[str]
    dates: frozenset[str]


def _shape(form: type[Heard]) -> Shape:
    hints = get_type_hints(form)
    optional = {field.name for field in fields(form) if field.default is not MISSING}
    texts = {name for name, hint in hints.items() if hint in {str, str | None}}
    dates = {name for name, hint in hints.items() if hint in {date, date | None}}
    return Shape(frozenset(hints), frozenset(optional), frozenset(texts), frozenset(dates))


SHAPES = {what: _shape(form) for what, form in FORMS.items()}

ENVELOPE, PULSE = msgspec.json.Decoder(Envelope), msgspec.json.Decoder(Pulse)
DATA = msgspec.json.Decoder(dict[str, object])
# Taken apart before there are threads: see portal/cases/rules/stored.py.
for _form in FORMS.values():
    msgspec.json.Decoder(_form)
# What a correction may hold: it does not say which type it corrects.
ANY = Shape(
    names=frozenset().union(*(shape.names for shape in SHAPES.values())),
    optional=frozenset(),
    texts=frozenset().union(*(shape.texts for shape in SHAPES.values())),
    dates=frozenset().union(*(shape.dates for shape in SHAPES.values())),
)


def text_of(record: bytes) -> str:
    """The record as text. Raises Refused: the parser does not look into what it passes over."""
    try:
        return record.decode()
    except UnicodeDecodeError:
        raise Refused(Reason(Code.NOT_UTF8)) from None


def decoded(text: str | bytes | msgspec.Raw, kind: msgspec.json.Decoder[T], where: str = "") -> T:
    """The JSON text as this kind. Raises Refused; RecursionError where it is too deep."""
    try:
        return kind.decode(text)
    except msgspec.ValidationError as error:
        raise Refused(_reason(str(error), where)) from None
    except msgspec.DecodeError:
        raise Refused(Reason(Code.NOT_JSON)) from None


def data_of(envelope: Envelope, kind: msgspec.json.Decoder[T]) -> T:
    """The data of a record as this kind; where there are none, an empty one of it."""
    given = envelope.data
    return decoded(b"{}" if bytes(given) == b"null" else given, kind, "data")


def _reason(message: str, where: str) -> Reason:
    """What the parser's message says; it names fields and types, never a value."""
    said, _, path = message.partition(" - at `$")
    place = where + path.removesuffix("`")
    missing = MISSING_FIELD.search(said)
    if missing:
        return Reason(Code.MISSING, f"{place}.{missing[1]}".lstrip("."))
    code = next((code for part, code in MESSAGES.items() if part in said), Code.WRONG_TYPE)
    return Reason(code, place.lstrip(".") or None)


def form_of(what: str, given: dict[str, object], *, clean: bool) -> tuple[Heard, dict[str, object]]:
    """The data as their form, and those fields of them that the form does not know.

    The texts of a clean record need no look.
    """
    known, rest = _divided(given, SHAPES[what])
    known, nothing = without_nothing(known, SHAPES[what])
    if nothing:
        check(_needed(nothing, SHAPES[what]))
    replacement = known.get("replaced_by")
    if isinstance(replacement, dict):
        known["replaced_by"], rest_of_it = _replacement(replacement)
        rest |= rest_of_it
    check(_cpr_reasons(known, "data"))
    if not clean:
        check(text_reasons(known, "data"))
    try:
        return msgspec.convert(known, type=FORMS[what]), rest
    except msgspec.ValidationError as error:
        raise Refused(_reason(str(error), "data")) from None


def _divided(given: dict[str, object], shape: Shape) -> tuple[dict[str, object], dict[str, object]]:
    """The fields that are known, and the others."""
    if given.keys() <= shape.names:
        return given, {}
    known = {name: value for name, value in given.items() if name in shape.names}
    return known, {name: value for name, value in given.items() if name not in shape.names}


def _needed(nothing: dict[str, Code], shape: Shape) -> Iterator[Reason]:
    """Refusals of nothing where there must be something."""
    for name, code in nothing.items():
        if name not in shape.optional:
            yield Reason(code, f"data.{name}")


def _replacement(given: dict[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """Right data for an earlier event, and the fields of them that no form knows."""
    known, rest = _divided(given, ANY)
    known, _ = without_nothing(known, ANY)
    where = "data.replaced_by"
    for name in ANY.dates & known.keys():
        try:
            msgspec.convert(known[name], type=date)
        except msgspec.ValidationError as error:
            raise Refused(_reason(str(error), f"{where}.{name}")) from None
    check(_cpr_reasons(known, where))
    return known, rest


def _cpr_reasons(data: dict[str, object], where: str) -> Iterator[Reason]:
    """Refusals of what is no CPR number; those that are get their plain ten digits."""
    for name in CPR_FIELDS:
        given = data.get(name, "")
        try:
            if name in data:  # a number would have lost its leading zero
                data[name] = normalised(given if isinstance(given, str) else "")
        except CprError:
            yield Reason(Code.NOT_CPR, f"{where}.{name}")
