"""Mozilla's published rules for the headers of a response, by Mozilla's own scorer."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.servers.skips import missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from werkzeug.test import TestResponse

SCORER = Path(__file__).parents[1] / "node" / "observatory.mjs"
INSTALLED = SCORER.parent / "node_modules" / "@mdn" / "mdn-http-observatory"
# What the rules give beyond 100 to a response that does all it can: 10 for a policy that allows
# nothing by default, 5 for the referrer, 5 for frames, 10 for other origins; where the response
# brings them, 5 each for its cookies and its scripts. Only a place on the list of hosts that
# browsers preload would give 5 more: that is for the owner of the public name to ask for.
FULL = 130
BONUS = 5
BEST = {
    "content-security-policy": {"csp-implemented-with-no-unsafe-default-src-none"},
    "cookies": {"cookies-not-found", "cookies-secure-with-httponly-sessions-and-samesite"},
    "cross-origin-resource-sharing": {"cross-origin-resource-sharing-not-implemented"},
    "redirection": {"redirection-not-needed-no-http"},
    "referrer-policy": {"referrer-policy-private"},
    "strict-transport-security": {"hsts-implemented-max-age-at-least-six-months"},
    "subresource-integrity": {
        "sri-implemented-and-all-scripts-loaded-securely",
        "sri-not-implemented-but-no-scripts-loaded",
        "sri-not-implemented-response-not-html",
    },
    "x-content-type-options": {"x-content-type-options-nosniff"},
    "x-frame-options": {"x-frame-options-implemented-via-csp"},
    "cross-origin-resource-policy": {"corp-implemented-with-same-origin"},
}
EARNED = {"cookies-secure-with-httponly-sessions-and-samesite",
          "sri-implemented-and-all-scripts-loaded-securely"}  # fmt: skip

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answered:
    """A response as the scorer takes it, and what the same address says to a foreign origin."""

    name: str
    url: str
    status: int
    headers: Headers
    preflight: Headers
    body: str

    def without(self, header: str) -> Answered:
        """The same response, less one header."""
        kept = [(name, value) for name, value in self.headers if name.lower() != header.lower()]
        return Answered(header, self.url, self.status, kept, self.preflight, self.body)

    def but(self, header: str, value: str) -> Answered:
        """The same response with another value of a header."""
        less = self.without(header)
        return Answered(f"{header}: {value}", less.url, less.status,
                        [*less.headers, (header, value)], less.preflight, less.body)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the scorer says of a response."""

    name: str
    grade: str
    score: int
    tests: list[dict[str, Any]]

    def faults(self) -> Iterator[str]:
        """What keeps it from the full score."""
        found = {test["name"]: test["result"] for test in self.tests}
        yield from (f"{name}: {result}" for name, result in found.items()
                    if result not in BEST[name])  # fmt: skip
        yield from (f"failed {test['name']}" for test in self.tests if not test["pass"])
        full = FULL + BONUS * len(EARNED & set(found.values()))
        if (self.grade, self.score) != ("A+", full):
            yield f"{self.grade} {self.score} of {full}"


def answered(name: str, response: TestResponse, preflight: TestResponse) -> Answered:
    """A response of a test client. The scorer looks for scripts and policies in the page."""
    page = response.mimetype == "text/html" and response.content_encoding is None
    return Answered(
        name,
        f"https://indblik.example{response.request.path}",
        response.status_code,
        list(response.headers.items()),
        list(preflight.headers.items()),
        response.text if page else "",
    )


def scored(answers: Sequence[Answered]) -> list[Verdict]:
    """The scorer's verdict on each response."""
    node = shutil.which("node")
    if node is None or not INSTALLED.is_dir():
        missing("Mozilla's scorer of headers")
    given = json.dumps([{name: getattr(one, name) for name in Answered.__slots__}
                        for one in answers])  # fmt: skip
    done = subprocess.run(
        [node, SCORER], input=given, capture_output=True, text=True, check=True, timeout=120
    )
    return [Verdict(**told) for told in json.loads(done.stdout)]
