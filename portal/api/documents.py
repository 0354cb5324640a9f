"""What a machine may say, for machines to read: JSON Schemas and an OpenAPI document."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import current_app

from portal.api import api
from portal.api.openapi import document
from portal.api.problems import Problem
from portal.feed.rules import type_of
from portal.feed.rules.schemas import DIALECT, event_schema, schema_names

Document = dict[str, Any]


@api.get("/api/v1/openapi.json")
def openapi() -> Document:
    """The doors for machines, as OpenAPI 3.1 describes them."""
    return document(_here())


@api.get("/api/v1/schemas/<what>.json")
def schema(what: str) -> Document:
    """One type of event as JSON Schema. Raises Problem."""
    if what not in schema_names():
        detail = "there is no type of event of this name"
        raise Problem(HTTPStatus.NOT_FOUND, "not-found", detail)
    address = f"{_here()}/api/v1/schemas/{what}.json"
    return {"$schema": DIALECT, "$id": address, **event_schema(what, type_of(what))}


def _here() -> str:
    address: str = current_app.extensions["public_url"]
    return address
