"""Can it be kept, and can it be true. Each check yields the reasons against."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, TypeGuard

from portal.clock import day_of
from portal.feed.words import Code, Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from portal.feed.rules.forms import Envelope, Shape
    from portal.feed.words import Heard

NAME_LENGTH = 255  # what a database index takes, whatever the alphabet
TEXT_LENGTH = 2000
DEPTH = 8
AHEAD = timedelta(days=1)  # how far a source's clock, or its day, may be before ours
FIRST_YEAR, NEVER_YEAR = 1900, 2900  # dates outside (1753-01-01, 9999-12-31) stand for no date
MAX_SEQUENCE = 2**63 - 1

SEQUENCE = re.compile(r"[0-9]{1,19}")
PLAIN = re.compile(r"[a-z_]{1,40}")
DATE = re.compile(r"([0-9]{4})-[0-9]{2}-[0-9]{2}")
# Beside the old ones: lines and paragraphs of Unicode, and what turns the direction of writing
# around, by which a name could show other words than it holds.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
# With its dash a CPR number is one anywhere; ten digits may be a case number.
DAY_AND_MONTH = r"(?<!\d)(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])(?:0[1-9]|1[0-2])\d{2}"
DASH = r"\s?[-\u2010-\u2015\u2212\s]\s?"  # as people and word processors write it
CPR_WRITTEN = re.compile(rf"{DAY_AND_MONTH}{DASH}\d{{4}}(?!\d)")
# In a broken record any text may be misplaced, so ten digits that begin with a date are enough.
CPR_LIKE = re.compile(rf"{DAY_AND_MONTH}(?:{DASH})?\d{{4}}(?!\d)")
# Whatever CPR_LIKE finds, and more: found ten times as quickly.
NEAR_CPR = re.compile(r"[0-9]{4}\d{2}\D{0,3}\d{4}")
NEAR_CPR_IN_ASCII = re.compile(r"[0-9]{6}[^0-9]{0,3}[0-9]{4}")  # quicker still
IN_ITS_PLACE = re.compile(r'"(?:acts_for_)?cpr"\s*:\s*"[0-9]{6}-?[0-9]{4}"')
# They are in texts that people write, too: only names of things may be ten digits.
WRITTEN_BY_PEOPLE = re.compile(r"(?:^|\.)(?:office|authority|title|passed_to|relation)$")

# Dates that tell of the past, that lie ahead of the event, and pairs in their order.
PAST = {
    "filed": ("complained_of", "on"),
    "received": ("complained_of", "on"),
    "decided": ("on",),
    "authority-decided-again": ("on",),
}
COMING = {
    "date-announced": "on",
    "meeting-scheduled": "on",
    "request-made": "due",
    "request-moved": "due",
}
IN_ORDER = {
    "filed": ("complained_of", "on"),
    "received": ("complained_of", "on"),
    "decided": ("on", "authority_due"),
    "party-added": ("since", "until"),
}
DATED = PAST.keys() | COMING.keys() | IN_ORDER.keys()


def check(reasons: Iterable[Reason]) -> None:
    found = tuple(reasons)
    if found:
        raise Refused(*found)


def without_nothing(
    values: dict[str, object], shape: Shape
) -> tuple[dict[str, object], dict[str, Code]]:
    """The values that say something, and why each of the others says nothing."""
    nothing = {
        name: code
        for name, value in values.items()
        if (code := _nothing(value, name, shape)) is not None
    }
    if not nothing:
        return values, nothing
    return {name: value for name, value in values.items() if name not in nothing}, nothing


def _nothing(value: object, name: str, shape: Shape) -> Code | None:
    if value is None:
        return Code.NULL
    if not isinstance(value, str) or not (name in shape.texts or name in shape.dates):
        return None
    if not value or value.isspace():
        return Code.EMPTY
    year = DATE.fullmatch(value) if name in shape.dates else None
    return Code.NO_DATE if year and not FIRST_YEAR <= int(year[1]) < NEVER_YEAR else None


def is_clean(text: str) -> bool:
    """Whether no text in this record can be refused for what it holds.

    One look at the whole settles that for most records; of the others each text is looked at.
    """
    flat = text.count("{") <= 2 and "[" not in text  # noqa: PLR2004 - the record and its data
    plain = flat and len(text) <= TEXT_LENGTH and "\\" not in text
    ascii_only = text.isascii()
    odd = "\x7f" in text if ascii_only else CONTROL.search(text)
    near = NEAR_CPR_IN_ASCII if ascii_only else NEAR_CPR
    return plain and not odd and not (near.search(text) and near.search(IN_ITS_PLACE.sub("", text)))


def envelope_reasons(envelope: Envelope, now: datetime, *, clean: bool) -> Iterator[Reason]:
    if envelope.specversion != "1.0":
        yield Reason(Code.SPECVERSION, "specversion")
    if envelope.datacontenttype and not _is_json(envelope.datacontenttype):
        yield Reason(Code.CONTENT_TYPE, "datacontenttype")
    yield from _name_reasons(envelope, clean=clean)
    if envelope.time.year < FIRST_YEAR:
        yield Reason(Code.NO_DATE, "time")
    elif envelope.time > now + AHEAD:
        yield Reason(Code.NO_DATE if envelope.time.year >= NEVER_YEAR else Code.FUTURE, "time")
    if envelope.sequence is not None:
        yield from _sequence_reasons(envelope.sequence)


def _name_reasons(envelope: Envelope, *, clean: bool) -> Iterator[Reason]:
    for where in ("id", "source", "type", "subject"):
        name = getattr(envelope, where)
        if name is None:
            continue
        if not name or name.isspace():
            yield Reason(Code.EMPTY, where)
        if len(name) > NAME_LENGTH:
            yield Reason(Code.TEXT_TOO_LONG, where)
        if not clean:
            yield from text_reasons(name, where)


def _is_json(content_type: str) -> bool:
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type == "application/json" or media_type.endswith("+json")


def is_plain_name(name: object) -> TypeGuard[str]:
    """Whether this can be shown to people who must see no CPR number."""
    return (
        isinstance(name, str)
        and 0 < len(name) <= NAME_LENGTH
        and not CONTROL.search(name)
        and not CPR_LIKE.search(name)
    )


def _sequence_reasons(sequence: int | str) -> Iterator[Reason]:
    if isinstance(sequence, str) and not SEQUENCE.fullmatch(sequence):
        yield Reason(Code.WRONG_TYPE, "sequence")
    elif not 0 <= int(sequence) <= MAX_SEQUENCE:
        yield Reason(Code.OUT_OF_RANGE, "sequence")


def text_reasons(value: object, where: str, depth: int = 0) -> Iterator[Reason]:
    """Refusals of texts that cannot be stored, or hold what may not be stored in clear."""
    if depth > DEPTH:
        yield Reason(Code.TOO_DEEP, where.partition(".")[0])
    elif isinstance(value, str):
        if len(value) > TEXT_LENGTH:
            yield Reason(Code.TEXT_TOO_LONG, where)
        if CONTROL.search(value):
            yield Reason(Code.CONTROL_CHARACTER, where)
        pattern = CPR_LIKE if WRITTEN_BY_PEOPLE.search(where) else CPR_WRITTEN
        if pattern.search(value):
            yield Reason(Code.CPR_IN_CLEAR, where)
    elif isinstance(value, dict):
        for name, inner in value.items():
            # A field's name may be any text, and is repeated only where it is plain.
            place = f"{where}.{name}" if PLAIN.fullmatch(name) else f"{where}.*"
            yield from text_reasons(name, place, depth + 1)
            yield from text_reasons(inner, place, depth + 1)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from text_reasons(inner, f"{where}[{number}]", depth + 1)


def date_reasons(what: str, data: Heard, at: datetime, now: datetime) -> Iterator[Reason]:
    if what not in DATED:
        return
    day = day_of(at)
    for name in PAST.get(what, ()):
        told = getattr(data, name)
        if told is not None and told > day_of(now + AHEAD):
            yield Reason(Code.FUTURE, f"data.{name}")
    coming = COMING.get(what)
    if coming and (getattr(data, coming) or day) < day:
        yield Reason(Code.BEFORE_EVENT, f"data.{coming}")
    earlier, later = IN_ORDER.get(what, ("", ""))
    if earlier:
        first = getattr(data, earlier) or (day if earlier == "on" else None)
        last = getattr(data, later) or (day if later == "on" else None)
        if first and last and last < first:
            yield Reason(Code.CONTRADICTION, f"data.{later}")
