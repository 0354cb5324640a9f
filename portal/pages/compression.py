"""Pages that hold nothing of anybody's are sent compressed."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from flask import request, session

if TYPE_CHECKING:
    from flask import Flask, Response


def init_compression(app: Flask) -> None:
    """Compress what may be compressed, for those who take it so."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    # How long a compressed page is tells what stands in it twice: whoever can make the reader ask
    # for addresses of their choice can guess at it. So a page that knows its reader, or holds a
    # form's token, stays as it is; both need a session.
    if response.mimetype != "text/html" or session:
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] and request.method == "GET":
        response.set_data(gzip.compress(response.get_data(), mtime=0))
        response.content_encoding = "gzip"
    return response
