"""The power of the gate: it finds the faults that we have planted, and none where there is none.

A fault counts as found where something is said of the criterion that it breaks (or of one that
its entry names as just as near): anything else on the same page is no find. A page counts as
clean only where nothing is said at all, not even «a person has to look».
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from portal.i18n import DEFAULT, VIEWS
from tests.access import programs
from tests.access.looking import look
from tests.access.planted import CLEAN, Planted, pages
from tests.access.words import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.servers.checkers import NuHtml

CAUGHT = 0.95
WIDTH = 1280
FAULTY, UNHURT = pages(), pages(CLEAN)
# What `make test` has time for: every fortieth fault, every thirteenth clean page.
SAMPLE, SAMPLE_CLEAN = FAULTY[7::40], UNHURT[4::13]

Judge = Callable[[Planted], list[Finding]]


@pytest.fixture
def judge(browser: Browser, nu_html: NuHtml, tmp_path: Path) -> Iterator[Judge]:
    """Look at one planted page after the other, in one window."""
    context = browser.new_context(viewport={"width": WIDTH, "height": 800})
    programs.carry(context)
    page = context.new_page()
    file = tmp_path / "planted.html"

    def findings(planted: Planted) -> list[Finding]:
        file.write_text(planted.html)
        page.set_viewport_size({"width": WIDTH, "height": 800})
        page.goto(file.as_uri())
        view = VIEWS.get(planted.lang, DEFAULT)
        return look(page, view=view, width=WIDTH, level=Level.WHOLE, nu_html=nu_html)

    yield findings
    context.close()


def missed(judge: Judge, planted: list[Planted]) -> dict[str, list[str]]:
    """The faults of which nothing was said, with what was said instead."""
    told = {one: judge(one) for one in planted}
    return {f"{one.criterion} {one.name}": [str(found) for found in findings]
            for one, findings in told.items()
            if not one.criteria & {found.criterion for found in findings}}  # fmt: skip


def alarms(judge: Judge, planted: list[Planted]) -> dict[str, list[str]]:
    """What is said of pages without a fault."""
    told = {one.name: [str(found) for found in judge(one)] for one in planted}
    return {name: said for name, said in told.items() if said}


def test_a_sample_of_planted_faults_is_caught(judge: Judge) -> None:
    assert missed(judge, SAMPLE) == {}


def test_clean_pages_of_a_sample_raise_no_alarm(judge: Judge) -> None:
    assert alarms(judge, SAMPLE_CLEAN) == {}


@pytest.mark.access
def test_planted_faults_are_caught(judge: Judge) -> None:
    lost = missed(judge, FAULTY)
    assert len(lost) <= (1 - CAUGHT) * len(FAULTY), lost


@pytest.mark.access
def test_clean_pages_raise_no_alarm(judge: Judge) -> None:
    assert alarms(judge, UNHURT) == {}


def test_the_corpus_is_wide_enough() -> None:
    assert len(FAULTY) >= 120
    assert len(UNHURT) >= 20
    assert len(Counter(one.criterion for one in FAULTY)) >= 35
    names = Counter(one.name for one in FAULTY + UNHURT)
    assert [name for name, times in names.items() if times > 1] == []
