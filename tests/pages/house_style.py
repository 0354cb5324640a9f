"""What every page is held to, whichever test asked for it."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from flask.testing import FlaskClient

from portal.headers import STATIC_POLICY
from portal.i18n import KNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.test import TestResponse

LANGS = {view.lang for view in KNOWN.values()}
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
CHART = re.compile(r"/medarbejder/(?:tal|rapporter)/[\w:/.-]+\.svg")  # drawn by the portal itself
POLICY = re.compile(
    r"default-src 'none'; script-src 'nonce-(?P<nonce>[\w-]{22})'; style-src 'nonce-(?P=nonce)'; "
    r"font-src 'self'; img-src 'self'; (?P<connect>connect-src 'self'; )?base-uri 'none'; "
    r"frame-ancestors 'none'; form-action 'self'(?P<out> https?://[\w.:]+)?"
)
# Python's own words for what went wrong are for nobody who reads a page.
MISHAPS = ("Traceback", "Undefined", "UUID(", "Passage(", "datetime.")


class _Seen(HTMLParser):
    """What stands in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.tags[tag] += 1
        self.elements.append((tag, attributes))
        if attributes.get("id"):
            self.ids[str(attributes["id"])] += 1

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def header_faults(response: TestResponse) -> Iterator[str]:
    """What is missing of the headers that every response bears."""
    for name, value in FIXED.items():
        if response.headers.getlist(name) != [value]:
            yield f"{name}: {response.headers.getlist(name)}"
    paged = response.headers.get("Content-Security-Policy") != STATIC_POLICY
    if paged and "geolocation=()" not in response.headers.get("Permissions-Policy", ""):
        yield "Permissions-Policy"
    if len(response.headers.getlist("Content-Security-Policy")) != 1:
        yield "Content-Security-Policy"


def page_faults(response: TestResponse) -> Iterator[str]:
    """What is wrong with a page, whatever it is about."""
    yield from header_faults(response)
    if response.headers.get("Cache-Control") != "no-store":
        yield "may be stored"
    policy = POLICY.fullmatch(response.headers.get("Content-Security-Policy", ""))
    nonce = policy["nonce"] if policy else None
    if nonce is None:
        yield f"policy: {response.headers.get('Content-Security-Policy')}"
    seen = _Seen()
    seen.feed(response.text)
    if policy:
        yield from _policy_faults(policy, seen)
    yield from _outline_faults(seen, response)
    for tag, attributes in seen.elements:
        yield from _element_faults(tag, attributes, nonce)


def _policy_faults(policy: re.Match[str], seen: _Seen) -> Iterator[str]:
    """A page may ask or lead out only where it has a script or a form that does."""
    if policy["connect"] and not seen.tags["script"]:  # the answer door's script asks nobody
        yield f"connect-src with {seen.tags['script']} scripts"
    actions = {
        str(attrs.get("action")).rstrip("/") for tag, attrs in seen.elements if tag == "form"
    }
    led = {action for action in actions if not action.startswith("/")}
    if led != {out.strip() for out in (policy["out"],) if out}:
        yield f"form-action{policy['out']} with forms to {led}"


def _outline_faults(seen: _Seen, response: TestResponse) -> Iterator[str]:
    lang = next((attrs.get("lang") for tag, attrs in seen.elements if tag == "html"), None)
    if lang not in LANGS or response.headers.get("Content-Language") != lang:
        yield f"lang {lang}"
    yield from (f"{count} {tag}" for tag in ("h1", "title", "main", "html")
                if (count := seen.tags[tag]) != 1)  # fmt: skip
    yield from (f"id {name} {count} times" for name, count in seen.ids.items() if count > 1)
    text = " ".join(seen.text)
    yield from (f"says {mishap}" for mishap in MISHAPS if mishap in text)
    if re.search(r"\bNone\b(?! of)", text):
        yield "says None"
    # A key that no catalog holds is shown as it is.
    yield from (f"says {key}" for key in re.findall(r"(?<!\S)[a-z_]+\.[a-z_.]*[a-z](?!\S)", text))


def _element_faults(tag: str, attrs: dict[str, str | None], nonce: str | None) -> Iterator[str]:
    yield from (f"{tag} {name}" for name in attrs if name == "style" or name.startswith("on"))
    if tag in {"style", "script"} and not attrs.get("src"):
        yield f"inline {tag}"
    dressed = tag == "script" or (tag == "link" and attrs.get("rel") == "stylesheet")
    if dressed and attrs.get("nonce") != nonce:
        yield f"{tag} without the nonce"
    if tag == "script" and not str(attrs.get("integrity")).startswith("sha384-"):
        yield "script that is not checked"
    address = attrs.get("href") or attrs.get("src") or ""
    if tag == "img" and CHART.fullmatch(address):
        return
    if tag in {"link", "script", "img"} and not address.startswith("/static/"):
        yield f"{tag} from {address}"


# What differs between two answers that are the same page.
DIFFERING = re.compile(r'\b[0-9a-f]{12}\b|(?<=name="csrf_token" value=")[^"]+')
READ = ("Content-Security-Policy", "Cache-Control", "Content-Language")
FAULTLESS: set[tuple[str, ...]] = set()  # pages that were looked at


def faults_of(response: TestResponse) -> list[str]:
    """As page_faults; but a page that was looked at before is not read again.

    Reading HTML takes longer than making it, and most pages that tests ask for are the same.
    """
    policy = POLICY.fullmatch(response.headers.get("Content-Security-Policy", ""))
    nonce = policy["nonce"] if policy else "no nonce"
    read = (*(response.headers.get(name, "") for name in READ), response.text)
    here = f'"{response.request.path}?'  # the page in another view
    bare = tuple(DIFFERING.sub("", text.replace(nonce, "").replace(here, "")) for text in read)
    if bare in FAULTLESS:
        return list(header_faults(response))
    faults = list(page_faults(response))
    if not faults:
        FAULTLESS.add(bare)
    return faults


class HeldClient(FlaskClient):
    """A client that holds every answer to the house style."""

    def open(self, *args: object, **kwargs: object) -> TestResponse:
        """Ask, and look at the answer."""
        response = super().open(*args, **kwargs)  # type: ignore[arg-type]  # as above
        page = response.mimetype == "text/html" and not 300 <= response.status_code < 400
        page = page and not response.content_encoding  # else the same page, packed
        head = response.request.method in {"HEAD", "OPTIONS"}  # without a page
        faults = faults_of(response) if page and not head else list(header_faults(response))
        assert faults == [], (response.request.path, response.status, faults)
        return response
