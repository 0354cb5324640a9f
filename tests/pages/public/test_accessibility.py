"""The statement says what was found, in every view, and how to reach somebody."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from portal.i18n import VIEWS
from portal.pages.public import accessibility
from portal.statement.queries import known_facts, last_summary
from portal.statement.words import GOOD_FOR_DAYS, Failed

if TYPE_CHECKING:
    from portal.statement.words import Facts, Summary
    from tests.pages.conftest import Stage

PATH = "/tilgaengelighed"
WHOLE = replace(
    last_summary(), complete=True, tools=("axe", "Nu"), pages=("home", "case"),
    views=("da", "en"), looks=4242, findings=3, points=487,
    failed=(Failed(criterion="1.4.3", pages=7),), journeys=10, spoken=("da", "en"),
)  # fmt: skip


def told(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, summary: Summary, facts: Facts, view: str = "da"
) -> str:
    monkeypatch.setattr(accessibility, "_read", lambda: (summary, facts))
    answer = stage.nobody().get(f"{PATH}?visning={view}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.text)


def test_the_short_address_leads_to_it(stage: Stage) -> None:
    answer = stage.nobody().get("/was")
    assert (answer.status_code, answer.location) == (301, PATH)


def test_every_page_leads_to_it(stage: Stage) -> None:
    for path in ("/", "/log-ind", "/findes-ikke"):
        assert f'href="{PATH}"' in stage.nobody().get(path).text


@pytest.mark.parametrize("view", VIEWS)
def test_it_can_be_read_in_each_view(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    page = told(stage, monkeypatch, WHOLE, known_facts(), view)
    main = page[page.index("<main") : page.index("</main")]
    assert "accessibility." not in main  # the name of a text that is missing
    for figure in ("1.4.3", "487", "500", "EN 301 549", "axe", "Nu"):
        assert figure in main
    assert re.search(r"4\D?242", main)
    assert '<bdi lang="en">English</bdi>' in main


def test_it_names_a_phone_and_ways_to_write(stage: Stage) -> None:
    page = stage.nobody().get(PATH).text
    assert 'href="tel:' in page
    assert "7998 Statsservice" in page
    assert "Digital Post" in page
    assert "digst.dk" in page


def test_before_a_whole_run_no_figures_are_told(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = told(stage, monkeypatch, replace(WHOLE, points=None, complete=False), known_facts())
    assert "Tal fra den seneste prøve" not in page
    assert "Den seneste prøve nåede ikke alle sider." in page


def test_a_statement_that_is_too_old_says_so(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    old = date(2026, 1, 1) - timedelta(days=GOOD_FOR_DAYS)
    assert "over et år siden" not in told(stage, monkeypatch, WHOLE, known_facts())
    page = told(stage, monkeypatch, replace(WHOLE, ran_on=old), known_facts())
    assert "over et år siden" in page
    assert "1. januar 2025" in page
