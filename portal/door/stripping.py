"""What the app may know of a request. All else is taken away before anything sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# A list of what stays, not of what goes: nobody knows which header comes next. Not among them:
# REMOTE_ADDR and its port, Forwarded and X-Forwarded-*, Cookie, Referer, Origin, User-Agent,
# Accept-Language, conditional headers (their tags would know a browser again), the raw address.
KEPT = frozenset(
    {
        "CONTENT_LENGTH",
        "CONTENT_TYPE",
        "HTTP_ACCEPT_ENCODING",
        "HTTP_HOST",
        "PATH_INFO",
        "QUERY_STRING",
        "REQUEST_METHOD",
        "SCRIPT_NAME",
        "SERVER_NAME",
        "SERVER_PORT",
        "SERVER_PROTOCOL",
        "indblik.wait",  # said by portal/door/counting.py, by nobody outside
        "wsgi.errors",
        "wsgi.file_wrapper",
        "wsgi.input",
        "wsgi.input_terminated",
        "wsgi.multiprocess",
        "wsgi.multithread",
        "wsgi.run_once",
        "wsgi.url_scheme",
        "wsgi.version",
    }
)


def stripped(inner: WSGIApplication) -> WSGIApplication:
    """The app, which sees of a request only what is kept."""

    def outer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        kept = {name: value for name, value in environ.items() if name in KEPT}
        return inner(kept, start_response)

    return outer
