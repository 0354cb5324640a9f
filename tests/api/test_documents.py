"""The published schemas and the OpenAPI document say what the portal does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from portal.app import create_app
from portal.feed.rules import HEARTBEAT, parsed
from portal.feed.rules.forms import FORMS
from portal.feed.rules.schemas import _anything
from portal.feed.words import Rejected
from tests.api.conftest import problem
from tests.rooms.feed.examples import NOW, examples, line, told

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from portal.settings import Settings

Schema = dict[str, Any]


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    return create_app(settings).test_client()


@pytest.fixture
def schemas(client: FlaskClient) -> dict[str, Schema]:
    return {
        what: client.get(f"/api/v1/schemas/{what}.json").get_json()
        for what in (*FORMS, "heartbeat")
    }


def test_the_document_is_valid(client: FlaskClient) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert list(OpenAPIV31SpecValidator(answer.get_json()).iter_errors()) == []


def test_every_schema_is_valid_and_has_its_address(schemas: dict[str, Schema]) -> None:
    for what, schema in schemas.items():
        Draft202012Validator.check_schema(schema)
        assert schema["$id"] == f"http://localhost/api/v1/schemas/{what}.json"


def test_a_type_that_nobody_knows_has_none(client: FlaskClient) -> None:
    problem(client.get("/api/v1/schemas/nothing.json"), 404, "not-found")


def test_the_documented_examples_fit(schemas: dict[str, Schema]) -> None:
    for what, record in examples().items():
        assert list(Draft202012Validator(schemas[what]).iter_errors(record)) == []
    pulse = {"name": "Sagssystem", "silent_after": 60, "sequence": 7}
    beat = {**examples()["resumed"], "type": HEARTBEAT, "data": pulse}
    assert list(Draft202012Validator(schemas["heartbeat"]).iter_errors(beat)) == []


def test_what_a_schema_refuses_the_portal_refuses(schemas: dict[str, Schema]) -> None:
    """Each field nulled, left out, and of another type: the schema is never the stricter one."""
    tried = 0
    for what, record in examples().items():
        validator = Draft202012Validator(schemas[what])
        for broken in _broken(record):
            refused = isinstance(parsed(line(broken), NOW), Rejected)
            assert refused == (not validator.is_valid(broken)), broken
            tried += 1
    assert tried > 400


def _broken(record: Schema) -> list[Schema]:
    made: list[Schema] = []
    none: tuple[object, ...] = (None, 7, [])
    for name in ("specversion", "id", "source", "type", "time", "subject"):
        made += [{key: value for key, value in record.items() if key != name}]
        if name != "subject":
            made += [record | {name: value} for value in none]
    data: Schema = record.get("data", {})
    wrong: tuple[object, ...] = (None, 7.5, {"x": 1})
    for name in data:
        made.append(record | {"data": {key: value for key, value in data.items() if key != name}})
        made += [record | {"data": data | {name: value}} for value in wrong]
    return made


def test_codes_that_have_words_are_shown_and_others_allowed(schemas: dict[str, Schema]) -> None:
    stage = schemas["stage-entered"]["properties"]["data"]["properties"]["stage"]
    assert "hearing" in stage["examples"]
    assert "enum" not in stage
    assert not isinstance(parsed(told("stage-entered", {"stage": "new"}), NOW), Rejected)


def test_a_form_that_no_schema_can_show_is_refused() -> None:
    with pytest.raises(NotImplementedError):
        _anything(complex)
