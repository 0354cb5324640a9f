from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from portal.feed.rules import parsed
from portal.feed.rules.forms import FORMS
from portal.feed.words import Heartbeat, Rejected, Told
from tests.rooms.feed.examples import NOW, examples, line, told


@given(st.binary(max_size=300))
def test_garbage_never_raises(record: bytes) -> None:
    assert isinstance(parsed(record, NOW), Rejected)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(FORMS)), st.data())
def test_a_distorted_record_never_raises(what: str, draw: st.DataObject) -> None:
    record: dict[str, Any] = json.loads(json.dumps(examples()[what]))
    inner = record.get("data", {})
    place = draw.draw(st.sampled_from([*((record, name) for name in record),
                                       *((inner, name) for name in inner)]))  # fmt: skip
    place[0][place[1]] = draw.draw(JSON_VALUES)
    read = parsed(line(record), NOW)
    assert isinstance(read, (Told, Heartbeat, Rejected))


@given(st.dictionaries(st.text(), JSON_VALUES, max_size=4))
def test_a_reason_never_repeats_what_stood_there(values: dict[str, Any]) -> None:
    secret = "6102890102"
    for what in ("party-added", "corrected", "decided"):
        given = {f"{secret}{name}": {secret: value} for name, value in values.items()}
        read = parsed(told(what, given | {"issues": [given], "cpr": secret + "0"}), NOW)
        assert isinstance(read, Rejected)
        assert secret not in " ".join(map(str, read.reasons))
