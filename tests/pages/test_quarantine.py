"""The page of rejected records: what is wrong with each, and nothing of what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

from portal import clock
from portal.feed.words import Code
from portal.keys.queries import vault_of
from portal.pages.staff import quarantine as page
from portal.quarantine.actions import take_in
from portal.quarantine.words import Door
from tests.rooms.feed.examples import told

if TYPE_CHECKING:
    from tests.pages.conftest import Stage

ADDRESS = "/medarbejder/karantaene"
CPR = "6102890102"
BAD = told("party-added", {"cpr": CPR, "role": None, "name": "Amalie Prøvegaard"})


def keep(stage: Stage, *records: bytes) -> None:
    vault = vault_of(stage.settings)
    with Session(stage.engine.execution_options(writes=True)) as session:
        take_in(session, vault, records, clock.now(), Door.FILE, range(1, len(records) + 1))
        session.commit()


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
def test_an_empty_quarantine(stage: Stage, view: str) -> None:
    answer = stage.signed_in("tekst").get(f"{ADDRESS}?visning={view}")
    assert answer.status_code == 200
    assert "<table" not in answer.text


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
def test_a_rejected_record_is_shown_without_what_it_says(own_stage: Stage, view: str) -> None:
    keep(own_stage, BAD, told("resumed", id=CPR, time=None), b"{")
    shown = own_stage.signed_in("tekst").get(f"{ADDRESS}?visning={view}").text
    assert shown.count("<tr>") == 4
    assert "urn:example:board" in shown
    assert "e-party-added" in shown
    assert "data.role: " in shown
    assert CPR not in shown
    assert "Amalie" not in shown


def test_of_many_the_newest_are_shown(own_stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MOST", 2)
    keep(own_stage, b"a", b"b", b"c")
    shown = own_stage.signed_in("tekst").get(f"{ADDRESS}?visning=en").text
    assert "the newest 2 of 3" in shown


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
def test_every_reason_has_words(stage: Stage, view: str) -> None:
    catalog = stage.app.extensions["catalogs"][view]
    for code in Code:
        key = f"quarantine.reason.{code}"
        assert catalog.gettext(key) != key
