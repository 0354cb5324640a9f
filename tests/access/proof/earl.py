"""The report in EARL (W3C Evaluation and Report Language), as JSON-LD: for other programs."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from tests.access.proof.lists import criteria

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.access.proof.counting import Judged
    from tests.access.proof.reporting import Report
    from tests.access.proof.words import Place

CONTEXT = {
    "earl": "http://www.w3.org/ns/earl#",
    "dct": "http://purl.org/dc/terms/",
    "doap": "http://usefulinc.com/ns/doap#",
    "WCAG22": "https://www.w3.org/TR/WCAG22/#",
    "assertedBy": {"@id": "earl:assertedBy", "@type": "@id"},
    "subject": {"@id": "earl:subject", "@type": "@id"},
    "test": {"@id": "earl:test", "@type": "@id"},
    "mode": {"@id": "earl:mode", "@type": "@id"},
    "result": "earl:result",
    "outcome": {"@id": "earl:outcome", "@type": "@id"},
    "pointer": {"@id": "earl:pointer"},
    "info": {"@id": "earl:info"},
    "title": "dct:title",
    "date": "dct:date",
    "source": {"@id": "dct:source", "@type": "@id"},
    "language": "dct:language",
}
ASSERTOR = "_:indblik"


def earl(report: Report) -> dict[str, Any]:
    """Who judged, what was judged, and an assertion for each criterion and place."""
    found = _by_place(report.judged)
    return {
        "@context": CONTEXT,
        "@graph": [
            {
                "@id": ASSERTOR,
                "@type": ["earl:Software", "earl:Assertor"],
                "title": "make access",
                "info": ", ".join(report.tools),
            },
            *_subjects(report),
            *(
                _assertion(report, place, rule, outcome, found.get(place, []))
                for place, row in report.table.items()
                for rule, outcome in row.items()
            ),
        ],
    }


def _by_place(judged: Iterable[Judged]) -> dict[Place, list[Judged]]:
    ordered = sorted(judged, key=lambda one: one.look.place)
    return {place: list(ones) for place, ones in groupby(ordered, lambda one: one.look.place)}


def _name(place: Place) -> str:
    return f"_:{place.key}/{place.view}".replace(" ", "-")


def _subjects(report: Report) -> Iterator[dict[str, Any]]:
    titles = {look.place: look for look in report.looks}
    for place in report.table:
        look = titles[place]
        yield {
            "@id": _name(place),
            "@type": ["earl:TestSubject"],
            "title": f"{look.page}: {look.title}",
            "source": look.address,
            "language": place.view,
        }


def _assertion(
    report: Report, place: Place, rule: str, outcome: str, found: list[Judged]
) -> dict[str, Any]:
    slug = next(one.slug for one in criteria() if one.number == rule)
    result: dict[str, Any] = {"@type": "earl:TestResult", "outcome": f"earl:{outcome}"}
    mine = [one for one in found if one.finding.criterion == rule and one.verdict]
    if mine:
        result["info"] = [
            f"{one.look.width} px, {one.finding.tool}:{one.finding.rule}: {one.finding.evidence}"
            for one in mine
        ]
        result["pointer"] = sorted({one.finding.selector for one in mine})
    return {
        "@type": "earl:Assertion",
        "assertedBy": ASSERTOR,
        "subject": _name(place),
        "test": f"WCAG22:{slug}",
        "mode": "earl:automatic",
        "date": report.ran_on.isoformat(),
        "result": result,
    }
