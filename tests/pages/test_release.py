"""The release of texts: one person reads each before others do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.feedback.actions import take_in
from portal.feedback.models import FeedbackText
from portal.feedback.words import ReleasedText
from tests.pages.conftest import token_in
from tests.rooms.feedback.examples import COHORT, key

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.pages.conftest import Stage

QUEUE = "/medarbejder/frigivelse"
RELEASED = f"{QUEUE}/frigivne"
SAID = "Jeg er den eneste blinde på Læsø, og ⟦person⟧ hjalp mig."


def put(stage: Stage, *texts: str, lang: str = "da") -> None:
    """Texts that wait, with keys counted from 1."""
    told = [
        ReleasedText(key(number), COHORT, "2026-1", lang, "could_be_better_text", text)
        for number, text in enumerate(texts, 1)
    ]
    with Session(stage.engine.execution_options(writes=True)) as session:
        take_in(session, [], told)
        session.commit()


def states(stage: Stage) -> dict[str, tuple[str, str]]:
    with Session(stage.engine) as session:
        rows = session.scalars(select(FeedbackText).order_by(FeedbackText.key))
        return {row.key: (row.state, row.text) for row in rows}


def fields_of(page: str, do: str) -> dict[str, str]:
    """The hidden fields of the form that does this."""
    form = next(one for one in page.split("<form")[1:] if f'name="do" value="{do}"' in one)
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def send(client: FlaskClient, number: int, do: str, **more: str) -> TestResponse:
    """Read the text, and decide."""
    path = f"{QUEUE}/{key(number)}"
    return client.post(path, data=fields_of(client.get(path).text, do) | more)


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
@pytest.mark.parametrize("path", [QUEUE, RELEASED])
def test_nothing_is_there(stage: Stage, path: str, view: str) -> None:
    answer = stage.signed_in("frigiver").get(f"{path}?visning={view}")
    assert answer.status_code == 200
    assert "<blockquote" not in answer.text


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
def test_each_page_shows_the_text_as_it_is(own_stage: Stage, view: str) -> None:
    put(own_stage, SAID, "<script>alert(1)</script> & ⟦nothing_known⟧", "أنا من ⟦place⟧ 🙂")
    client = own_stage.signed_in("frigiver")
    for path in (QUEUE, *(f"{QUEUE}/{key(n)}" for n in (1, 2, 3))):
        shown = client.get(f"{path}?visning={view}").text
        assert "<script>alert" not in shown
        assert "⟦" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; <mark" in client.get(QUEUE).text
    one = client.get(f"{QUEUE}/{key(3)}").text
    assert '<p lang="da" dir="auto">أنا من <mark' in one
    assert "<bdi>أنا</bdi>" in one


def test_what_was_asked_is_said_in_the_view_of_the_reader(own_stage: Stage) -> None:
    put(own_stage, SAID)
    client = own_stage.signed_in("frigiver")
    assert "Fortæl mere om det, vi kan gøre bedre" in client.get(QUEUE).text
    assert "Fortæl mere" not in client.get(f"{QUEUE}?visning=en").text
    with Session(own_stage.engine) as session:
        session.scalars(select(FeedbackText)).one().version = "1999-1"
        session.commit()
    assert "could_be_better_text" in client.get(f"{QUEUE}/{key(1)}").text


def test_an_accepted_text_leads_to_the_next(own_stage: Stage) -> None:
    put(own_stage, SAID, "Godt.")
    client = own_stage.signed_in("frigiver")
    with own_stage.audited() as written:
        answer = send(client, 1, "accept")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{QUEUE}/{key(2)}?udfort=accepted"
    assert "Teksten er frigivet" in client.get(answer.headers["Location"]).text
    assert [(line.act, line.page, line.why, line.case) for line in written] == [
        ("release.viewed", "staff.release_text", None, None),
        ("text.accepted", "staff.release_text", None, None),
    ]
    assert {str(line.account) for line in written} == {own_stage.account("frigiver")}
    assert states(own_stage)[key(1)] == ("released", SAID)
    last = send(client, 2, "accept")
    assert last.headers["Location"] == f"{QUEUE}?udfort=accepted"
    assert "Ingen tekster venter" in client.get(last.headers["Location"]).text


def test_the_next_after_the_last_is_the_first(own_stage: Stage) -> None:
    put(own_stage, "a", "b", "c")
    client = own_stage.signed_in("frigiver")
    assert send(client, 3, "accept").headers["Location"].startswith(f"{QUEUE}/{key(1)}?")


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ({"phrases": "eneste blinde på Læsø"}, "Jeg er den ⟦more⟧, og ⟦person⟧ hjalp mig."),
        ({"numbers": "5, 7"}, "Jeg er den eneste ⟦more⟧ på ⟦more⟧, og ⟦person⟧ hjalp mig."),
        (
            {"phrases": " blinde \r\n\r\nhjalp mig", "numbers": "4"},
            "Jeg er den ⟦more⟧ på Læsø, og ⟦person⟧ ⟦more⟧.",
        ),
    ],
)
def test_more_is_hidden_and_the_text_read_again(
    own_stage: Stage, typed: dict[str, str], left: str
) -> None:
    put(own_stage, SAID)
    client = own_stage.signed_in("frigiver")
    with own_stage.audited() as written:
        answer = send(client, 1, "hide", **typed)
    assert answer.headers["Location"] == f"{QUEUE}/{key(1)}?udfort=hidden"
    assert states(own_stage)[key(1)] == ("waiting", left)
    assert "mere skjult" in client.get(answer.headers["Location"]).text
    assert written[-1].act == "text.hidden_in"
    assert send(client, 1, "accept").status_code == 303
    assert states(own_stage)[key(1)] == ("released", left)


@pytest.mark.parametrize("reason", ["hurts", "no_answer"])
def test_a_text_that_is_withheld_is_gone(own_stage: Stage, reason: str) -> None:
    put(own_stage, SAID, "Godt.")
    client = own_stage.signed_in("frigiver")
    with own_stage.audited() as written:
        answer = send(client, 1, "withhold", reason=reason)
    assert answer.headers["Location"] == f"{QUEUE}/{key(2)}?udfort=withheld"
    assert list(states(own_stage)) == [key(2)]
    assert (written[-1].act, written[-1].why) == ("text.withheld", reason)
    for answer in (client.get(f"{QUEUE}/{key(1)}"), client.get(f"{QUEUE}/{key(9)}")):
        assert answer.status_code == 404
        assert "Teksten er her ikke" in answer.text


def test_a_text_that_identifies_somebody_goes_at_once(own_stage: Stage) -> None:
    put(own_stage, SAID, "Godt.")
    client = own_stage.signed_in("frigiver")
    assert fields_of(client.get(f"{QUEUE}/{key(1)}").text, "withhold")["reason"] == "identifies"
    with own_stage.audited() as written:
        send(client, 1, "withhold", reason="identifies")
        send(client, 2, "accept")
        answer = send(client, 2, "withhold", reason="identifies")
    assert answer.headers["Location"] == f"{RELEASED}?udfort=withdrawn"
    assert "Teksten er taget ud og slettet" in client.get(answer.headers["Location"]).text
    assert states(own_stage) == {}
    assert [line.act for line in written if line.act != "release.viewed"] == [
        "text.withheld", "text.accepted", "text.withdrawn",
    ]  # fmt: skip


def test_a_released_text_can_be_withdrawn_and_nothing_else(own_stage: Stage) -> None:
    put(own_stage, SAID)
    client = own_stage.signed_in("frigiver")
    before = fields_of(client.get(f"{QUEUE}/{key(1)}").text, "accept")
    send(client, 1, "accept")
    shown = client.get(f"{QUEUE}/{key(1)}").text
    assert shown.count('name="do"') == 1
    assert key(1) in client.get(RELEASED).text
    assert key(1) not in client.get(QUEUE).text
    for more in ({"do": "accept"}, {"do": "hide", "phrases": "Læsø"},
                 {"do": "withhold", "reason": "hurts"}):  # fmt: skip
        answer = client.post(f"{QUEUE}/{key(1)}", data=before | more)
        assert answer.status_code == 409
    assert states(own_stage)[key(1)] == ("released", SAID)


@pytest.mark.parametrize("first", ["accept", "hide"])
def test_of_two_the_second_is_told(own_stage: Stage, first: str) -> None:
    put(own_stage, SAID)
    one, two = own_stage.signed_in("frigiver"), own_stage.signed_in("frigiver")
    path = f"{QUEUE}/{key(1)}"
    late = two.get(path).text
    assert send(one, 1, first, phrases="Læsø").status_code == 303
    kept = states(own_stage)
    for do, more in (("accept", {}), ("hide", {"phrases": "blinde"}),
                     ("withhold", {"reason": "hurts"})):  # fmt: skip
        with own_stage.audited() as written:
            answer = two.post(path, data=fields_of(late, do) | more)
        assert answer.status_code == 409
        assert "En anden var hurtigere end dig" in answer.text
        assert states(own_stage) == kept
        assert [line.act for line in written] == ["release.viewed"]


def test_of_two_the_second_is_told_that_it_is_gone(own_stage: Stage) -> None:
    put(own_stage, SAID)
    one, two = own_stage.signed_in("frigiver"), own_stage.signed_in("frigiver")
    late = fields_of(two.get(f"{QUEUE}/{key(1)}").text, "accept")
    send(one, 1, "withhold", reason="identifies")
    answer = two.post(f"{QUEUE}/{key(1)}", data=late)
    assert answer.status_code == 404
    assert "Så er den slettet" in answer.text


@pytest.mark.parametrize("person", ["kvalitet", "tekst", "inviterer", "amalie"])
def test_nobody_else_sees_or_decides(own_stage: Stage, person: str) -> None:
    put(own_stage, SAID)
    data = fields_of(own_stage.signed_in("frigiver").get(f"{QUEUE}/{key(1)}").text, "accept")
    client = own_stage.signed_in(person)
    data["csrf_token"] = token_in(client.get("/ord").text)
    assert client.post(f"{QUEUE}/{key(1)}", data=data).status_code == 403
    for path in (QUEUE, RELEASED, f"{QUEUE}/{key(1)}"):
        answer = client.get(path)
        assert answer.status_code == 403
        assert "Læsø" not in answer.text
    assert states(own_stage)[key(1)] == ("waiting", SAID)


def test_long_lists_go_on_after_a_key(own_stage: Stage) -> None:
    put(own_stage, *(f"Tekst nummer {n}." for n in range(1, 24)))
    client = own_stage.signed_in("frigiver")
    shown: list[str] = []
    path: str | None = QUEUE
    while path:
        page = client.get(path).text
        shown += re.findall(r"Tekst nummer (\d+)\.", page)
        onward = re.search(r'href="([^"]+)" rel="next"', page)
        path = onward[1] if onward else None
    assert shown == [str(n) for n in range(1, 24)]
    assert "Der er ikke flere tekster" in client.get(f"{QUEUE}?efter={key(23)}").text


def test_no_page_counts_or_tells_a_time(own_stage: Stage) -> None:
    put(own_stage, *("Tekst." for _ in range(7)))
    client = own_stage.signed_in("frigiver")
    for path in (QUEUE, f"{QUEUE}/{key(1)}"):
        main = client.get(path).text.partition("<main")[2].partition("</main>")[0]
        assert COHORT not in main
        assert "<time" not in main
        words = re.sub(r"<[^>]*>|sr-only[^<]*", " ", main)
        assert "syv" not in words
        assert not re.search(r"\b[78]\b(?!-9)", re.sub(r"Tag stilling til teksten\s+\d", "", words))


def test_what_the_pages_cost(own_stage: Stage) -> None:
    put(own_stage, *(f"Tekst {n}." for n in range(20)))
    client = own_stage.signed_in("frigiver")
    client.get(QUEUE)
    for path in (QUEUE, RELEASED, f"{QUEUE}/{key(1)}"):
        with own_stage.counted() as run:
            client.get(path)
        assert sorted(one.split()[0] for one in run) == ["INSERT", "SELECT", "SELECT"]
