"""The OpenAPI document: made of the schemas of the feed, so that it cannot say otherwise."""

from __future__ import annotations

from typing import Any

from portal.api import openapi_figures
from portal.api.bodies import BATCH, MOST_BYTES, MOST_RECORDS, STRUCTURED
from portal.api.guard import FEEDBACK, OVERVIEW, WRITE
from portal.api.overview import ADDRESS, KIND
from portal.api.problems import MEDIA_TYPE, TYPE
from portal.feed.rules import type_of
from portal.feed.rules.schemas import REQUIRED, attributes, event_schema, schema_names
from portal.feed.words import OVERVIEW_NAMES, Code, Overview, Result

Document = dict[str, Any]

VERSION = "1.0.0"
SECURITY = "token"
# Day and month of a replacement number, too, which has 60 added to the day.
PERSON = "^(0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])(0[1-9]|1[0-2])[0-9]{2}-?[0-9]{4}$"
EVENT, PROBLEM = "Event", "Problem"
ANSWERS = {
    400: "The body is not JSON, not UTF-8, nested too deeply or packed wrong.",
    401: "No token, or one that is not good.",
    403: "The token lacks the scope.",
    413: f"Over {MOST_BYTES >> 20} MB packed or unpacked, {MOST_RECORDS} records, or 256 kB each.",
    415: "Another media type, packing or character set.",
    422: "The record was read, cannot be kept or true, and stands in quarantine.",
    429: "Too many requests of this client in a minute.",
    500: "A failure of the portal. Nothing was taken in.",
    503: "The portal, its database or the issuer's keys are away. Nothing was taken in.",
}
# Where they mean something else when a person's cases are asked for.
ANSWERS_TO_ASKING = {
    400: "The body is not JSON.",
    413: "The body is larger than any that asks for one person.",
    415: f"Another media type than {KIND}.",
    422: "The body does not name one person by a CPR number.",
    500: "A failure of the portal.",
    503: "The portal, its database or the issuer's keys are away.",
}


