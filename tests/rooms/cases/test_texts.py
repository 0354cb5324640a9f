"""Events read as the texts that they are stored as say what they say as values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import msgspec
import pytest

from portal.cases.rules import counted, counted_texts, kept, named, revived_text
from portal.cases.words import Corrected, Event, Unrecognised
from portal.clock import day_of
from tests.rooms.cases.stories import ASSIGNED, COMPLETED, RECEIVED, UPHELD, entered, told


def text_of(event: Event) -> tuple[str, int, str, str, str, msgspec.Raw]:
    at = event.at.astimezone(UTC).isoformat().removesuffix("+00:00")
    data = msgspec.Raw(msgspec.json.encode(kept(event.data)))
    return (at, event.sequence, named(event.data), event.source, event.id, data)


def same(events: list[Event]) -> list[object]:
    return [(event.data, day_of(event.at)) for event in counted(events)]


PLAIN = told(RECEIVED, ASSIGNED, entered("hearing"), UPHELD)
NOON = PLAIN[0].at
# At one moment the number counts, then the kind, then the source and the name.
AT_ONCE = [
    replace(event, at=NOON, sequence=number, source=source, id=name)
    for event, number, source, name in zip(
        told(entered("queued"), entered("hearing"), entered("assessment"), COMPLETED, RECEIVED),
        (2, 1, 1, 0, 0),
        ("b", "b", "a", "a", "a"),
        ("1", "1", "2", "1", "9"),
        strict=True,
    )
]
CORRECTED = [
    *PLAIN,
    Event(PLAIN[0].source, "e9", PLAIN[3].at + timedelta(days=3), Corrected(event="e2")),
]


@pytest.mark.parametrize("events", [[], PLAIN, AT_ONCE, CORRECTED])
def test_the_order_that_they_count_in_is_the_same(events: list[Event]) -> None:
    for order in list(permutations(events))[:130]:
        assert counted_texts([text_of(event) for event in order], day_of) == same(events)


def test_a_correction_is_carried_out() -> None:
    said = [data for data, _ in counted_texts(map(text_of, CORRECTED), day_of)]
    assert ASSIGNED not in said
    assert said == [RECEIVED, entered("hearing"), UPHELD]


def test_the_day_is_that_of_copenhagen() -> None:
    late = replace(PLAIN[0], at=datetime(2026, 3, 9, 23, 30, tzinfo=UTC))
    assert counted_texts([text_of(late)], day_of) == [(RECEIVED, date(2026, 3, 10))]


def test_an_unknown_type_is_kept_as_such() -> None:
    assert revived_text("zz-new", "{}") == Unrecognised(type="zz-new")
    with pytest.raises(msgspec.ValidationError):
        revived_text("received", '{"number": 1}')
