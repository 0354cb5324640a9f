"""Tokens and signatures as they stand in forms."""

from __future__ import annotations

import pytest

from portal.blind.rules.wire import MOST_CHARACTERS, read, written
from portal.blind.words import WrongMessage


@pytest.mark.parametrize("block", [b"", b"\x00", b"\xff\xfe", bytes(range(256))])
def test_what_is_written_is_read(block: bytes) -> None:
    assert read(written(block)) == block
    assert "=" not in written(block)


@pytest.mark.parametrize("text", ["A" * (MOST_CHARACTERS + 1), "æ", "A"])
def test_what_nobody_has_written_is_refused(text: str) -> None:
    with pytest.raises(WrongMessage):
        read(text)
