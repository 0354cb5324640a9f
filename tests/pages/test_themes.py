"""Theme figures for staff: what is shown, what is quoted, and a search that knows no more."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.feedback.models import FeedbackText
from portal.figures.models import FigureQuarter, FigureUnit
from portal.figures.queries import asked_in
from portal.figures.rules.counting import groups_of
from portal.figures.rules.tables import units_of
from portal.organisation.models import Department, Office
from portal.organisation.queries import structure_on
from portal.participation.models import ParticipationCohort
from portal.participation.words import Quarter
from portal.themes import actions, queries
from portal.themes.words import Polarity
from tests.pages.test_release import QUEUE, fields_of
from tests.pages.themes import did, errors_in, hidden_in, read
from tests.rooms.themes.examples import codebook, key, text

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session
    from werkzeug.test import TestResponse

    from tests.pages.conftest import Stage

PATH = "/medarbejder/temaer"
QUARTER = Quarter(2026, 3)
TODAY = date(2026, 11, 22)
UNIT = f"{PATH}/2026-3/agency:agency"
QUOTES = f"{PATH}/2026-3/citater?enhed=agency:agency&tema=tone&tone=praise"
OTHER = "Ingen andre siger det ord: frikadelle."


def _ground(session: Session) -> None:
    session.add(Department(code="all", name="Alle"))
    session.flush()
    for code, group in (("one", "disability"), ("two", "children")):
        session.add(
            Office(code=code, name=f"Kontor {code}", department="all", groups=[group],
                   since=date(2020, 1, 1), until=None)
        )  # fmt: skip
        session.add(
            ParticipationCohort(
                name=f"2026-3-{group}", groups=[group], public=b"", private_sealed=None,
                issue_from=QUARTER.first, issue_until=QUARTER.last,
                redeem_until=QUARTER.last + timedelta(days=28), invited=99,
            )
        )  # fmt: skip
    said = "Tak {}. Hun var rolig og ⟦person⟧ hjalp mig."
    session.add_all(text(n, said=said.format(n)) for n in range(20))
    session.add_all(text(n, said=said.format(n), cohort="2026-3-children") for n in range(20, 32))
    session.add(text(50, said=OTHER))


def _figures(session: Session) -> None:
    """Figures that are closed, without the work of closing them."""
    session.add(FigureQuarter(year=2026, number=3, closed_on=TODAY))
    session.flush()
    units = units_of(structure_on(session, QUARTER.last), groups_of(asked_in(session, QUARTER)))
    for place, unit in enumerate(units):
        session.add(
            FigureUnit(
                year=2026, number=3, place=place, level=unit.level, code=unit.code,
                name=unit.name, inside=unit.inside, decided=None, invited=None, answered=None,
            )
        )  # fmt: skip


def set_up(stage: Stage) -> None:
    """A quarter whose figures are closed, and whose texts are coded but for one."""
    coder = UUID(stage.account("koder"))
    did(stage, codebook)
    did(stage, _ground)
    did(stage, lambda s: [
        actions.code(s, coder, key(n), {"tone"}, Polarity.PRAISE, 3) for n in range(32)
    ])  # fmt: skip
    did(stage, _figures)


def close(stage: Stage) -> None:
    did(stage, lambda s: actions.close(s, QUARTER, TODAY, leave_rest=True))


def quote(client: FlaskClient, number: int, **more: str) -> TestResponse:
    told = hidden_in(client.get(QUOTES).text, 'value="choose"') | {"key": key(number)}
    return client.post(QUOTES, data=told | more)


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
@pytest.mark.parametrize("path", [f"{PATH}?", f"{PATH}/soeg?", f"{PATH}/soeg?q=x"])
def test_nothing_is_there(stage: Stage, path: str, view: str) -> None:
    page = stage.signed_in("kvalitet").get(f"{path}&visning={view}")
    assert page.status_code == 200


@pytest.mark.parametrize("path", [UNIT, f"{PATH}/2026/agency:agency", f"{PATH}/2026-3/office:x"])
def test_a_quarter_that_is_not_closed_has_no_page(own_stage: Stage, path: str) -> None:
    set_up(own_stage)
    for who in ("kvalitet", "temaejer"):
        assert own_stage.signed_in(who).get(path).status_code == 404
    assert own_stage.signed_in("temaejer").get(QUOTES).status_code == 404


def test_an_administrator_closes_with_texts_that_are_not_coded(own_stage: Stage) -> None:
    set_up(own_stage)
    assert "ikke er lukket" not in own_stage.signed_in("kvalitet").get(PATH).text
    client = own_stage.signed_in("administrator")
    page = client.get(PATH).text
    assert "1 tekster mangler" in page
    told = hidden_in(page, "/luk")
    for _ in range(2):  # sent twice
        with own_stage.audited() as written:
            answer = client.post(f"{PATH}/2026-3/luk", data=told)
        assert answer.headers["Location"] == f"{PATH}?udfort=closed"
    assert [line.act for line in written] == []
    assert "Kvartalet er lukket" in client.get(answer.headers["Location"]).text
    assert read(own_stage, queries.closed_quarters) == [QUARTER]
    assert client.post(f"{PATH}/2026-2/luk", data=told).status_code == 404
    assert client.post(f"{PATH}/2026-3/luk").status_code == 400


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
def test_a_unit_shows_its_themes_and_nothing_small(own_stage: Stage, view: str) -> None:
    set_up(own_stage)
    close(own_stage)
    client = own_stage.signed_in("kvalitet")
    page = client.get(f"{UNIT}?visning={view}").text
    assert "</span>32</td>" in page
    assert "citater?" not in page
    if view == "da":
        assert "For få til at vise" in page
        assert "Kontor one" in page
        assert "Handicap" in page
    assert client.get(f"{PATH}/2026-3/office:one").status_code == 200
    assert client.get(f"{PATH}/2026-3/group:children").status_code == 200


def test_quotes_are_chosen_word_for_word(own_stage: Stage) -> None:
    set_up(own_stage)
    close(own_stage)
    owner, viewer = own_stage.signed_in("temaejer"), own_stage.signed_in("kvalitet")
    assert QUOTES.replace("&", "&amp;") in owner.get(UNIT).text
    assert OTHER not in owner.get(QUOTES).text
    with own_stage.audited() as written:
        answer = quote(owner, 1, excerpt="Hun var rolig")
    assert answer.status_code == 303
    assert written[-1].act == "quote.chosen"
    assert "Citatet er valgt" in owner.get(answer.headers["Location"]).text
    assert '<p lang="da" dir="auto">Hun var rolig</p>' in viewer.get(UNIT).text
    assert quote(owner, 2).status_code == 303
    full = owner.get(QUOTES).text
    assert 'value="choose"' not in full
    told = hidden_in(full, 'value="drop"')
    with own_stage.audited() as written:
        assert owner.post(QUOTES, data=told).status_code == 303
        assert owner.post(QUOTES, data=told).status_code == 303  # sent twice
    assert [line.act for line in written] == ["quote.dropped"]
    assert viewer.get(UNIT).text.count("<blockquote") == 1


@pytest.mark.parametrize(
    ("number", "excerpt", "said"),
    [
        (1, "Hun var vred", "Stykket står ikke sådan"),
        (1, "x" * 5_001, "højst være 400 tegn"),
        (1, "1.", "for kort"),
        (50, "", "ikke kodet med det tema"),
    ],
)
def test_what_cannot_be_quoted_is_told_and_stays(
    own_stage: Stage, number: int, excerpt: str, said: str
) -> None:
    set_up(own_stage)
    close(own_stage)
    answer = quote(own_stage.signed_in("temaejer"), number, excerpt=excerpt)
    assert answer.status_code == 422
    assert said in answer.text
    assert errors_in(answer.text) == [f"excerpt-{key(1)}" if number == 1 else "main-content"]
    assert number != 1 or f">\n{excerpt}</textarea>" in answer.text
    assert read(own_stage, lambda s: queries.quotes_of(s, QUARTER)) == []


@pytest.mark.parametrize(
    "address",
    [
        QUOTES.replace("tone=praise", "tone=loud"),
        QUOTES.replace("tema=tone", "tema=weather"),
        QUOTES.replace("agency:agency", "office:none"),
        QUOTES.replace("tone=praise", "tone=criticism"),  # too few
    ],
)
def test_where_no_figure_is_there_is_nothing_to_quote(own_stage: Stage, address: str) -> None:
    set_up(own_stage)
    close(own_stage)
    owner = own_stage.signed_in("temaejer")
    told = hidden_in(owner.get(QUOTES).text, 'value="choose"')
    assert owner.get(address).status_code == 404
    assert owner.post(address, data=told).status_code in {404, 422}
    assert owner.post(QUOTES, data=told | {"do": "burn"}).status_code == 400
    assert owner.post(QUOTES, data=told | {"key": "x"}).status_code == 400
    assert owner.post(QUOTES, data={"do": "choose", "key": key(1)}).status_code == 400
    assert owner.post(QUOTES, data=told | {"key": key(99)}).status_code == 404


def test_a_search_knows_no_more_than_the_pages(own_stage: Stage) -> None:
    set_up(own_stage)
    close(own_stage)
    viewer, owner = own_stage.signed_in("kvalitet"), own_stage.signed_in("temaejer")
    for client in (viewer, owner):
        assert "<blockquote" not in client.get(f"{PATH}/soeg?q=rolig").text
        assert "frikadelle." not in client.get(f"{PATH}/soeg?q=frikadelle").text
    assert quote(owner, 1).status_code == 303
    page = viewer.get(f"{PATH}/soeg?q=ROLIG").text
    assert page.count("<blockquote") == 1
    assert "tone da, 3. kvartal 2026" in page
    assert "What tone means" in viewer.get(f"{PATH}/soeg?q=means+tone").text


def test_a_text_that_is_withdrawn_is_gone_everywhere(own_stage: Stage) -> None:
    """Through the page of those who release; the figures stay as they were closed."""
    set_up(own_stage)
    close(own_stage)
    owner, viewer = own_stage.signed_in("temaejer"), own_stage.signed_in("kvalitet")
    assert quote(owner, 1).status_code == 303
    assert "Tak 1." in viewer.get(UNIT).text
    releaser = own_stage.signed_in("frigiver")
    path = f"{QUEUE}/{key(1)}"
    told = fields_of(releaser.get(path).text, "withhold")
    assert releaser.post(path, data=told).headers["Location"].endswith("udfort=withdrawn")
    assert read(own_stage, lambda s: s.get(FeedbackText, key(1))) is None
    for client, page in (
        (viewer, UNIT),
        (viewer, f"{PATH}/soeg?q=Tak"),
        (owner, QUOTES),
        (own_stage.signed_in("koder"), "/medarbejder/kodning"),
    ):
        assert "Tak 1." not in client.get(page).text
    account = UUID(own_stage.account("koder"))
    assert read(own_stage, lambda s: queries.own_coding(s, account, key(1))) is None
    assert own_stage.signed_in("koder").get(f"/medarbejder/kodning/{key(1)}").status_code == 404
    assert "32" in viewer.get(UNIT).text
    assert key(1) not in read(own_stage, lambda s: s.scalars(select(FeedbackText.key)).all())


def test_the_pages_ask_the_database_a_fixed_number_of_times(own_stage: Stage) -> None:
    set_up(own_stage)
    close(own_stage)
    owner = own_stage.signed_in("temaejer")
    counts = []
    for number in (1, 2):
        assert quote(owner, number).status_code == 303
        for path in (PATH, UNIT, f"{PATH}/soeg?q=rolig", QUOTES):
            with own_stage.counted() as run:
                assert owner.get(path).status_code == 200
            counts.append(len(run))
    assert counts[:4] == counts[4:]
    assert max(counts) <= 15
