"""The report: everything that was seen, and what follows from it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import msgspec

from portal.statement.words import Failed, Summary
from tests.access.proof import counting
from tests.access.proof.across import compared
from tests.access.proof.keeping import ROOT
from tests.access.proof.lists import criteria, reviews
from tests.access.proof.words import WIDTHS, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from tests.access.journeys.words import Gone
    from tests.access.proof.counting import Judged, Table
    from tests.access.proof.words import Look, Review, Seen

BAR = 495
PROGRAMS = {
    "axe-core": "axe",
    "html_codesniffer": "HTML_CodeSniffer",
    "vnu-jar": "Nu",
}


@dataclass(frozen=True)
class Report:
    """One run over everything, or over the part that was wanted."""

    ran_on: date
    looks: Sequence[Look]  # that there were to take
    seen: Sequence[Seen]
    journeys: Sequence[Gone]
    spoken: tuple[str, ...]
    everything: bool
    seconds: float

    @cached_property
    def judged(self) -> list[Judged]:
        return counting.judged(compared(self.seen))

    @cached_property
    def table(self) -> Table:
        return counting.verdicts(self.looks, self.seen, self.judged)

    @cached_property
    def faults(self) -> list[Judged]:
        return counting.faults(self.judged)

    @cached_property
    def unreviewed(self) -> list[Judged]:
        return counting.unreviewed(self.judged)

    @cached_property
    def reviewed(self) -> list[tuple[Review, int]]:
        """The lines of the list that spoke of something, and of how many findings."""
        counts = Counter(reviews().index(one.review) for one in self.judged if one.review)
        return [(reviews()[number], count) for number, count in sorted(counts.items())]

    @property
    def idle(self) -> list[Review]:
        return counting.idle(reviews(), self.judged) if self.complete else []

    @property
    def broken(self) -> list[Seen]:
        return [one for one in self.seen if one.broken]

    @property
    def strange(self) -> list[Seen]:
        """Pages that answered with a fault of the server's."""
        return [one for one in self.seen
                if one.status >= 500 and one.look.state not in MEANT]  # fmt: skip

    @property
    def complete(self) -> bool:
        return self.everything and not self.broken and len(self.seen) == len(self.looks)

    @property
    def points(self) -> int:
        return counting.points(self.table)

    @property
    def by_view(self) -> Mapping[str, int]:
        return counting.points_by_view(self.table)

    @property
    def lost(self) -> list[Gone]:
        return [one for one in self.journeys if one.fault]

    @property
    def passes(self) -> bool:
        """What `make access` asks for."""
        return not (self.faults or self.unreviewed or self.broken or self.lost or self.idle) and (
            self.points >= BAR or not self.complete
        )

    @property
    def tools(self) -> list[str]:
        """Programs of other houses with their versions, and our own."""
        lock = json.loads((ROOT / "tests/node/package-lock.json").read_text())["packages"]
        told = [f"{name} {lock[f'node_modules/{key}']['version']}"
                for key, name in PROGRAMS.items() if f"node_modules/{key}" in lock]  # fmt: skip
        return [*told, f"own probes, in Chromium by Playwright {version('playwright')}"]

    def matrix(self) -> list[tuple[Any, dict[str, Counter[Verdict]]]]:
        """For each criterion and view: how many places have which verdict."""
        views = sorted({place.view for place in self.table})
        return [
            (rule, {view: Counter(row[rule.number] for place, row in self.table.items()
                                  if place.view == view) for view in views})
            for rule in criteria()
        ]  # fmt: skip

    def summary(self) -> Summary:
        """What the statement rests on."""
        failed = Counter(rule for row in self.table.values() for rule, verdict in row.items()
                         if verdict in {Verdict.FAILED, Verdict.UNTOLD})  # fmt: skip
        return Summary(
            ran_on=self.ran_on,
            complete=self.complete,
            tools=tuple(PROGRAMS.values()),
            pages=tuple(sorted({look.key for look in self.looks})),
            views=tuple(sorted({look.view for look in self.looks})),
            widths=WIDTHS,
            looks=len(self.seen),
            findings=len(self.faults),
            unreviewed=len(self.unreviewed),
            points=self.points if self.complete else None,
            failed=tuple(
                Failed(criterion=rule.number, pages=failed[rule.number])
                for rule in criteria() if failed[rule.number]
            ),
            journeys=len({one.journey for one in self.journeys if one.by == "keyboard"}),
            spoken=self.spoken,
        )  # fmt: skip


MEANT = {"500", "503", "error", "offline", "down"}  # states that are to answer so


def write_json(report: Report, file: Path) -> None:
    """Everything, for who wants to count otherwise."""
    told = {
        "ran_on": report.ran_on,
        "complete": report.complete,
        "seconds": round(report.seconds),
        "tools": report.tools,
        "points": report.points,
        "points_by_view": report.by_view,
        "criteria": criteria(),
        "verdicts": [
            {"key": place.key, "view": place.view, **row} for place, row in report.table.items()
        ],
        "findings": [
            {
                "look": one.look,
                "finding": one.finding,
                "reviewed": one.review.reason if one.review else None,
            }
            for one in report.judged
        ],
        "journeys": report.journeys,
        "spoken": report.spoken,
        "broken": report.broken,
        "looks": [{"name": one.look.name, "status": one.status, "seconds": one.seconds}
                  for one in report.seen],
    }  # fmt: skip
    file.write_bytes(msgspec.json.format(msgspec.json.encode(told), indent=1))


def write_summary(summary: Summary, file: Path) -> None:
    """The file that the statement is made from."""
    file.write_bytes(msgspec.json.format(msgspec.json.encode(summary), indent=2) + b"\n")
