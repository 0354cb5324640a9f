"""The file that says whom to tell of a weakness, as it is served."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from portal import clock
from tests.floor.test_contact import fields

if TYPE_CHECKING:
    from datetime import datetime

    import pytest

    from tests.pages.conftest import Stage

ADDRESS = "/.well-known/security.txt"


def test_it_is_plain_text_with_our_contact(stage: Stage) -> None:
    answer = stage.nobody().get(ADDRESS)
    assert (answer.status_code, answer.content_type) == (200, "text/plain; charset=utf-8")
    told = dict(fields(answer.text))
    assert told["Contact"] == "tel:+4500000000"
    assert told["Canonical"] == f"http://localhost{ADDRESS}"


def test_it_is_as_good_in_ten_years(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    later: datetime = clock.now() + timedelta(days=3650)
    monkeypatch.setattr(clock, "now", lambda: later)
    told = dict(fields(stage.nobody().get(ADDRESS).text))
    assert told["Expires"][:4] == str((later + timedelta(days=180)).year)
