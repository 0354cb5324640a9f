"""From a theme to a change, its public words, and the ideas."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from portal import clock
from portal.changes.actions import add_idea, edit, make, move, publish, write_words
from portal.changes.queries import change_of, changes_of, history_of, idea_of, ideas, words_of
from portal.changes.words import By, IdeaState, Indicator, Proposal, Seen, Status, TextState
from portal.participation.words import Quarter
from tests.pages.changes_ground import BEFORE, HELD, laid
from tests.pages.conftest import token_in
from tests.rooms.changes.examples import PLAN, VIEWS, words

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.pages.conftest import Stage

LIST = "/medarbejder/aendringer"
IDEAS = "/medarbejder/ideer"
TODAY = clock.day_of(clock.now())
BY = By(UUID(int=7), TODAY)
INDICATOR = Indicator("understood", "office:work", "all", BEFORE, None)
MINE = replace(PLAN, unit="office:work", due=TODAY + timedelta(days=9), indicator=INDICATOR)
TYPED = {
    "title": "Kortere breve",
    "theme": "waiting_time",
    "unit": "office:work",
    "owner": "Kontorchefen",
    "due": (TODAY + timedelta(days=30)).isoformat(),
    "effect": "Flere forstår brevet.",
    "measure": "understood",
    "measured_unit": "office:work",
    "outcome": "all",
    "before": "2025-3",
    "after": "",
}


@pytest.fixture
def ground(own_stage: Stage) -> Stage:
    """A stage with an office, three themes and a closed quarter."""
    with Session(own_stage.engine.execution_options(writes=True)) as session:
        laid(session)
        session.commit()
    return own_stage


def put(stage: Stage, plan: object = MINE) -> UUID:
    assert isinstance(plan, type(MINE))
    with Session(stage.engine.execution_options(writes=True)) as session:
        key = make(session, BY, plan)
        session.commit()
    return key


def told(stage: Stage, *, published: bool) -> UUID:
    """A change that is under way, with words in every view."""
    key = put(stage)
    with Session(stage.engine.execution_options(writes=True)) as session:
        write_words(session, Seen(key, 1), words(*VIEWS))
        move(session, BY, Seen(key, 2), Status.UNDER_WAY, "Begyndt.")
        if published:
            publish(session, BY, Seen(key, 3), VIEWS, ["employment"])
        session.commit()
    return key


def now(stage: Stage, key: UUID) -> tuple[Status, TextState, int]:
    with Session(stage.engine) as session:
        found = change_of(session, key)
    return found.status, found.text_state, found.version


def send(client: FlaskClient, path: str, data: dict[str, object]) -> TestResponse:
    """Read the page, and send its form with this in its fields."""
    page = client.get(path).text
    hidden = dict(re.findall(r'type="hidden" name="(version)" value="([^"]*)"', page))
    return client.post(path, data={"csrf_token": token_in(page), **hidden, **data})


def moved(client: FlaskClient, key: UUID, **data: str) -> TestResponse:
    page = client.get(f"{LIST}/{key}").text
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    sent = {"csrf_token": token_in(page), "version": version[1], **data}
    return client.post(f"{LIST}/{key}/status", data=sent)


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
        ({"title": " "}, "Overskrift: Feltet mangler."),
        ({"title": "x" * 121}, "Overskrift: Teksten er for lang."),
        ({"due": "2020-01-01"}, "Frist: Datoen er gået."),
        ({"due": "31-02-2027"}, "Frist: Skriv en dato, der findes."),
        ({"due": ""}, "Frist: Feltet mangler."),
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


# --- What citizens read.


def test_words_are_written_looked_at_and_published(ground: Stage) -> None:
    key = put(ground)
    client = ground.signed_in("redaktor")
    path = f"{LIST}/{key}/tekst"
    answer = send(client, path, {"title-da": "Kort", "said-da": "Langt.", "did-da": "Kort nu."})
    assert answer.headers["Location"] == f"{LIST}/{key}/eftersyn?udfort=worded"
    look = client.get(answer.headers["Location"]).text
    assert "Kladden er gemt" in look
    assert look.count("Her mangler noget.") == 2
    assert "Ændringen er ikke i gang endnu" in look
    with Session(ground.engine.execution_options(writes=True)) as session:
        move(session, BY, Seen(key, 2), Status.DONE, "Gjort.")
        session.commit()
    assert "før alle udgaver er skrevet" in client.get(f"{LIST}/{key}/eftersyn").text
    early = send(client, f"{LIST}/{key}/eftersyn", {"do": "publish", "version": "3"})
    assert early.status_code == 422
    parts = ("title", "said", "did")
    whole = {f"{part}-{view}": f"{part} {view}" for part in parts for view in VIEWS}
    assert send(client, path, {**whole}).status_code == 303
    with ground.audited() as written:
        done = send(client, f"{LIST}/{key}/eftersyn", {"do": "publish"})
    assert done.headers["Location"] == f"{LIST}/{key}?udfort=published"
    assert [line.act for line in written] == ["changes.viewed", "change.published"]
    assert "did en" in ground.nobody().get("/i-sagde-vi-gjorde?visning=en").text
    with Session(ground.engine) as session:
        assert history_of(session, key)[0].now == "published"
    assert "Træk den tilbage, før du retter den" in client.get(path).text


def test_what_was_published_can_be_taken_back(ground: Stage) -> None:
    key = told(ground, published=True)
    client = ground.signed_in("redaktor")
    path = f"{LIST}/{key}/eftersyn"
    assert send(client, path, {"do": "withdraw", "reason": ""}).status_code == 422
    assert "Titel da" in ground.nobody().get("/i-sagde-vi-gjorde").text
    with ground.audited() as written:
        answer = send(client, path, {"do": "withdraw", "reason": "Det passede ikke."})
    assert answer.status_code == 303
    assert written[-1].act == "change.withdrawn"
    assert "Titel da" not in ground.nobody().get("/i-sagde-vi-gjorde").text
    again = send(client, path, {"do": "withdraw", "reason": "x"})
    assert again.status_code == 409
    assert send(client, path, {"do": "burn"}).status_code == 400


def test_of_two_who_write_the_later_is_told_and_loses_nothing(ground: Stage) -> None:
    key = told(ground, published=False)
    client = ground.signed_in("redaktor")
    page = client.get(f"{LIST}/{key}/tekst").text
    with Session(ground.engine.execution_options(writes=True)) as session:
        write_words(session, Seen(key, 3), words("da", "en"))
        session.commit()
    sent = {"csrf_token": token_in(page), "version": "3", "said-da": "Mine egne ord"}
    answer = client.post(f"{LIST}/{key}/tekst", data=sent)
    assert answer.status_code == 409
    assert "Mine egne ord</textarea>" in answer.text
    assert "<dd>Sagt en</dd>" in answer.text
    stale = client.post(
        f"{LIST}/{key}/eftersyn",
        data={"csrf_token": token_in(page), "version": "3", "do": "publish"},
    )
    assert stale.status_code == 409
    with Session(ground.engine) as session:
        assert words_of(session, key) == words("da", "en")


def test_words_that_are_too_long_are_not_kept(ground: Stage) -> None:
    key = put(ground)
    client = ground.signed_in("redaktor")
    answer = send(client, f"{LIST}/{key}/tekst", {"title-en": "x" * 121, "did-da": "y" * 601})
    assert answer.status_code == 422
    assert "y" * 601 in answer.text
    assert answer.text.count("Teksten er for lang") == 4  # at the top, and at the field
    assert now(ground, key)[2] == 1


# --- Ideas.

IDEA: dict[str, object] = {
    "title": "Saml sagerne",
    "text": "En familie har flere sager.",
    "units": ["office:work", "agency:agency"],
    "state": "open",
    "reason": "",
    "change": "",
}


def test_an_idea_is_kept(ground: Stage) -> None:
    key = put(ground)
    client = ground.signed_in("temaejer")
    with ground.audited() as written:
        answer = send(client, f"{IDEAS}/ny", IDEA)
    assert answer.headers["Location"] == f"{IDEAS}?udfort=kept"
    assert [line.act for line in written][-1] == "idea.kept"
    page = client.get(answer.headers["Location"]).text
    assert "Ideen er gemt" in page
    assert "Hele styrelsen, Kontoret for Arbejde" in page
    with Session(ground.engine) as session:
        idea = ideas(session)[0].id
    taken = {**IDEA, "state": "taken_up", "change": str(key)}
    assert send(client, f"{IDEAS}/{idea}", taken).status_code == 303
    assert f'href="{LIST}/{key}"' in client.get(IDEAS).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": ""}, "Overskrift: Feltet mangler."),
        ({"units": []}, "Hvem rører den?: Feltet mangler."),
        ({"units": ["office:nowhere"]}, "Hvem rører den?: Det findes ikke."),
        ({"state": "lost"}, "Hvad er der sket med den?"),
        ({"state": "closed"}, "Begrundelse: Feltet mangler."),
        ({"change": "x"}, "Hvilken ændring blev den til?: Det findes ikke."),
        ({"change": str(uuid4())}, "Hvilken ændring blev den til?: Det findes ikke."),
    ],
)
def test_an_idea_that_cannot_be_is_not_kept(
    ground: Stage, typed: dict[str, object], said: str
) -> None:
    answer = send(ground.signed_in("temaejer"), f"{IDEAS}/ny", {**IDEA, **typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert "En familie har flere sager." in answer.text


def test_of_two_who_edit_an_idea_the_later_is_told(ground: Stage) -> None:
    kept = Proposal("Saml", "Alt.", ("office:closed",), IdeaState.OPEN, "", None)
    with Session(ground.engine.execution_options(writes=True)) as session:
        key = add_idea(session, BY, kept)
        session.commit()
    client = ground.signed_in("temaejer")
    sent = {**IDEA, "units": ["office:closed"]}
    page = client.get(f"{IDEAS}/{key}").text
    assert send(client, f"{IDEAS}/{key}", sent).status_code == 303
    late = {**sent, "text": "Mine ord.", "csrf_token": token_in(page), "version": "1"}
    answer = client.post(f"{IDEAS}/{key}", data=late)
    assert answer.status_code == 409
    assert "Mine ord.</textarea>" in answer.text
    assert "<dd>Saml sagerne</dd>" in answer.text
    with Session(ground.engine) as session:
        assert idea_of(session, key).proposal.text == "En familie har flere sager."


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
