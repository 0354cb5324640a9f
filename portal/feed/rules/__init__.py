"""What a record says, and whether it can be true. Pure: bytes in, words out; it never raises.

Codes that the portal has no words for are let through: the fold keeps them and shows them to the
owner of the texts. What is refused here could not be kept, or would be shown wrong.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from portal.cases.words import Unrecognised
from portal.feed.rules.checks import (
    check,
    date_reasons,
    envelope_reasons,
    is_clean,
    is_plain_name,
    text_reasons,
)
from portal.feed.rules.forms import DATA, ENVELOPE, FORMS, PULSE, data_of, decoded, form_of, text_of
from portal.feed.rules.persons import happening, people
from portal.feed.words import Code, Heartbeat, Reason, Refused, Rejected, Told

if TYPE_CHECKING:
    from datetime import datetime

    from portal.feed.rules.forms import Envelope
    from portal.feed.words import Heard

__all__ = [
    "HEARTBEAT",
    "LINE_BYTES",
    "PREFIX",
    "SUFFIX",
    "happening",
    "is_silent",
    "names_in",
    "parsed",
    "people",
    "type_of",
]

PREFIX, SUFFIX = "dk.indblik.case.", ".v1"
HEARTBEAT = "dk.indblik.source.heartbeat.v1"
LINE_BYTES = 256 * 1024
NAMES = {PREFIX + what + SUFFIX: what for what in FORMS}  # by type


def parsed(record: bytes, now: datetime) -> Told | Heartbeat | Rejected:
    """What one record says, read at `now`."""
    try:
        return _read(record, now)
    except Refused as refused:
        return Rejected(refused.reasons)
    except RecursionError:
        return Rejected((Reason(Code.TOO_DEEP),))


def _read(record: bytes, now: datetime) -> Told | Heartbeat:
    if len(record) > LINE_BYTES:
        raise Refused(Reason(Code.LINE_TOO_LONG))
    text = text_of(record.removeprefix(BOM_UTF8))
    envelope, clean = decoded(text, ENVELOPE), is_clean(text)
    check(envelope_reasons(envelope, now, clean=clean))
    if envelope.type == HEARTBEAT:
        pulse = data_of(envelope, PULSE)
        check(text_reasons(pulse.name, "data.name"))
        return Heartbeat(
            envelope.source, envelope.time, pulse.name, pulse.silent_after, pulse.sequence
        )
    if envelope.subject is None:
        raise Refused(Reason(Code.MISSING, "subject"))
    what = NAMES.get(envelope.type)
    if what is None:
        beside = bytes(envelope.data).decode()
        return _told(envelope, Unrecognised(type=envelope.type), beside)
    data, rest = form_of(what, data_of(envelope, DATA), clean=clean)
    check(date_reasons(what, data, envelope.time, now))
    return _told(envelope, data, msgspec.json.encode(rest).decode() if rest else None)


def _told(envelope: Envelope, data: Heard, beside: str | None) -> Told:
    return Told(
        source=envelope.source,
        id=envelope.id,
        subject=envelope.subject or "",
        at=envelope.time,
        sequence=int(envelope.sequence or 0),
        data=data,
        beside=beside,
    )


def type_of(what: str) -> str:
    """The `type` of events that tell this."""
    return HEARTBEAT if what == "heartbeat" else PREFIX + what + SUFFIX


def names_in(record: bytes) -> tuple[str | None, str | None, str | None, str | None]:
    """Source, id, subject and type of a record that may be broken; None where not for show."""
    try:
        given = msgspec.json.decode(record.removeprefix(BOM_UTF8))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None, None, None, None
    named = given if isinstance(given, dict) else {}
    source, event, subject, what = (
        name if is_plain_name(name := named.get(key)) else None
        for key in ("source", "id", "subject", "type")
    )
    return source, event, subject, what


def is_silent(heard_at: datetime | None, silent_after: int, now: datetime) -> bool:
    """Whether nothing was heard of a source for longer than `silent_after` minutes."""
    return heard_at is None or now - heard_at > timedelta(minutes=silent_after)
