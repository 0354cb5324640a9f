"""From a theme to a change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

from portal.changes.actions import edit
from portal.changes.queries import change_of, changes_of
from portal.changes.words import Seen, Status
from portal.participation.words import Quarter
from tests.pages.changes_forms import (
    IDEAS,
    INDICATOR,
    LIST,
    MINE,
    TODAY,
    TYPED,
    moved,
    now,
    put,
    send,
    told,
)
from tests.pages.changes_ground import HELD
from tests.pages.conftest import token_in
from tests.rooms.changes.examples import VIEWS

if TYPE_CHECKING:
    from tests.pages.conftest import Stage


# --- Looking.


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("path", [LIST, IDEAS])
def test_nothing_is_there(stage: Stage, path: str, view: str) -> None:
    page = stage.signed_in("kvalitet").get(f"{path}?visning={view}")
    assert page.status_code == 200
    assert "case-card" not in page.text


def test_what_is_late_is_said_in_words(ground: Stage) -> None:
    put(ground, replace(MINE, title="Forsinket", due=TODAY - timedelta(days=1)))
    put(ground)
    page = ground.signed_in("kvalitet").get(LIST).text
    first, second = page.split('class="card case-card"')[1:]
    assert "Forsinket" in first
    assert "Fristen er overskredet" in first
    assert "Fristen er overskredet" not in second
    assert "Om afgørelsen kan forstås" in second
    assert "Kontoret for Arbejde" in second


@pytest.mark.parametrize("view", VIEWS)
def test_one_change_is_shown_in_each_view(ground: Stage, view: str) -> None:
    key = told(ground, published=True)
    for person in ("kvalitet", "temaejer", "redaktor"):
        page = ground.signed_in(person).get(f"{LIST}/{key}?visning={view}").text
        assert MINE.title in page
        assert ("/status" in page) is (person == "temaejer")
        assert ("/eftersyn" in page) is (person == "redaktor")


def test_the_indicator_is_told_from_shown_figures_alone(ground: Stage) -> None:
    shown = put(ground, replace(MINE, indicator=replace(INDICATOR, after=HELD)))
    hidden = put(ground, replace(MINE, indicator=replace(INDICATOR, outcome="dismissed")))
    client = ground.signed_in("kvalitet")
    page = client.get(f"{LIST}/{shown}").text
    assert "50 %" in page
    assert "75 %" in page
    assert "mere end tilfældet kan forklare" in page
    waiting = client.get(f"{LIST}/{put(ground)}").text
    assert "Det kan ikke siges endnu" in waiting
    assert "Vises ikke" in client.get(f"{LIST}/{hidden}").text


def test_a_look_is_written_down(ground: Stage) -> None:
    key = put(ground)
    client = ground.signed_in("kvalitet")
    with ground.audited() as written:
        client.get(LIST)
        client.get(f"{LIST}/{key}")
        client.get(IDEAS)
    assert [(line.act, line.page) for line in written] == [
        ("changes.viewed", "staff.changes"),
        ("changes.viewed", "staff.change"),
        ("changes.viewed", "staff.ideas"),
    ]


# --- Making and editing.


def test_a_change_is_made_from_a_theme(ground: Stage) -> None:
    client = ground.signed_in("temaejer")
    page = client.get(f"{LIST}/ny?tema=waiting_time").text
    assert '<option value="waiting_time" selected>' in page
    with ground.audited() as written:
        answer = send(client, f"{LIST}/ny", {**TYPED})
    assert answer.status_code == 303
    assert "Ændringen er lavet" in client.get(answer.headers["Location"]).text
    assert [line.act for line in written] == ["changes.viewed"] * 2 + ["change.made"]
    with Session(ground.engine) as session:
        made = changes_of(session)[0]
    assert (made.title, made.owner, made.theme) == ("Kortere breve", "Kontorchefen", "waiting_time")
    assert made.indicator == INDICATOR


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": " "}, "Overskrift: Feltet skal udfyldes."),
        ({"title": "x" * 121}, "Overskrift: Teksten er for lang."),
        ({"due": "2020-01-01"}, "Frist: Datoen er gået."),
        ({"due": "31-02-2027"}, "Frist: Skriv en dato, der findes."),
        ({"due": ""}, "Frist: Feltet skal udfyldes."),
        ({"unit": "office:nowhere"}, "Hvem laver ændringen?: Det findes ikke."),
        ({"unit": "group:employment"}, "Hvem laver ændringen?: Det findes ikke."),
        ({"measure": "answered"}, "Spørgsmål: Det findes ikke."),
        ({"measure": "nothing"}, "Spørgsmål: Det findes ikke."),
        ({"outcome": "dismissed"}, "Spørgsmål: Tallet vises ikke"),
        ({"outcome": "x"}, "Hvis svar?: Det findes ikke."),
        ({"before": "x"}, "Kvartal før ændringen: Vælg et kvartal"),
        ({"before": "2020-1"}, "Kvartal før ændringen: Kvartalet er ikke lukket"),
        ({"after": "2025-3"}, "Kvartal efter ændringen: Kvartalet skal ligge efter"),
        ({"theme": "gone"}, "Tema: Temaet findes ikke mere."),
        ({"theme": "never"}, "Tema: Temaet findes ikke mere."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(
    ground: Stage, typed: dict[str, str], said: str
) -> None:
    answer = send(ground.signed_in("temaejer"), f"{LIST}/ny", {**TYPED, **typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert "Flere forstår brevet." in answer.text
    assert '<option value="office:work" selected>' in answer.text
    with Session(ground.engine) as session:
        assert changes_of(session) == []


def test_a_merged_theme_is_followed(ground: Stage) -> None:
    client = ground.signed_in("temaejer")
    answer = send(client, f"{LIST}/ny", {**TYPED, "theme": "old"})
    assert answer.status_code == 303
    with Session(ground.engine) as session:
        assert changes_of(session)[0].theme == "waiting_time"
    put(ground, replace(MINE, theme="old"))
    put(ground, replace(MINE, theme="gone"))
    page = client.get(LIST).text
    assert page.count("<dd>Ventetid</dd>") == 2
    assert "Væk (temaet findes ikke mere)" in page


def test_of_two_who_edit_the_later_is_told_and_loses_nothing(ground: Stage) -> None:
    key = put(ground)
    client = ground.signed_in("temaejer")
    page = client.get(f"{LIST}/{key}/ret").text
    assert f'value="{MINE.title}"' in page
    with Session(ground.engine.execution_options(writes=True)) as session:
        edit(session, Seen(key, 1), replace(MINE, title="En andens ord"))
        session.commit()
    sent = {**TYPED, "csrf_token": token_in(page), "version": "1"}
    answer = client.post(f"{LIST}/{key}/ret", data=sent)
    assert answer.status_code == 409
    assert "En anden har ændret det imens" in answer.text
    assert "<dd>En andens ord</dd>" in answer.text
    assert 'value="Kortere breve"' in answer.text
    assert 'name="version" value="2"' in answer.text
    with ground.audited() as written:
        again = client.post(f"{LIST}/{key}/ret", data=sent | {"version": "2"})
    assert again.status_code == 303
    assert [line.act for line in written] == ["changes.viewed", "change.edited"]
    with Session(ground.engine) as session:
        assert change_of(session, key).title == "Kortere breve"


def test_a_late_change_can_be_edited_without_a_new_day(ground: Stage) -> None:
    late = replace(MINE, due=TODAY - timedelta(days=3))
    key = put(ground, late)
    client = ground.signed_in("temaejer")
    data: dict[str, object] = {**TYPED, "due": late.due.isoformat()}
    assert send(client, f"{LIST}/{key}/ret", data).status_code == 303
    earlier = (late.due - timedelta(days=1)).isoformat()
    assert send(client, f"{LIST}/{key}/ret", {**data, "due": earlier}).status_code == 422


def test_a_move_keeps_its_reason(ground: Stage) -> None:
    key = put(ground)
    client = ground.signed_in("temaejer")
    assert moved(client, key, status="under_way", reason=" ").status_code == 422
    assert moved(client, key, reason="x").status_code == 422
    assert moved(client, key, status="lost", reason="x").status_code == 422
    assert now(ground, key)[0] is Status.PLANNED
    with ground.audited() as written:
        answer = moved(client, key, status="dropped", reason="Det kan ikke lade sig gøre.")
    assert answer.status_code == 303
    assert [(line.act, line.why) for line in written][-1] == ("change.moved", "dropped")
    page = client.get(answer.headers["Location"]).text
    assert "Ændringen er flyttet" in page
    assert "Fordi: Det kan ikke lade sig gøre." in page
    assert moved(client, key, status="done", reason="x").status_code == 409
    assert now(ground, key)[0] is Status.DROPPED
    late = moved(client, key, status="planned", reason="Mit ord.", version="1")
    assert late.status_code == 409
    assert "Mit ord." in late.text


# --- What the pages cost, and before anything was closed.


def test_before_a_quarter_is_closed_no_change_can_be_made(stage: Stage) -> None:
    page = stage.signed_in("temaejer").get(f"{LIST}/ny").text
    assert "Intet kvartal er lukket endnu" in page


@pytest.mark.parametrize("path", [LIST, f"{LIST}/{{key}}", IDEAS])
def test_what_the_pages_cost(ground: Stage, path: str) -> None:
    key = put(ground)
    for n in range(5):
        put(ground, replace(MINE, title=f"Nr. {n}"))
    client = ground.signed_in("kvalitet")
    with ground.counted() as run:
        assert client.get(path.format(key=key)).status_code == 200
    reads = {LIST: 5, IDEAS: 6}.get(path, 12)
    assert sum(one.startswith("SELECT") for one in run) <= reads
    assert sum(one.startswith("INSERT") for one in run) == 1


def test_the_next_quarters_may_be_named_before_they_are_over(ground: Stage) -> None:
    page = ground.signed_in("temaejer").get(f"{LIST}/ny").text
    coming = page.partition('id="after"')[2].partition("</select>")[0]
    assert '<option value="2025-4"' in coming
    assert f'value="{Quarter(TODAY.year + 1, 1).year}-1"' in coming
