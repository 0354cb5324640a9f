"""The public page about the estimates, and those for staff."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from portal import clock
from portal.cli.nights import count
from portal.estimates.actions import keep_checks
from portal.estimates.models import EstimateScore
from portal.estimates.words import Check
from tests.pages.test_query_counts import statements
from tests.rooms.estimates.office import AREA, UNIT, history, put

if TYPE_CHECKING:
    from tests.pages.conftest import Stage

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def scored(stage: Stage, month: date, *figures: int, area: str = AREA, band: int = 0) -> None:
    names = ("scored", "held", "hidden_scored", "hidden_held")
    with Session(stage.engine) as session:
        row = {"month": month, "area": area, "unit": UNIT, "band": band}
        session.execute(insert(EstimateScore), [row | dict(zip(names, figures, strict=True))])
        session.commit()


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.fixture
def autumn(own_stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return own_stage


def test_nothing_is_claimed_of_a_quarter_without_enough(autumn: Stage) -> None:
    client = autumn.nobody()
    assert "Ingen skøn er gjort op endnu." in client.get("/skoen").text
    scored(autumn, date(2026, 8, 1), 99, 99, 0, 0)
    page = client.get("/skoen").text
    assert "Kun 99 skøn er gjort op." in page
    assert "dot-filled" not in page


def test_the_last_quarter_is_told_in_each_view(autumn: Stage) -> None:
    scored(autumn, date(2026, 6, 1), 500, 0, 0, 0)
    scored(autumn, date(2026, 7, 1), 100, 70, 50, 1)
    scored(autumn, date(2026, 9, 1), 60, 55, 0, 0, area="zz_new")
    scored(autumn, date(2026, 10, 1), 500, 0, 0, 0)
    client = autumn.nobody()
    told = {
        "da": "125 af 160 skøn holdt. Det er 78 %.",
        "da-simple": "125 ud af 160 tider passede. Det er 78 %.",
        "en": "125 of 160 estimates held. That is 78%",
    }
    for view, said in told.items():
        page = client.get(f"/skoen?visning={view}").text
        assert said in page
        assert page.count("dot-filled") == 8
    assert "Fra 1. juli 2026 til 30. september 2026." in client.get("/skoen?visning=da").text
    assert statements(autumn, client, "/skoen") == {"SELECT": 1}


def test_those_who_follow_the_quality_see_where_and_why(autumn: Stage) -> None:
    client = autumn.signed_in("kvalitet")
    assert "Ingen alarm." in client.get("/medarbejder/skoen").text
    scored(autumn, date(2026, 9, 1), 40, 36, 10, 2, band=91)
    scored(autumn, date(2026, 10, 1), 10, 5, 0, 0, area="zz_new")
    bad, good = (30, 0.0), (60, 60.0)
    months = [(date(2025, 10 + month, 1), good) for month in range(3)]
    months += [(date(2026, month, 1), good) for month in range(1, 10)]
    with Session(autumn.engine) as session:
        for on, (seen, _) in [*months, (date(2026, 10, 1), bad), (date(2026, 11, 1), bad)]:
            keep_checks(session, on, {AREA: Check(on, 1 if seen == 30 else 60, 60.0, 0, 0, 0.0)})
        session.commit()
    page = text_of(client.get("/medarbejder/skoen").text)
    assert "sygedagpenge Hvorfor Der afgøres langt færre eller langt flere sager" in page
    assert "1. november 2026" in page
    assert "90 %" in page
    assert "20 %" in page
    assert "(zz_new)" in page
    assert "13–25 uger" in page
    assert "september 2026" in page
    assert statements(autumn, client, "/medarbejder/skoen") == {"SELECT": 7, "INSERT": 1}


def test_the_list_of_owed_words(own_stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    put(own_stage.engine, history())
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 3, 15, 9, tzinfo=UTC))
    count(own_stage.engine, date(2025, 3, 14), clock.now())
    client = own_stage.signed_in("kvalitet")
    assert "Ingen sager venter på besked." in client.get("/medarbejder/svar").text
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 6, 1, 9, tzinfo=UTC))
    client = own_stage.signed_in("kvalitet")
    page = text_of(client.get("/medarbejder/svar").text)
    assert "Gået" in page
    assert "Snart" in page
    assert statements(own_stage, client, "/medarbejder/svar") == {"SELECT": 2, "INSERT": 1}