def document(here: str) -> Document:
    """The doors for machines of the portal at this address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Indblik: how cases arrive",
            "version": VERSION,
            "description": "Events of cases as CloudEvents 1.0. docs/feed.md tells the whole way.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": here}],
        "paths": {
            "/api/v1/events": {"post": _events()},
            ADDRESS: {"post": _overview()},
            **openapi_figures.paths(SECURITY, _ref(PROBLEM)),
        },
        "components": {
            "schemas": {**_events_by_name(), EVENT: _any_event(), PROBLEM: _problem()},
            "securitySchemes": {
                SECURITY: {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "RFC 9068, by client credentials. Scopes: "
                    f"{WRITE}, {OVERVIEW}, {FEEDBACK}.",
                }
            },
        },
    }


def _events() -> Document:
    return {
        "operationId": "events",
        "summary": "Tell what happened to cases: one event or a batch.",
        "security": [{SECURITY: [WRITE]}],
        "requestBody": {
            "required": True,
            "content": {
                STRUCTURED: {"schema": _ref(EVENT)},
                # Each record of a batch is judged by itself, whatever it is.
                BATCH: {"schema": {"type": "array", "items": {}, "maxItems": MOST_RECORDS}},
            },
        },
        "responses": {
            "200": {
                "description": "Taken in, and durable. A batch: what became of each record.",
                "content": {"application/json": {"schema": {"anyOf": [_told(), _told_of_all()]}}},
                "links": {
                    "again": {
                        "operationId": "events",
                        "requestBody": "$request.body",
                        "description": "Told again, it is known and changes nothing.",
                    }
                },
            },
            **{str(status): _problem_answer(text) for status, text in ANSWERS.items()},
        },
    }


def _overview() -> Document:
    person = {"type": "string", "pattern": PERSON, "examples": ["6102890102"]}
    asked = {**_object({"cprNummer": person}), "additionalProperties": False}
    return {
        "operationId": "overview",
        "summary": "A person's own cases, as Mit Overblik lists them.",
        "description": "POST, so that no address holds a number. Nobody has no cases.",
        "security": [{SECURITY: [OVERVIEW]}],
        "requestBody": {"required": True, "content": {KIND: {"schema": asked}}},
        "responses": {
            "200": {
                "description": "The cases, the one that changed last before the others.",
                "content": {KIND: {"schema": _list_of_cases()}},
            },
            **{
                str(status): _problem_answer(ANSWERS_TO_ASKING.get(status, text))
                for status, text in ANSWERS.items()
            },
        },
    }


def _list_of_cases() -> Document:
    text, nothing = {"type": "string"}, {"type": "null"}
    case = {
        "sagsnummer": {"anyOf": [text, nothing]},
        "titel": text,
        "status": {"enum": [int(status) for status in Overview]},
        "statusTekst": {"enum": [OVERVIEW_NAMES[status] for status in Overview]},
        "oprettet": {"anyOf": [{**text, "format": "date"}, nothing]},
        "senestOpdateret": {"anyOf": [{**text, "format": "date-time"}, nothing]},
        "link": {**text, "format": "uri"},
    }
    return _object({"sager": {"type": "array", "items": _object(case)}})


def _ref(name: str) -> Document:
    return {"$ref": f"#/components/schemas/{name}"}


def _problem_answer(text: str) -> Document:
    return {"description": text, "content": {MEDIA_TYPE: {"schema": _ref(PROBLEM)}}}


def _events_by_name() -> Document:
    made: Document = {}
    for what in schema_names():
        schema = event_schema(what, type_of(what))
        for name, definition in schema.pop("$defs", {}).items():
            made[name] = definition
        made[what] = schema
    text = {"#/$defs/": "#/components/schemas/"}
    return {name: _moved(schema, text) for name, schema in made.items()}


def _moved(schema: Any, places: dict[str, str]) -> Any:  # noqa: ANN401 - any JSON
    """The same schema, with what it refers to in another place."""
    if isinstance(schema, dict):
        return {name: _moved(value, places) for name, value in schema.items()}
    if isinstance(schema, list):
        return [_moved(value, places) for value in schema]
    if isinstance(schema, str):
        for old, new in places.items():
            schema = schema.replace(old, new)
    return schema


def _any_event() -> Document:
    known = [type_of(what) for what in schema_names()]
    name = {"type": "string", "minLength": 1, "maxLength": 255, "not": {"enum": known}}
    other = {
        "title": "An event of a type that is not known: kept, and moves nothing",
        "type": "object",
        "properties": {**attributes(), "type": name},
        "required": [*REQUIRED, "subject"],
    }
    return {"anyOf": [*map(_ref, schema_names()), other]}


def _told() -> Document:
    good = [str(result) for result in (Result.ACCEPTED, Result.KNOWN)]
    return _object({"result": {"enum": good}})


def _told_of_all() -> Document:
    name = {"type": ["string", "null"]}
    record = {
        "index": {"type": "integer"},
        "source": name,
        "id": name,
        "result": {"enum": [str(result) for result in Result]},
        "reasons": _reasons(),
    }
    counts: Document = {str(result): {"type": "integer"} for result in Result}
    return _object({**counts, "records": {"type": "array", "items": _object(record)}})


def _reasons() -> Document:
    reason = {
        "code": {"enum": [str(code) for code in Code]},
        "field": {"type": ["string", "null"]},
        "text": {"type": "string"},
    }
    return {"type": "array", "items": _object(reason)}


def _problem() -> Document:
    fields = {
        "type": {"type": "string", "pattern": f"^{TYPE}"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    }
    return {**_object(fields), "properties": {**fields, "reasons": _reasons()}}


def _object(fields: Document) -> Document:
    return {"type": "object", "properties": fields, "required": list(fields)}
