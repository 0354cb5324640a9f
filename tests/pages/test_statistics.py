"""The open figures as everybody meets them: the page, the files, and what each field means."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from html import unescape
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

from portal.readability.rules import lix, longest_sentence
from portal.statistics.actions import keep
from portal.statistics.queries import authorities
from portal.statistics.rules.tables import year_of
from tests.pages.test_panel_words import CATALOGS, HIGHEST, keys, read
from tests.pages.test_query_counts import statements
from tests.rooms.statistics.years import tally

if TYPE_CHECKING:
    from portal.statistics.words import Year
    from tests.pages.conftest import Stage

VIEWS = ("da", "da-simple", "en")
FILES = {"/tal/2024.csv", "/tal/2024.json", "/tal/felter.csv"}


@pytest.fixture(scope="module")
def years() -> list[Year]:
    """Two years, made once: which of their figures may be told takes seconds to find out."""
    return [
        year_of(year, date(year + 1, 2, 12), tally(cases, year, most=8), authorities())
        for year, cases in ((2023, 600), (2024, 2000))
    ]


@pytest.fixture
def closed(own_stage: Stage, years: list[Year]) -> Stage:
    """A portal that published them."""
    with Session(own_stage.engine) as session:
        for year in years:
            keep(session, year)
        session.commit()
    return own_stage


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def test_before_there_is_a_year_the_page_says_so(stage: Stage) -> None:
    client = stage.nobody()
    answer = client.get("/tal?visning=da")
    assert answer.status_code == 200
    assert "Der er ingen tal endnu." in answer.text
    assert "/tal/" not in answer.text.partition("<main")[2].partition("</main>")[0]


def test_the_newest_year_is_shown_and_the_others_are_linked(closed: Stage) -> None:
    client = closed.nobody()
    page = text_of(client.get("/tal?visning=da").text)
    assert "Tal om sagerne i 2024" in page
    assert "Vi afgjorde 2.000 sager i 2024." in page
    assert "We decided 2,000 cases in 2024." in client.get("/tal?visning=en").text
    assert "Vi afgjorde 600 sager i 2023." in client.get("/tal/2023?visning=da").text
    assert 'href="/tal/2023"' in client.get("/tal").text


@pytest.mark.parametrize("path", ["", ".csv", ".json"])
@pytest.mark.parametrize("year", ["2022", "0", "99999999999999999999"])
def test_a_year_that_is_not_closed_is_not_found(closed: Stage, year: str, path: str) -> None:
    assert closed.nobody().get(f"/tal/{year}{path}").status_code == 404


@pytest.mark.parametrize("path", ["/tal", "/tal/2023", "/tal/2024.csv", "/tal/2024.json"])
def test_a_page_reads_one_small_table(closed: Stage, path: str) -> None:
    assert statements(closed, closed.nobody(), path) == {"SELECT": 2}


def test_a_link_to_the_figures_is_on_every_page(stage: Stage) -> None:
    assert 'href="/tal"' in stage.nobody().get("/").text


@pytest.mark.parametrize("path", sorted(FILES))
def test_every_file_is_linked_and_bears_its_type(closed: Stage, path: str) -> None:
    client = closed.nobody()
    assert f'href="{path}"' in client.get("/tal").text
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.mimetype == ("application/json" if path.endswith("json") else "text/csv")


@pytest.mark.parametrize("view", VIEWS)
def test_both_files_hold_the_same_and_say_what_it_is(closed: Stage, view: str) -> None:
    client = closed.nobody()
    told = json.loads(client.get(f"/tal/2024.json?visning={view}").text)
    table = list(csv.DictReader(io.StringIO(client.get("/tal/2024.csv").text)))
    plain = [{name: "" if value is None else str(value) for name, value in row.items()}
             for row in told["rows"]]  # fmt: skip
    assert plain == table
    assert set(told["fields"]) == set(table[0])
    fields = dict(csv.reader(io.StringIO(client.get("/tal/felter.csv").text)))
    assert told["fields"].items() <= fields.items()
    assert told["year"] == 2024
    assert told["closed_on"] == "2025-02-12"


def test_the_page_shows_no_figure_that_the_files_hide(closed: Stage) -> None:
    client = closed.nobody()
    told = json.loads(client.get("/tal/2024.json").text)["rows"]
    page = client.get("/tal?visning=en").text
    hidden = [row["name"] for row in told
              if row["kind"] == "authority" and row["decided"] is None]  # fmt: skip
    assert len(hidden) > 10
    for name in hidden:
        assert f'<th scope="row">{name}</th>' not in page
        assert name in page


@pytest.mark.parametrize("view", HIGHEST)
def test_the_page_is_easy_to_read(closed: Stage, view: str) -> None:
    page = closed.nobody().get(f"/tal?visning={view}").text
    # Tables and lists of names are no sentences.
    prose = re.sub(
        r"<table.*?</table>|<p>[^<]*(?:Kommune|Andre)[^<]*</p>", "", page, flags=re.DOTALL
    )
    assert "Find din kommune" in prose
    assert lix(read(prose)) <= HIGHEST[view]


@pytest.mark.parametrize("view", VIEWS)
def test_every_sentence_is_short_and_in_every_view(view: str) -> None:
    for key in keys("statistics"):
        said = CATALOGS[view].gettext(key)
        assert said != key, key
        assert longest_sentence(re.sub(r"%\(\w+\)s", "x", said)) <= 20, key
