"""What was looked at, what was seen, and what follows for a criterion."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tests.access.words import Finding

WIDTHS = (320, 1280)


class Verdict(StrEnum):
    """The outcomes of EARL, worst first."""

    FAILED = "failed"
    UNTOLD = "cantTell"  # something was found that nobody has looked at yet
    UNTESTED = "untested"
    PASSED = "passed"
    INAPPLICABLE = "inapplicable"


WORST_FIRST = tuple(Verdict)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A page in a state, in a view: what a criterion holds or fails on."""

    key: str
    view: str


@dataclass(frozen=True, slots=True, order=True)
class Look:
    """A place, seen in a window of this width."""

    key: str
    view: str
    width: int
    address: str
    page: str
    state: str
    title: str
    audience: str

    @property
    def place(self) -> Place:
        return Place(self.key, self.view)

    @property
    def name(self) -> str:
        """For files: letters, figures and dashes."""
        plain = "".join(sign if sign.isalnum() else "-" for sign in self.key)
        return f"{plain}-{self.view}-{self.width}"


@dataclass(frozen=True, slots=True)
class Shape:
    """What pages are compared by: their title, their ways on, and what they hold."""

    title: str = ""
    lang: str = ""
    ways: tuple[tuple[str, str], ...] = ()  # of the header: where a link leads, and its name
    help: tuple[str, ...] = ()  # of the footer: where its links lead, in order
    media: int = 0  # sound, film, things that move


@dataclass(frozen=True, slots=True)
class Task:
    """A look to take, and whether the page is also changed in every way that readers change it."""

    look: Look
    whole: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look found."""

    look: Look
    digest: str
    status: int
    seconds: float
    findings: tuple[Finding, ...]
    shape: Shape = field(default_factory=Shape)
    whole: bool = False  # also resized, spaced, walked through, printed
    broken: str = ""  # the look itself failed: what was said


class Kind(StrEnum):
    """Why a finding does not count."""

    LOOKED_AT = "looked-at"  # a program could not tell; a person could
    MISTAKEN = "mistaken"  # a program of another house is wrong here


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One line of the reviewed list: which findings, why they are none, and when that was seen.

    `selector`, `evidence` and `pages` are patterns that must match somewhere.
    """

    kind: Kind
    tool: str
    rule: str
    reason: str
    on: date
    selector: str = ""
    evidence: str = ""
    pages: str = ""


class How(StrEnum):
    """Who judges a criterion."""

    MACHINE = "machine"  # programs and probes, on every page
    ACROSS = "across"  # by comparing the pages with each other
    JOURNEYS = "journeys"  # by going whole ways
    ABSENT = "absent"  # what it is about is nowhere; a program sees to that
    HAND = "hand"  # a person, in words written down beside it


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A success criterion of WCAG 2.2, level A or AA."""

    number: str
    name: str
    slug: str
    level: str
    how: tuple[How, ...]
    note: str  # what is looked at, and where a person has judged: what was seen

    @property
    def address(self) -> str:
        return f"https://www.w3.org/TR/WCAG22/#{self.slug}"
