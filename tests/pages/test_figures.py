"""The dashboard: one unit in one closed quarter, its charts, and the files of a quarter."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pyarrow.parquet as pq
import pytest

from tests.rooms.reports.examples import DEPARTMENT, GONE, GROUP, OFFICE, cell, fill

if TYPE_CHECKING:
    from tests.pages.conftest import Stage

TAL = "/medarbejder/tal"
OFFICE_PAGE = f"{TAL}/2026-3/{OFFICE.key}"
ROLES = ["kvalitet", "koder", "temaejer", "redaktor", "administrator"]
TOO_FEW = "for få svar til at vise"
CHART = f"{OFFICE_PAGE}/da/reasons.wide.svg"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def filled(own_stage: Stage) -> Stage:
    fill(own_stage.engine)
    return own_stage


def without_nonce(page: str) -> str:
    return re.sub(r'nonce="[^"]+"|name="csrf_token" value="[^"]+"', "", page)


def charts_in(page: str) -> list[str]:
    return re.findall(r'(?:src|srcset)="([^"]+\.svg)"', page)


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
def test_there_is_no_quarter_yet(stage: Stage, view: str) -> None:
    page = stage.signed_in("kvalitet").get(f"{TAL}?visning={view}")
    assert page.status_code == 200
    assert "<table" not in page.text


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
def test_each_page_of_a_quarter_is_whole_in_each_view(filled: Stage, view: str) -> None:
    client = filled.signed_in("kvalitet")
    for path in (TAL, f"{TAL}/2025-4", OFFICE_PAGE, f"{TAL}/2026-1/{DEPARTMENT.key}"):
        page = client.get(f"{path}?visning={view}")
        assert page.status_code == 200
        assert page.text.count("<img") == page.text.count("<source") >= 6
    assert client.get(f"{TAL}/ordbog?visning={view}").status_code == 200


def test_the_newest_quarter_of_the_agency_comes_first(filled: Stage) -> None:
    client = filled.signed_in("kvalitet")
    page = client.get(TAL).text
    assert "<h1>Hele Ankestyrelsen</h1>" in page
    assert "3. kvartal 2026" in page
    assert without_nonce(page) == without_nonce(client.get(f"{TAL}/2026-3").text).replace(
        f"{TAL}/%E2%80%A6", TAL
    )


def test_each_chart_has_its_sentence_and_its_table(filled: Stage) -> None:
    page = filled.signed_in("kvalitet").get(OFFICE_PAGE).text
    sections = re.split(r'<section class="figures-section"', page)[1:]
    drawn = [one for one in sections if "<img" in one]
    assert len(drawn) == 8  # four pages, two lists, over time, beside the measurement
    for one in drawn:
        assert one.count('class="figures-says"') == one.count("<img") == one.count("<table") == 1
        assert re.search(r'alt="Diagram: .{40,}', one)


def test_satisfaction_is_split_by_outcome_with_intervals(filled: Stage) -> None:
    page = filled.signed_in("kvalitet").get(OFFICE_PAGE).text
    assert cell("better", "understood", 9) == (120, 99)
    assert "82 % (75–88 %) af 120" in page  # 99 of 120, and Wilson's interval by hand
    for outcome in ("Bedre for borgeren", "Det samme som før", "Klagen blev afvist"):
        assert f'<th scope="col">{outcome}</th>' in page


def test_what_is_hidden_is_said_to_be_hidden(filled: Stage) -> None:
    page = filled.signed_in("kvalitet").get(OFFICE_PAGE).text
    assert page.count(TOO_FEW) == 26  # 23 measures; again beside the measurement, of 3 questions
    assert "Skjulte tal i diagrammerne: 23." in page
    gone = filled.signed_in("kvalitet").get(f"{TAL}/2025-4/{GONE.key}").text
    assert "Der er for få svar til at vise, hvor mange der har svaret." in gone


NOT_THERE = [
    *("2026-4", "2024-1", "2026-5", "x", "2026-3/office:nobody", f"2026-3/{GROUP.key}"),
    *(f"2026-3/{GONE.key}", "2026-4.csv", "2026-3.xls", "x.json"),
    "2026-3/agency:agency/da/x.wide.svg",
    "2026-3/agency:agency/xx/reasons.wide.svg",
    "2026-4/agency:agency/da/reasons.wide.svg",
    "2026-3/agency:agency/da/reasons.huge.svg",
    "2026-3/agency:agency/da/beside.wide.svg",  # nothing was measured of the agency
]


def test_what_is_not_there_is_not_found(filled: Stage) -> None:
    client = filled.signed_in("kvalitet")
    assert {path: client.get(f"{TAL}/{path}").status_code for path in NOT_THERE} == dict.fromkeys(
        NOT_THERE, 404
    )


def test_the_past_of_an_office_that_closed_is_kept(filled: Stage) -> None:
    client = filled.signed_in("kvalitet")
    assert "=Det gamle kontor" in client.get(f"{TAL}/2025-4/{GONE.key}").text
    assert "Det gamle kontor" not in client.get(TAL).text


def test_who_works_with_figures_may_look_and_it_is_written_down(filled: Stage) -> None:
    for person in ROLES:
        client = filled.signed_in(person)
        with filled.audited() as written:
            for path in (OFFICE_PAGE, CHART, f"{TAL}/2026-3.csv", f"{TAL}/ordbog"):
                assert client.get(path).status_code == 200
        told = [(line.act, line.page, line.why) for line in written]
        assert told == [
            ("figures.viewed", "staff.figures", None),
            ("figures.viewed", "staff.figures_chart", None),
            ("figures.exported", "staff.figures_export", "csv"),
            ("figures.viewed", "staff.figures_dictionary", None),
        ]


def test_nobody_else_may(filled: Stage) -> None:
    for person in ("frigiver", "inviterer", "tekst", "amalie", "roleless"):
        client = filled.signed_in(person)
        for path in (TAL, OFFICE_PAGE, CHART, f"{TAL}/2026-3.csv", f"{TAL}/2026-3.parquet"):
            answer = client.get(path)
            assert answer.status_code == 403
            assert answer.mimetype == "text/html"
            assert "kvartal" not in answer.text


# --- Charts.


def test_a_chart_is_an_image_without_styles_scripts_or_dates(filled: Stage) -> None:
    client = filled.signed_in("kvalitet")
    for address in charts_in(client.get(OFFICE_PAGE).text):
        answer = client.get(address)
        assert answer.mimetype == "image/svg+xml"
        told = answer.text
        root = ET.fromstring(told)  # noqa: S314 - our own bytes
        assert root.tag == f"{SVG}svg"
        assert root.get("width") == ("760" if ".wide." in address else "300")
        assert not [one for one in root.iter() if one.get("style") or one.tag == f"{SVG}script"]
        assert not re.search(r"20\d\d-\d\d-\d\d|matplotlib v|metadata|<!--", told)
        assert [one.text for one in root.iter(f"{SVG}text")]  # text, not outlines


def test_a_chart_is_drawn_once(filled: Stage) -> None:
    client = filled.signed_in("kvalitet")
    first = client.get(CHART)
    (kept,) = (filled.settings.data_dir / "charts").iterdir()
    written = kept.stat().st_mtime_ns
    again = client.get(CHART)
    assert again.data == first.data
    assert kept.stat().st_mtime_ns == written
    assert client.get(CHART, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert client.get(CHART.replace("/da/", "/en/")).data != first.data


# --- Files.


def test_the_files_hold_what_the_pages_show(filled: Stage) -> None:
    client = filled.signed_in("kvalitet")
    told = client.get(f"{TAL}/2025-4.csv")
    assert told.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert told.headers["Content-Disposition"] == 'attachment; filename="indblik-2025-4.csv"'
    rows = list(csv.DictReader(io.StringIO(told.data.decode("utf-8-sig"))))
    whole = client.get(f"{TAL}/2025-4.json").get_json()
    table = pq.read_table(io.BytesIO(client.get(f"{TAL}/2025-4.parquet").data))
    assert table.to_pylist() == whole["rows"]
    assert len(rows) == len(whole["rows"]) == 5 * (3 + 3 * 6 * 23)
    for row, other in zip(rows, whole["rows"], strict=True):
        same = {name: "" if value is None else str(value) for name, value in other.items()}
        same["unit_name"] = same["unit_name"].replace("=Det", "'=Det")
        assert row == same
    descriptions = {one["name"]: one["description"] for one in whole["columns"]}
    assert list(descriptions) == list(rows[0]) == table.column_names
    assert {name: (table.schema.field(name).metadata or {})[b"description"].decode()
            for name in descriptions} == descriptions  # fmt: skip
    page = client.get(f"{TAL}/ordbog").text
    assert all(said in page for said in descriptions.values())


def test_what_is_hidden_is_empty_with_a_reason(filled: Stage) -> None:
    rows = filled.signed_in("kvalitet").get(f"{TAL}/2026-3.json").get_json()["rows"]
    for row in rows:
        shown = [row[name] for name in ("n", "of", "share", "low", "high") if row[name] is not None]
        assert (row["reason"] == "too_few") is (row["n"] is None)
        assert not (row["reason"] and shown)
    hidden = {row["outcome"] for row in rows if row["language"] == "all" and row["reason"]}
    assert hidden == {"dismissed"}


def test_no_cell_of_a_spreadsheet_is_a_formula(filled: Stage) -> None:
    told = filled.signed_in("kvalitet").get(f"{TAL}/2025-4.csv").data.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(told)) for cell in row]
    assert "'=Det gamle kontor" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]


# --- What it costs.


# The account; closed quarters; units and turnouts; the figures of the unit; the measurement.
# The file reads the whole quarter, which is kept once it was read: its closing alone is asked.
READS = {TAL: 5, OFFICE_PAGE: 5, CHART: 5, f"{TAL}/2026-3.csv": 3, f"{TAL}/ordbog": 1}


def test_what_a_page_reads(filled: Stage) -> None:
    client = filled.signed_in("kvalitet")
    for path, reads in READS.items():
        client.get(path)
        with filled.counted() as run:
            assert client.get(path).status_code == 200
        assert Counter(one.split()[0] for one in run) == {"SELECT": reads, "INSERT": 1}


def test_nothing_that_draws_is_loaded_at_the_start() -> None:
    """Charts, PDF and Parquet take seconds to load; who does not need them does not wait."""
    program = "import portal.app, sys, json; print(json.dumps(list(sys.modules)))"
    told = subprocess.run(
        [sys.executable, "-c", program],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    loaded = {name.partition(".")[0] for name in json.loads(told.stdout)}
    assert not loaded & {"matplotlib", "typst", "pyarrow"}
