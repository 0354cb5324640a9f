"""What people write is set as it is, whatever it looks like to a typesetter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from portal.reports.rules.drawing import drawn
from portal.reports.rules.printing import printed
from portal.reports.words.charts import Chart, Line, Mark, Shape
from portal.reports.words.pages import (
    Bullets,
    Facts,
    Paper,
    Picture,
    Prose,
    Saying,
    Section,
    Table,
)
from tests.pages.tagged_pdf import faults, text_of

if TYPE_CHECKING:
    from pathlib import Path

NASTY = (
    "#panic()",
    "*fed* _kursiv_ `kode`",
    '#import "/etc/passwd": *',
    "$ sum_(x) $ @kilde <mærke>",
    '"]) #read("/etc/passwd") ([',
    "\\ \\u{41} // skjult /* mere */",
    "= Overskrift",
    '{"kind": "prose"}',
)
CHART = Chart("x", (("A", Shape.CIRCLE),), (Line("Et spørgsmål", (Mark(0, 50, 40, 60),)),))


def paper(text: str, lang: str = "da") -> Paper:
    """A report that says the same everywhere that a text can stand."""
    parts = (
        Prose(text),
        Facts(((text, text), ("Svar", "12"))),
        Bullets((text, text)),
        Table(text, (text, "B"), ((text, text),)),
        Picture(CHART, f"Diagram, som viser dette: {text}"),
        Saying(text, lang, text),
    )
    return Paper("da-simple", text, text, (Section("a", text, parts),), "Ankestyrelsen")


def draw(chart: Chart) -> bytes:
    return drawn(chart, "wide", "for få")


@pytest.mark.parametrize("text", NASTY)
def test_a_text_is_data(text: str, tmp_path: Path) -> None:
    pdf = printed(paper(text), draw)
    told = text_of(pdf, tmp_path / "a.pdf")
    assert told.replace(" ", "").count(text.replace(" ", "")) >= 9
    assert list(faults(pdf, tmp_path / "a.pdf", text, "da")) == []


@pytest.mark.parametrize("text", ["أنا من المدينة", "🙂🦄 漢字 ẞ", "a\u202eb\u0000c", "x" * 3000])
def test_any_script_can_be_set(text: str, tmp_path: Path) -> None:
    text = text.replace("\u0000", "")
    sayings = Section("a", "Citater", (Saying(text, "ar", "Fra en tekst"),))
    made = Paper("da", "Rapport", "2026", (sayings,), "Ankestyrelsen")
    assert printed(made, draw) == printed(made, draw)
    assert list(faults(printed(made, draw), tmp_path / "a.pdf", "Rapport", "da")) == []
