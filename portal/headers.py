"""The headers that every answer of either app bears, static files and errors among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FIXED_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), payment=(), usb=()"
    ),
}
STRICT_TRANSPORT = "max-age=63072000; includeSubDomains"
STATIC_POLICY = "default-src 'none'; frame-ancestors 'none'"


def fixed_headers(*, secure: bool) -> dict[str, str]:
    """The headers that do not depend on the page."""
    strict = {"Strict-Transport-Security": STRICT_TRANSPORT} if secure else {}
    return {**FIXED_HEADERS, **strict}


def dressed(inner: WSGIApplication, *, secure: bool) -> WSGIApplication:
    """The app whose every answer bears the fixed headers, "not modified" among them.

    Pages bring a policy of their own; what brings none, a static file, may do nothing. Which
    features it may use is asked of pages alone, so that is not said of a file.
    """
    paged = fixed_headers(secure=secure)
    filed = {name: told for name, told in paged.items() if name != "Permissions-Policy"}
    filed["Content-Security-Policy"] = STATIC_POLICY

    def outer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(
            status: str, headers: list[tuple[str, str]], error: OptExcInfo | None = None
        ) -> Callable[[bytes], object]:
            brought = {name.lower() for name, _ in headers}
            fixed = paged if "content-security-policy" in brought else filed
            own = [pair for pair in fixed.items() if pair[0].lower() not in brought]
            return start_response(status, headers + own, error)

        return inner(environ, start)

    return outer
