from __future__ import annotations

import json
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.cases.words import Decided, Outcome, Received, Unrecognised, UrgencySet
from portal.feed.rules import HEARTBEAT, LINE_BYTES, is_silent, parsed
from portal.feed.rules.forms import FORMS
from portal.feed.words import SENTENCES, Code, Heartbeat, Reason, Rejected, Told
from tests.rooms.feed.examples import NOW, examples, line, told

RECEIVED = {"number": "26-1", "area": "aids", "authority": "Odder Kommune"}
PARTY = {"cpr": "6102890102", "role": "complainant"}
REQUEST = {"request": "r", "addressee": "doctor", "kind": "medical"}

PLAIN = Received(number="26-1", area="aids", authority="Odder Kommune")
NESTED = json.loads("[" * 20 + "]" * 20)

REQUIRED = [
    (what, field.name)
    for what, form in FORMS.items()
    for field in fields(form)
    if field.default is MISSING
]


def reasons(record: bytes) -> list[tuple[Code, str | None]]:
    read = parsed(record, NOW)
    assert isinstance(read, Rejected)
    return [(reason.code, reason.field) for reason in read.reasons]


def data(record: bytes) -> object:
    read = parsed(record, NOW)
    assert isinstance(read, Told)
    return read.data


def test_every_type_has_an_example_that_holds() -> None:
    shown = examples()
    assert shown.keys() == FORMS.keys()
    for what, record in shown.items():
        read = parsed(line(record), NOW)
        assert isinstance(read, Told), what
        assert type(read.data) is FORMS[what]
        assert read.beside is None


def test_every_code_has_a_sentence() -> None:
    assert SENTENCES.keys() == set(Code)
    assert str(Reason(Code.NULL, "data.on")).startswith("data.on: ")
    assert str(Reason(Code.NOT_JSON)) == SENTENCES[Code.NOT_JSON]


def test_a_record_is_read_whole() -> None:
    read = parsed(told("received", RECEIVED, sequence="007"), NOW)
    assert isinstance(read, Told)
    assert (read.source, read.id, read.subject) == ("urn:example:board", "e-received", "c-1")
    assert read.at == datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    assert read.sequence == 7
    assert read.data == PLAIN


@pytest.mark.parametrize(("what", "name"), REQUIRED)
def test_a_required_field_must_say_something(what: str, name: str) -> None:
    record = examples()[what]
    nulled = record | {"data": record["data"] | {name: None}}
    assert reasons(line(nulled)) == [(Code.NULL, f"data.{name}")]
    without = {key: value for key, value in record["data"].items() if key != name}
    assert reasons(line(record | {"data": without})) == [(Code.MISSING, f"data.{name}")]


