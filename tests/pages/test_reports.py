"""Reports: one value as a page and as a tagged PDF; their issue, and what is withdrawn after it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.feedback.models import FeedbackText
from portal.organisation.words import AGENCY
from portal.reports.models import IssuedReport
from tests.pages.conftest import token_in
from tests.pages.tagged_pdf import elements, faults, text_of
from tests.rooms.reports.examples import (
    GONE,
    GROUP,
    OFFICE,
    SAID,
    SECOND,
    close_all,
    fill,
    quote,
)

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.pages.conftest import Stage

ALL = "/medarbejder/rapporter"
HALF = f"{ALL}/2026-h1/{OFFICE.key}"
REVIEW = f"{ALL}/2026-h1/theme:reasons"
GONE_NOTE = "Et citat er trukket tilbage"


@pytest.fixture
def filled(own_stage: Stage) -> Stage:
    fill(own_stage.engine)
    return own_stage


def issue(client: FlaskClient, path: str = HALF) -> TestResponse:
    return client.post(f"{path}/udgiv", data={"csrf_token": token_in(client.get(path).text)})


def main_of(page: str) -> str:
    """What a page says, without its markup."""
    body = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
def test_there_is_no_report_yet(stage: Stage, view: str) -> None:
    page = stage.signed_in("kvalitet").get(f"{ALL}?visning={view}")
    assert page.status_code == 200
    assert "2026-h1" not in page.text


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
def test_each_report_is_whole_in_each_view(filled: Stage, view: str, tmp_path: Path) -> None:
    client = filled.signed_in("kvalitet")
    listed = client.get(f"{ALL}?visning={view}").text
    for path in (HALF, REVIEW):
        assert path in listed
        page = client.get(f"{path}?visning={view}")
        assert page.status_code == 200
        title = re.search(r"<h1>([^<]+)</h1>", page.text)
        assert title is not None
        pdf = client.get(f"{path}.pdf")
        assert pdf.mimetype == "application/pdf"
        lang = {"en": "en"}.get(view, "da")
        assert list(faults(pdf.data, tmp_path / "a.pdf", unescape(title[1]), lang)) == []


def test_page_and_pdf_say_the_same(filled: Stage, tmp_path: Path) -> None:
    client = filled.signed_in("kvalitet")
    page, pdf = client.get(HALF).text, client.get(f"{HALF}.pdf").data
    told = text_of(pdf, tmp_path / "a.pdf").replace("- ", "").replace(" ", "")
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    assert len(rows) > 40
    for row in rows:
        for cell in re.findall(r"(?:</span>|<t[hd][^>]*>)([^<]+)</t[hd]>", row):
            assert unescape(cell).replace(" ", "").replace("-", "") in told.replace("-", "")
    headings = re.findall(
        r"<h[1-6][^>]*>([^<]+)<", page.partition("<main")[2].partition("</main>")[0]
    )
    kinds = [kind for kind, _ in elements(pdf) if re.fullmatch(r"H[1-6]", kind)]
    assert len(kinds) == len(headings) >= 12
    alternatives = [known["Alt"] for kind, known in elements(pdf) if kind == "Figure"]
    assert alternatives == [unescape(alt) for alt in re.findall(r'alt="([^"]+)"', page)]


def test_a_quote_is_never_markup(filled: Stage, tmp_path: Path) -> None:
    client = filled.signed_in("kvalitet")
    page = client.get(HALF)
    assert "<b>Tak" not in page.text
    assert SAID in main_of(page.text)
    told = text_of(client.get(f"{HALF}.pdf").data, tmp_path / "a.pdf")
    for piece in ("*klart*", "#panic()", "$x$", "<b>Tak</b>"):
        assert piece in told


def test_quarters_are_summed_only_where_each_is_shown(filled: Stage) -> None:
    text = main_of(filled.signed_in("kvalitet").get(HALF).text)
    assert "660 har svaret. Vi spurgte 2.468. Det er 27 %." in text
    assert "af 240" in text
    assert "for få svar til at vise" in text


def test_themes_have_their_counts_and_at_most_two_quotes(filled: Stage) -> None:
    page = filled.signed_in("kvalitet").get(HALF).text
    text = main_of(page)
    assert "Flest tekster handler om ”Begrundelsen (da)”: 48 med kritik." in text
    assert page.count("<blockquote") == 2
    review = main_of(filled.signed_in("kvalitet").get(REVIEW).text)
    assert "Gennemgang af temaet: Begrundelsen (da)" in review
    assert "48 med kritik" in review


def test_the_agency_is_reported_by_year(own_stage: Stage) -> None:
    with Session(own_stage.engine) as session:
        close_all(session)
        session.commit()
    client = own_stage.signed_in("kvalitet")
    page = client.get(f"{ALL}/2025/{AGENCY.key}")
    assert page.status_code == 200
    assert "Der er ingen tal for 1. kvartal 2025. Det er ikke regnet med." in main_of(page.text)
    assert f"{ALL}/2025/{AGENCY.key}" in client.get(ALL).text
    assert client.get(f"{ALL}/2025-h2/{GONE.key}").status_code == 200  # its past is kept


NOT_THERE = [
    *(f"2026-h2/{OFFICE.key}", f"2026/{AGENCY.key}", f"2026-h1/{AGENCY.key}", "x/office:x"),
    *(f"2025/{OFFICE.key}", f"2026-h1/{GROUP.key}", f"2026-h1/{GONE.key}", "2026-h1/office:x"),
    *("2026-h1/theme:nothing", "2026/theme:reasons", "2026-h3/theme:reasons"),
]


def test_what_is_not_there_is_not_found(filled: Stage) -> None:
    client = filled.signed_in("temaejer")
    token = token_in(client.get(HALF).text)
    for path in NOT_THERE:
        assert client.get(f"{ALL}/{path}").status_code == 404, path
        assert client.get(f"{ALL}/{path}.pdf").status_code == 404
        posted = client.post(f"{ALL}/{path}/udgiv", data={"csrf_token": token})
        assert posted.status_code == 404
    for chart in ("x.wide", "reasons.huge", "beside.wide"):
        assert client.get(f"{ALL}/2026-h1/department:ydelser/da/{chart}.svg").status_code == 404
    assert client.get(f"{REVIEW}/da/reasons.wide.svg").status_code == 404


def test_the_charts_of_a_report_are_images(filled: Stage) -> None:
    client = filled.signed_in("kvalitet")
    for address in re.findall(r'(?:src|srcset)="([^"]+\.svg)"', client.get(HALF).text):
        assert client.get(address).mimetype == "image/svg+xml"


# --- Its issue.


def test_only_the_owner_of_themes_issues(filled: Stage) -> None:
    for person in ("kvalitet", "koder", "redaktor", "administrator", "frigiver", "amalie"):
        client = filled.signed_in(person)
        page = client.get(HALF)
        assert "udgiv" not in page.text
        own = token_in(client.get("/ord").text)
        assert client.post(f"{HALF}/udgiv", data={"csrf_token": own}).status_code == 403
    with Session(filled.engine) as session:
        assert session.query(IssuedReport).count() == 0


def test_an_issue_is_remembered_once_and_written_down(filled: Stage) -> None:
    client, other = filled.signed_in("temaejer"), filled.signed_in("temaejer")
    late = token_in(other.get(HALF).text)
    with filled.audited() as written:
        assert issue(client).headers["Location"] == HALF
    assert [line.act for line in written] == ["report.viewed", "report.issued"]
    page = client.get(HALF)
    assert "Rapporten blev udgivet den" in main_of(page.text)
    assert "/udgiv" not in page.text
    assert "Udgivet" in client.get(ALL).text
    again = other.post(f"{HALF}/udgiv", data={"csrf_token": late})
    assert again.status_code == 409
    assert "Rapporten er allerede udgivet" in again.text
    with Session(filled.engine) as session:
        (row,) = session.query(IssuedReport)
        assert row.quotes == [f"{1:032x}", f"{2:032x}"]
        assert SAID not in str(vars(row))


def test_a_withdrawn_quote_is_gone_and_the_report_says_so(filled: Stage, tmp_path: Path) -> None:
    client = filled.signed_in("temaejer")
    issue(client)
    issue(client, REVIEW)
    for path in (HALF, REVIEW):
        assert GONE_NOTE not in client.get(path).text
    with Session(filled.engine.execution_options(writes=True)) as session:
        session.execute(delete(FeedbackText).where(FeedbackText.key == f"{1:032x}"))
        session.commit()
    for path in (HALF, REVIEW):
        page = client.get(path).text
        assert GONE_NOTE in main_of(page)
        assert page.count("<blockquote") == 1
        told = text_of(client.get(f"{path}.pdf").data, tmp_path / "a.pdf")
        assert GONE_NOTE in told
        assert told.count("#panic()") == 1


def test_what_is_quoted_later_does_not_come_into_an_issued_report(filled: Stage) -> None:
    client = filled.signed_in("temaejer")
    with Session(filled.engine.execution_options(writes=True)) as session:
        session.execute(delete(FeedbackText).where(FeedbackText.key == f"{1:032x}"))
        session.commit()
    issue(client)
    with Session(filled.engine.execution_options(writes=True)) as session:
        quote(session, f"{9:032x}", SECOND, "Et nyt citat.")
        session.commit()
    page = client.get(HALF).text
    assert "Et nyt citat." not in page
    assert GONE_NOTE not in page
