"""The part of the OpenAPI document that tells of figures: made of the columns of the files."""

from __future__ import annotations

from typing import Any

from portal.api.figures import ADDRESS, THEMES
from portal.api.guard import FEEDBACK
from portal.api.problems import MEDIA_TYPE
from portal.reports.rules.exporting import COLUMNS, NULLABLE, TOO_FEW

Document = dict[str, Any]

QUARTER = {"type": "string", "pattern": "^20[0-9]{2}-[1-4]$", "examples": ["2026-3"]}
PROBLEMS = {
    401: "No token, or one that is not good.",
    403: "The token lacks the scope.",
    429: "Too many requests of this client in a minute.",
    500: "A failure of the portal.",
    503: "The portal, its database or the issuer's keys are away.",
}
ABSENT = {404: "No quarter of this name is closed."}


def paths(security: str, problem: Document) -> Document:
    """The addresses of figures; `problem` is the schema of what goes wrong."""

    def told(name: str, summary: str, schema: Document, *, one: bool = True) -> Document:
        problems = PROBLEMS | (ABSENT if one else {})
        content = {MEDIA_TYPE: {"schema": problem}}
        place = {"name": "quarter", "in": "path", "required": True, "schema": QUARTER}
        tag = {"name": "If-None-Match", "in": "header", "schema": {"type": "string"}}
        return {
            "get": {
                "operationId": name,
                "summary": summary,
                "description": "What is hidden is null, with a reason. A closed quarter never "
                "changes: its entity tag is good for ever.",
                "security": [{security: [FEEDBACK]}],
                "parameters": [tag, *([place] if one else [])],
                "responses": {
                    "200": _good(schema),
                    "304": {"description": "As it was."},
                    **{str(status): {"description": text, "content": content}
                       for status, text in sorted(problems.items())},
                },
            }
        }  # fmt: skip

    return {
        ADDRESS: told("figures", "The closed quarters, the newest first.", _quarters(), one=False),
        f"{ADDRESS}/{{quarter}}": told(
            "figuresOfQuarter", "The fixed tables of a closed quarter.", _rows()
        ),
        f"{THEMES}/{{quarter}}": told(
            "themesOfQuarter", "The theme figures of a closed quarter.", _themes()
        ),
    }


def _good(schema: Document) -> Document:
    return {
        "description": "As the pages and the files show it.",
        "headers": {"ETag": {"schema": {"type": "string"}}},
        "content": {"application/json": {"schema": schema}},
    }


def _object(fields: Document) -> Document:
    return {"type": "object", "properties": fields, "required": list(fields)}


def _list(fields: Document) -> Document:
    return {"type": "array", "items": _object(fields)}


def _quarters() -> Document:
    address = {"type": "string", "format": "uri"}
    return _object({"quarters": _list({"quarter": QUARTER, "figures": address, "themes": address})})


def _rows() -> Document:
    columns: Document = {
        name: {"type": [kind, "null"] if name in NULLABLE else kind}
        for name, kind in COLUMNS.items()
    }
    columns["reason"] = {"enum": [TOO_FEW, None]}
    return _object({"quarter": QUARTER, "rows": _list(columns)})


def _themes() -> Document:
    text, count = {"type": "string"}, {"type": ["integer", "null"]}
    figure = {"unit": text, "theme": text, "polarity": text, "n": count, "texts": count,
              "reason": {"enum": [TOO_FEW, None]}}  # fmt: skip
    theme = {"theme": text, "title": text, "state": text}
    return _object({"quarter": QUARTER, "themes": _list(theme), "figures": _list(figure)})