@pytest.mark.parametrize("name", ["specversion", "id", "source", "type", "time"])
def test_an_attribute_must_say_something(name: str) -> None:
    record = examples()["resumed"]
    assert reasons(line(record | {name: None})) == [(Code.NULL, name)]
    without = {key: value for key, value in record.items() if key != name}
    assert reasons(line(without)) == [(Code.MISSING, name)]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (b"", (Code.NOT_JSON, None)),
        (b"{", (Code.NOT_JSON, None)),
        (b'{"id": NaN}', (Code.NOT_JSON, None)),
        (b"[]", (Code.WRONG_TYPE, None)),
        (b"null", (Code.NULL, None)),
        ('{"id": "å"}'.encode("latin-1"), (Code.NOT_UTF8, None)),
        ('{"other": "å"}'.encode("latin-1"), (Code.NOT_UTF8, None)),
        ("{}".encode("utf-16"), (Code.NOT_UTF8, None)),
        (b'{"id": "\\ud800"}', (Code.NOT_JSON, None)),
        (b"[" * 100_000 + b"]" * 100_000, (Code.WRONG_TYPE, None)),
        (b'{"other": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", (Code.TOO_DEEP, None)),
        (b" " * (LINE_BYTES + 1), (Code.LINE_TOO_LONG, None)),
        (told("resumed", specversion="0.3"), (Code.SPECVERSION, "specversion")),
        (told("resumed", datacontenttype="text/xml"), (Code.CONTENT_TYPE, "datacontenttype")),
        (told("resumed", subject=""), (Code.EMPTY, "subject")),
        (told("resumed", subject=" "), (Code.EMPTY, "subject")),
        (told("resumed", id="x" * 256), (Code.TEXT_TOO_LONG, "id")),
        (told("resumed", id="a\0b"), (Code.CONTROL_CHARACTER, "id")),
        (told("resumed", id="610289-0102"), (Code.CPR_IN_CLEAR, "id")),
        (told("resumed", id=7), (Code.WRONG_TYPE, "id")),
        (told("resumed", [1]), (Code.WRONG_TYPE, "data")),
        (told("resumed", sequence=-1), (Code.OUT_OF_RANGE, "sequence")),
        (told("resumed", sequence=2**63), (Code.OUT_OF_RANGE, "sequence")),
        (told("resumed", sequence="9" * 19), (Code.OUT_OF_RANGE, "sequence")),
        (told("resumed", sequence="A7"), (Code.WRONG_TYPE, "sequence")),
        (told("resumed", sequence=True), (Code.WRONG_TYPE, "sequence")),
        (told("resumed", time="2026-11-20T09:30:00"), (Code.NO_ZONE, "time")),
        (told("resumed", time="2026-11-20"), (Code.NOT_A_DATE, "time")),
        (told("resumed", time="20. november 2026"), (Code.NOT_A_DATE, "time")),
        (told("resumed", time="1753-01-01T00:00:00Z"), (Code.NO_DATE, "time")),
        (told("resumed", time="0001-01-01T00:00:00+14:00"), (Code.NO_DATE, "time")),
        (told("resumed", time="9999-12-31T23:59:59-14:00"), (Code.NO_DATE, "time")),
        (told("resumed", time="2026-11-23T06:00:01Z"), (Code.FUTURE, "time")),
        (told("stage-entered", {"stage": " "}), (Code.EMPTY, "data.stage")),
        (told("stage-entered", {"stage": 3}), (Code.WRONG_TYPE, "data.stage")),
        (told("stage-entered", {"stage": "x" * 2001}), (Code.TEXT_TOO_LONG, "data.stage")),
        (told("stage-entered", {"stage": "\x1b"}), (Code.CONTROL_CHARACTER, "data.stage")),
        (told("assigned", {"office": "a\u202eb"}), (Code.CONTROL_CHARACTER, "data.office")),
        (told("assigned", {"office": "a\u2066b"}), (Code.CONTROL_CHARACTER, "data.office")),
        (told("assigned", {"office": "a\u2028b"}), (Code.CONTROL_CHARACTER, "data.office")),
        (told("assigned", {"office": "a\u0085b"}), (Code.CONTROL_CHARACTER, "data.office")),
        (told("urgency-set", {"urgent": "yes"}), (Code.WRONG_TYPE, "data.urgent")),
        (told("meeting-scheduled", {"on": "9999-12-31"}), (Code.NO_DATE, "data.on")),
        (told("meeting-scheduled", {"on": "1753-01-01"}), (Code.NO_DATE, "data.on")),
        (told("meeting-scheduled", {"on": "31-12-2026"}), (Code.NOT_A_DATE, "data.on")),
        (told("meeting-scheduled", {"on": "2026-02-30"}), (Code.NOT_A_DATE, "data.on")),
        (told("meeting-scheduled", {"on": 5}), (Code.WRONG_TYPE, "data.on")),
        (told("meeting-scheduled", {"on": "2026-11-19"}), (Code.BEFORE_EVENT, "data.on")),
        (
            told("date-announced", {"on": "2026-11-19", "reason": "first"}),
            (Code.BEFORE_EVENT, "data.on"),
        ),
        (told("request-made", REQUEST | {"due": "2026-11-19"}), (Code.BEFORE_EVENT, "data.due")),
        (
            told("request-moved", {"request": "r", "due": "2026-11-19"}),
            (Code.BEFORE_EVENT, "data.due"),
        ),
        (told("received", RECEIVED | {"on": "2026-11-24"}), (Code.FUTURE, "data.on")),
        (
            told("received", RECEIVED | {"complained_of": "2026-11-21"}),
            (Code.CONTRADICTION, "data.on"),
        ),
        (
            told("filed", {"authority": "A", "complained_of": "2026-11-02", "on": "2026-11-01"}),
            (Code.CONTRADICTION, "data.on"),
        ),
        (
            told("decided", {"outcome": "changed", "authority_due": "2026-11-19"}),
            (Code.CONTRADICTION, "data.authority_due"),
        ),
        (
            told("party-added", PARTY | {"since": "2026-02-01", "until": "2026-01-01"}),
            (Code.CONTRADICTION, "data.until"),
        ),
        (told("authority-decided-again", {"result": "same", "on": "2027-01-01"}),
         (Code.FUTURE, "data.on")),
        (told("party-added", PARTY | {"cpr": "6199890102"}), (Code.NOT_CPR, "data.cpr")),
        (told("party-added", PARTY | {"cpr": 6102890102}), (Code.NOT_CPR, "data.cpr")),
        (told("party-added", PARTY | {"acts_for_cpr": "x"}), (Code.NOT_CPR, "data.acts_for_cpr")),
        (told("party-added", PARTY | {"name": "A 610289-0102"}), (Code.CPR_IN_CLEAR, "data.name")),
        (told("decided", {"outcome": "changed", "issues": [{"title": "610289-0102"}]}),
         (Code.CPR_IN_CLEAR, "data.issues[0].title")),
        (told("decided", {"outcome": "changed", "issues": [{"610289-0102": ""}]}),
         (Code.CPR_IN_CLEAR, "data.issues[0].*")),
        (told("decided", {"outcome": "changed", "issues": [{"title": "A"}]}),
         (Code.MISSING, "data.issues[0].outcome")),
        (told("decided", {"outcome": "changed", "issues": [{"title": "A", "outcome": None}]}),
         (Code.NULL, "data.issues[0].outcome")),
        (told("corrected", {"event": "e", "replaced_by": ""}),
         (Code.WRONG_TYPE, "data.replaced_by")),
        (told("corrected", {"event": "e", "replaced_by": {"on": "x"}}),
         (Code.NOT_A_DATE, "data.replaced_by.on")),
        (told("corrected", {"event": "e", "replaced_by": {"cpr": "x"}}),
         (Code.NOT_CPR, "data.replaced_by.cpr")),
        (told("corrected", {"event": "e", "replaced_by": {"kind": NESTED}}),
         (Code.TOO_DEEP, "data")),
        (told("x", {}, type=HEARTBEAT, time="x"), (Code.NOT_A_DATE, "time")),
        (told("x", {"name": "a\0"}, type=HEARTBEAT), (Code.CONTROL_CHARACTER, "data.name")),
        (told("x", {"name": "610289-0102"}, type=HEARTBEAT), (Code.CPR_IN_CLEAR, "data.name")),
        (told("x", {"silent_after": 0}, type=HEARTBEAT), (Code.OUT_OF_RANGE, "data.silent_after")),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_or_true_is_refused(
    record: bytes, expected: tuple[Code, str | None]
) -> None:
    assert reasons(record) == [expected]


def test_every_reason_is_told_at_once() -> None:
    record = told("resumed", specversion="2", id="", time="1753-01-01T00:00:00Z")
    assert reasons(record) == [
        (Code.SPECVERSION, "specversion"),
        (Code.EMPTY, "id"),
        (Code.NO_DATE, "time"),
    ]


def test_a_case_must_be_named() -> None:
    assert reasons(told("resumed", subject=None)) == [(Code.MISSING, "subject")]
    assert reasons(told("new-thing", subject=None)) == [(Code.MISSING, "subject")]


@pytest.mark.parametrize("nothing", [None, "", "1753-01-01", "0001-01-01", "9999-12-31"])
def test_an_optional_date_may_say_nothing(nothing: str | None) -> None:
    record = told("received", RECEIVED | {"complained_of": nothing})
    assert data(record) == PLAIN


def test_a_clock_may_be_a_day_ahead() -> None:
    assert isinstance(parsed(told("resumed", time="2026-11-23T06:00:00Z"), NOW), Told)
    assert data(told("received", RECEIVED | {"on": "2026-11-23"}))


def test_the_first_and_last_years_are_dates() -> None:
    first = data(told("received", RECEIVED | {"complained_of": "1900-01-01"}))
    assert isinstance(first, Received)
    assert first.complained_of == date(1900, 1, 1)
    assert data(told("meeting-scheduled", {"on": "2899-12-31"}))


def test_dates_on_the_day_itself_hold() -> None:
    assert data(told("meeting-scheduled", {"on": "2026-11-20"}))
    assert data(told("decided", {"outcome": "changed", "authority_due": "2026-11-20"}))
    assert data(told("received", RECEIVED | {"complained_of": "2026-11-20"}))


def test_the_day_is_copenhagens() -> None:
    late = told("meeting-scheduled", {"on": "2026-11-19"}, time="2026-11-19T23:30:00Z")
    assert reasons(late) == [(Code.BEFORE_EVENT, "data.on")]


def test_codes_without_words_are_let_through() -> None:
    decided = data(told("decided", {"outcome": "settled"}))
    assert decided == Decided(outcome="settled")
    assert "settled" not in set(Outcome)


def test_a_type_without_words_is_kept_with_its_data() -> None:
    read = parsed(told("new-thing", {"cpr": "610289-0102"}), NOW)
    assert isinstance(read, Told)
    assert read.data == Unrecognised(type="dk.indblik.case.new-thing.v1")
    assert json.loads(read.beside or "") == {"cpr": "610289-0102"}
    assert "610289" not in repr(read)
    newer = parsed(told("x", RECEIVED, type="dk.indblik.case.received.v2"), NOW)
    assert isinstance(newer, Told)
    assert newer.data == Unrecognised(type="dk.indblik.case.received.v2")


def test_fields_without_words_are_kept() -> None:
    read = parsed(told("received", RECEIVED | {"floor": 3}), NOW)
    assert isinstance(read, Told)
    assert read.data == PLAIN
    assert json.loads(read.beside or "") == {"floor": 3}


def test_a_correction_keeps_what_is_known_and_nothing_in_clear() -> None:
    given = {"cpr": "610289-0102", "name": "A", "until": "9999-12-31", "floor": 3}
    read = parsed(told("corrected", {"event": "e", "replaced_by": given}), NOW)
    assert isinstance(read, Told)
    assert json.loads(read.beside or "") == {"floor": 3}


def test_a_byte_order_mark_is_tolerated() -> None:
    assert data(b"\xef\xbb\xbf" + told("urgency-set", {"urgent": True})) == UrgencySet(urgent=True)


def test_json_may_be_named_in_many_ways() -> None:
    for name in ("application/json; charset=utf-8", "Application/JSON", "application/x+json"):
        assert isinstance(parsed(told("resumed", datacontenttype=name), NOW), Told)


def test_a_heartbeat_needs_no_case_and_no_data() -> None:
    at = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    plain = parsed(told("x", type=HEARTBEAT, subject=None), NOW)
    assert plain == Heartbeat("urn:example:board", at)
    full = parsed(told("x", {"name": "S", "silent_after": 60}, type=HEARTBEAT), NOW)
    assert full == Heartbeat("urn:example:board", at, "S", 60)


def test_a_source_is_silent_after_its_minutes() -> None:
    assert is_silent(None, 60, NOW)
    assert not is_silent(NOW - timedelta(minutes=60), 60, NOW)
    assert is_silent(NOW - timedelta(minutes=60, seconds=1), 60, NOW)
