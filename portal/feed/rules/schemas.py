"""The feed as JSON Schema, made of the very forms that records are held to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from portal.cases import words as codes
from portal.feed.rules.checks import MAX_SEQUENCE, NAME_LENGTH, TEXT_LENGTH
from portal.feed.rules.forms import CPR_FIELDS, FORMS, Pulse

if TYPE_CHECKING:
    from enum import StrEnum

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
HEARTBEAT = "heartbeat"
CPR = "^[0-9]{6}-?[0-9]{4}$"
DEFINITION = "#/$defs/{name}"

# Which codes have words. Others are let through: these are examples, not all there may be.
KNOWN: dict[tuple[str, str], tuple[type[StrEnum], ...]] = {
    ("filed", "area"): (codes.Area,),
    ("received", "area"): (codes.Area,),
    ("stage-entered", "stage"): (codes.Stage, codes.Progress),
    ("request-made", "addressee"): (codes.Addressee,),
    ("request-made", "kind"): (codes.RequestKind,),
    ("suspended", "reason"): (codes.SuspensionReason,),
    ("date-announced", "reason"): (codes.MoveReason,),
    ("decided", "outcome"): (codes.Outcome,),
    ("decided", "favours"): (codes.Favour,),
    ("closed", "reason"): (codes.Ending,),
    ("authority-decided-again", "result"): (codes.AgainResult,),
    ("linked", "kind"): (codes.LinkKind,),
    ("party-added", "role"): (codes.Role,),
    ("party-ended", "role"): (codes.Role,),
}


def schema_names() -> list[str]:
    """What there is a schema for: each type of event, and the heartbeat."""
    return [*FORMS, HEARTBEAT]


def data_schema(what: str) -> Schema:
    """The data of one type of event."""
    form = Pulse if what == HEARTBEAT else FORMS[what]
    (_,), parts = msgspec.json.schema_components(
        [form], schema_hook=_anything, ref_template=DEFINITION
    )
    made: Schema = parts.pop(form.__name__)
    for part in (made, *parts.values()):
        for name, field in part["properties"].items():
            needed = name in part.get("required", ())
            _bound(what, name, field, least=int(needed and part is made))
            if not needed:
                part["properties"][name] = _or_nothing(field)
    made.pop("title")
    return made | ({"$defs": parts} if parts else {})


def _anything(kind: object) -> Schema:
    """What a correction holds can be any JSON: it does not say which type it corrects."""
    if kind is object:
        return {"description": "a value as the event that is corrected has it"}
    raise NotImplementedError


def _or_nothing(field: Schema) -> Schema:
    """An optional field may say nothing in so many words: null, or empty text."""
    shown = {"examples": field.pop("examples")} if "examples" in field else {}
    kinds = field.pop("anyOf", None) or [dict(field)]
    nothing: list[Schema] = [{"type": "null"}]
    if any({"pattern", "format"} & kind.keys() for kind in kinds):
        nothing.append({"const": ""})
    return {"anyOf": [*kinds, *(kind for kind in nothing if kind not in kinds)], **shown}


def _bound(what: str, name: str, field: Schema, *, least: int) -> None:
    """Say of a field what the checks ask beyond its type; texts have at least so many letters."""
    field.pop("default", None)
    for kind in field.get("anyOf", [field]):
        if kind.get("type") != "string" or "format" in kind:
            continue
        bound = {"pattern": CPR} if name in CPR_FIELDS else {"minLength": least}
        kind.update(bound, maxLength=TEXT_LENGTH)
    known = KNOWN.get((what, name), ())
    if known:
        field["examples"] = [str(code) for kind in known for code in kind]


def event_schema(what: str, type_: str) -> Schema:
    """A whole event of this type."""
    data = data_schema(what)
    definitions = data.pop("$defs", None)
    case = [] if what == HEARTBEAT else ["subject"]
    needed = ["data"] if data.get("required") else []
    optional_data = data if needed else {"anyOf": [data, {"type": "null"}]}
    own = {"type": {"const": type_}, "data": optional_data}
    if not case:
        own["subject"] = {"anyOf": [attributes()["subject"], {"type": "null"}]}
    made = {
        "title": type_,
        "type": "object",
        "properties": attributes() | own,
        "required": [*REQUIRED, *case, *needed],
    }
    return made | ({"$defs": definitions} if definitions else {})


REQUIRED = ("specversion", "id", "source", "type", "time")


def attributes() -> Schema:
    """The attributes of every event."""
    name = {"type": "string", "minLength": 1, "maxLength": NAME_LENGTH}
    number = {"type": "integer", "minimum": 0, "maximum": MAX_SEQUENCE}
    digits = {"type": "string", "pattern": "^[0-9]{1,19}$"}
    return {
        "specversion": {"const": "1.0"},
        "id": name,
        "source": name,
        "type": name,
        "subject": name,
        "time": {"type": "string", "format": "date-time"},
        "sequence": {"anyOf": [number, digits, {"type": "null"}]},
        "datacontenttype": {"type": ["string", "null"]},
    }
