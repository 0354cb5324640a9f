"""The records in a request: the CloudEvents HTTP binding, packed or not, within bounds."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import unquote

import msgspec
from flask import request
from werkzeug.http import parse_options_header

from portal.api.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
PREFIX = "ce-"
MOST_BYTES = 8 * 1024 * 1024  # as sent, and again when unpacked
MOST_RECORDS = 1000  # in one batch, which is one transaction
GZIP = 31  # zlib's number for a gzip wrapper around the largest window


@dataclass(frozen=True, slots=True)
class Posted:
    """The records of one request, each as the JSON text of a CloudEvent."""

    records: list[bytes]
    batch: bool


def posted() -> Posted:
    """What the current request holds. Raises Problem; RequestEntityTooLarge."""
    request.max_content_length = MOST_BYTES
    media_type, options = parse_options_header(request.headers.get("Content-Type"))
    if options.get("charset", "utf-8").lower() not in {"utf-8", "utf8", "us-ascii"}:
        _refuse("only UTF-8 is understood")
    if media_type not in {STRUCTURED, BATCH} and not _is_binary(media_type):
        _refuse(f"send {STRUCTURED}, {BATCH}, or JSON with the attributes as headers")
    body = _unpacked(request.get_data(cache=False))
    if media_type == STRUCTURED:
        return Posted([body], batch=False)
    if media_type == BATCH:
        return Posted(_split(body), batch=True)
    return Posted([_put_together(body)], batch=False)


def _is_binary(media_type: str) -> bool:
    json = media_type in {"", "application/json"} or media_type.endswith("+json")
    return json and f"{PREFIX}specversion" in request.headers


def _refuse(detail: str) -> NoReturn:
    raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", detail)


def _unpacked(body: bytes) -> bytes:
    """The body without its packing, of which never more than the bound is unpacked."""
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding == "identity":
        return body
    if encoding != "gzip":
        _refuse("of packings only gzip is understood")
    unpacking = zlib.decompressobj(GZIP)
    try:
        plain = unpacking.decompress(body, MOST_BYTES + 1)
    except zlib.error:
        plain = b""
    if len(plain) > MOST_BYTES:
        detail = "the body is too large when it is unpacked"
        raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", detail)
    if not unpacking.eof or unpacking.unused_data:
        raise Problem(HTTPStatus.BAD_REQUEST, "not-gzip", "the body is not one whole gzip stream")
    return plain


def _split(body: bytes) -> list[bytes]:
    try:
        records = [bytes(record) for record in msgspec.json.decode(body, type=list[msgspec.Raw])]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Problem(HTTPStatus.BAD_REQUEST, "not-json", "the batch is not a JSON array") from None
    if len(records) > MOST_RECORDS:
        detail = f"a batch holds at most {MOST_RECORDS} records"
        raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-many-records", detail)
    return records


def _put_together(body: bytes) -> bytes:
    """One record from attributes in headers and data in the body."""
    attributes: Mapping[str, object] = {
        name[len(PREFIX) :].lower(): unquote(value)
        for name, value in request.headers.items()
        if name.lower().startswith(PREFIX)
    }
    try:
        data = msgspec.json.decode(body) if body.strip() else None
        return msgspec.json.encode({**attributes, "data": data})
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise Problem(HTTPStatus.BAD_REQUEST, "not-json", "the data are not JSON") from None
