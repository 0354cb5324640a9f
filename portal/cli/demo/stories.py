"""The invented people and their cases, told as a feed on whatever day it is.

The notation of cases.toml is explained at its top.
"""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from portal.cli.demo.people import citizens, toml
from portal.clock import COPENHAGEN, day_of, is_working_day
from portal.feed.rules import HEARTBEAT, PREFIX, SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.cli.demo.people import Citizen

SOURCES = {
    "board": ("urn:example:ankestyrelsen", "Ankestyrelsens sagssystem (opdigtet)"),
    "silent": ("urn:example:adoptionsnaevnet", "Adoptionsnævnets sagssystem (opdigtet)"),
}
SILENT_FOR = timedelta(days=3)
DATES = {"complained_of", "on", "due", "authority_due", "since", "until"}
PERSONS = {"cpr": "name", "acts_for_cpr": "acts_for_name"}

Data = dict[str, object]


@dataclass(frozen=True, slots=True)
class Story:
    """One case: what its events have in common, and the lines that tell them."""

    subject: str
    complainant: str
    area: str
    authority: str
    lines: tuple[str, ...]
    source: str = "board"


def stories() -> Iterator[Story]:
    """The invented cases."""
    for number, told in toml("cases.toml").items():
        copies = int(str(told.get("copies", 1)))
        for copy in range(copies):
            year, _, serial = number.partition("-")
            yield Story(
                f"{year}-{int(serial) + copy}",
                str(told["complainant"]),
                str(told["area"]),
                str(told["authority"]),
                tuple(str(told["story"]).strip().splitlines()),
                str(told.get("source", "board")),
            )


def day(today: date, offset: int) -> date:
    """So many days from today; from a day off away from today to the nearest working day."""
    told = today + timedelta(days=offset)
    step = timedelta(days=1 if offset > 0 else -1)
    while offset and not is_working_day(told):
        told += step
    return told


def feed(now: datetime) -> list[bytes]:
    """All stories as records of a feed, told on this day, with the sources' heartbeats."""
    today, people = day_of(now), citizens()
    told = [record for story in stories() for record in told_on(story, today, people)]
    return [*told, *heartbeats(now)]


def heartbeats(now: datetime) -> list[bytes]:
    """A sign of life of each source: one spoke just now, one some days ago."""
    return [
        _record(key, f"heartbeat-{now:%Y%m%dT%H%M%S}", at, HEARTBEAT, {"name": SOURCES[key][1]})
        for key, at in (("board", now), ("silent", now - SILENT_FOR))
    ]


def told_on(story: Story, today: date, people: dict[str, Citizen]) -> Iterator[bytes]:
    """One story as records."""
    named: dict[str, tuple[str, Data]] = {}
    first, *_ = story.lines[0].split()
    party = f"{first} party-added cpr={story.complainant} role=complainant"
    for number, line in enumerate((party, *story.lines)):
        offset, what, *words = shlex.split(line)
        label = next((word for word in words if word.startswith("@")), None)
        data = _data(story, what, words, today, people)
        identity = f"{story.subject}-{number}"
        if what == "corrected" and label:
            event, original = named[label]
            data = {"event": event, "replaced_by": {**original, **data} if data else None}
        elif label:
            named[label] = (identity, data)
        at = datetime.combine(day(today, int(offset)), time(8, number), COPENHAGEN)
        yield _record(
            story.source, identity, at, PREFIX + what + SUFFIX, data, subject=story.subject
        )


def _data(
    story: Story, what: str, words: list[str], today: date, people: dict[str, Citizen]
) -> Data:
    given = dict(word.split("=", 1) for word in words if not word.startswith("@"))
    data: Data = {name: _value(name, value, today, people) for name, value in given.items()}
    for name, of_name in PERSONS.items():
        if name in given and what == "party-added":
            data[of_name] = people[given[name]].name
    if what in {"filed", "received"}:
        data = {"area": story.area, "authority": story.authority, **data}
    return {"number": story.subject, **data} if what == "received" else data


def _value(name: str, value: str, today: date, people: dict[str, Citizen]) -> object:
    if name in DATES:
        return day(today, int(value)).isoformat()
    if name in PERSONS:
        return people[value].cpr
    if name == "issues":
        return [_issue(part) for part in value.split(";")]
    return value == "true" if name == "urgent" else value


def _issue(told: str) -> dict[str, str]:
    title, _, result = told.partition("=")
    outcome, *favours = result.split()
    named = {"favours": favours[0]} if favours else {}
    return {"title": title.strip(), "outcome": outcome, **named}


def _record(source: str, identity: str, at: datetime, kind: str, data: Data, **more: str) -> bytes:
    told = {
        "specversion": "1.0",
        "id": identity,
        "source": SOURCES[source][0],
        "type": kind,
        "time": at.isoformat(),
        "data": data,
        **more,
    }
    return json.dumps(told, ensure_ascii=False).encode()
