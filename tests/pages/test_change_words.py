"""What citizens read of a change, from the first words to taking them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from portal.changes.actions import move, write_words
from portal.changes.queries import history_of, words_of
from portal.changes.words import Seen, Status
from tests.pages.changes_forms import (
    BY,
    LIST,
    now,
    put,
    send,
    told,
)
from tests.pages.conftest import token_in
from tests.rooms.changes.examples import VIEWS, words

if TYPE_CHECKING:
    from tests.pages.conftest import Stage


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
