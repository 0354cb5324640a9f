"""A feed file of a whole country: the demonstration's stories, told again with other names."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle, islice, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from portal.cli.demo.people import citizens
from portal.cli.demo.stories import stories, told_on
from portal.clock import day_of
from portal.feed.rules import PREFIX, SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

EVENTS_EACH = 5  # of a case, on average
CASES_EACH = 4  # in which a person is the complainant
WINDOW = 50_000  # cases that are told in turns, where a feed is not told case by case
MARK = "§"  # stands in a pattern where the number of the case goes
# What an office does in every case, and the stories leave out: it fills a case up to its events.
ROUTINE: tuple[tuple[str, dict[str, str]], ...] = (
    ("request-made", {"request": "a", "addressee": "authority", "kind": "documents"}),
    ("request-answered", {"request": "a"}),
    ("request-made", {"request": "b", "addressee": "doctor", "kind": "medical"}),
    ("request-answered", {"request": "b"}),
)


class Pattern(NamedTuple):
    """The records of one story, to be told of any case, and the CPR numbers to be replaced."""

    records: tuple[str, ...]
    routine: tuple[str, ...]
    persons: tuple[str, ...]


def cpr(person: int) -> str:
    """The number of an invented person: its day is beyond every month's."""
    day, month, year = 61 + person % 31, 1 + person // 31 % 12, person // 372 % 100
    return f"{day}{month:02}{year:02}{1000 + person // 37_200}"


def write(file: Path, cases: int, now: datetime, *, in_turns: bool = False) -> int:
    """Write so many cases, one after the other or many in turns; how many records."""
    told = _told(patterns(now), cases)
    records = _in_turns(told) if in_turns else (record for case in told for record in case)
    with file.open("w", encoding="utf-8") as opened:
        opened.writelines(islice(records, EVENTS_EACH * cases))
    return EVENTS_EACH * cases


def patterns(now: datetime) -> list[Pattern]:
    """Each story of the demonstration, as told today."""
    whole = {replace(story, subject=""): story for story in stories()}  # the copies of one: once
    people = citizens()
    numbers = [citizen.cpr for citizen in people.values()]
    return [
        _pattern([json.loads(record) for record in told_on(story, day_of(now), people)], numbers)
        for story in whole.values()
    ]


def _pattern(records: list[dict[str, object]], numbers: list[str]) -> Pattern:
    subject, last = str(records[0]["subject"]), records[-1]
    at = datetime.fromisoformat(str(last["time"]))
    routine = [
        last | {"id": f"{subject}-r{place}", "type": PREFIX + what + SUFFIX, "data": data,
                "time": (at + timedelta(seconds=place)).isoformat()}
        for place, (what, data) in enumerate(ROUTINE)
    ]  # fmt: skip
    texts = [_line(record, subject) for record in (*records, *routine)]
    named = tuple(number for number in numbers if any(number in text for text in texts))
    return Pattern(tuple(texts[: len(records)]), tuple(texts[len(records) :]), named)


def _line(record: dict[str, object], subject: str) -> str:
    return json.dumps(record, ensure_ascii=False).replace(subject, MARK) + "\n"


def _told(found: list[Pattern], cases: int) -> Iterator[list[str]]:
    """The records of each case: as many as its story has, and routine up to the average."""
    told = 0
    for number, pattern in zip(range(cases), cycle(found)):
        lacking = EVENTS_EACH * (number + 1) - told - len(pattern.records)
        texts = [*pattern.records, *pattern.routine[: max(0, lacking)]]
        told += len(texts)
        yield [_of(text, pattern, number, cases) for text in texts]


def _of(text: str, pattern: Pattern, number: int, cases: int) -> str:
    text = text.replace(MARK, f"26-{number:06}")
    first = number // CASES_EACH
    for place, old in enumerate(pattern.persons):
        text = text.replace(old, cpr((first + place) % max(1, cases // CASES_EACH)))
    return text


def _in_turns(cases: Iterable[list[str]]) -> Iterator[str]:
    """First what was told first of each of the next cases, then what was told next."""
    remaining = iter(cases)
    while window := list(islice(remaining, WINDOW)):
        for turn in zip_longest(*window):
            yield from filter(None, turn)
