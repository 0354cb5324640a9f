"""A page as parts in words. A web page and a PDF are both made of these, and of nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from portal.questionnaire.words import Wording
from portal.reports.words.charts import Chart


@dataclass(frozen=True, slots=True)
class Voice:
    """How a view says things: its catalog, the questions, and its way of writing numbers."""

    view: str
    lang: str
    locale: str
    say: Callable[[str], str]  # the sentence of a key
    asked: Wording


@dataclass(frozen=True, slots=True)
class Prose:
    """A sentence or more."""

    text: str
    kind: ClassVar[str] = "prose"


@dataclass(frozen=True, slots=True)
class Facts:
    """A few large numbers with their names."""

    pairs: tuple[tuple[str, str], ...]
    kind: ClassVar[str] = "facts"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]
    kind: ClassVar[str] = "bullets"


@dataclass(frozen=True, slots=True)
class Written:
    """Words that are in a language of their own, whatever that of the page is."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Several values in one cell, each with its name."""

    pairs: tuple[tuple[str, str | Written], ...]


Cell = str | Written | Pairs


@dataclass(frozen=True, slots=True)
class Table:
    """Each row's first cell is its heading."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    kind: ClassVar[str] = "table"


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with what stands for it where it is not seen."""

    chart: Chart
    alt: str
    kind: ClassVar[str] = "picture"


@dataclass(frozen=True, slots=True)
class Saying:
    """Exact words of a citizen, in their own language."""

    text: str
    lang: str
    by: str  # what it is an example of
    kind: ClassVar[str] = "saying"


Part = Prose | Facts | Bullets | Table | Picture | Saying


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    code: str  # an id within the page
    title: str
    parts: tuple[Part, ...]
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole report in words."""

    lang: str
    title: str
    lead: str
    sections: tuple[Section, ...]
    made: str  # who made it, for the foot of each page
