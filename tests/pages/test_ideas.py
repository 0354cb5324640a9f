"""The register of ideas."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from portal.changes.actions import add_idea
from portal.changes.queries import idea_of, ideas
from portal.changes.words import IdeaState, Proposal
from tests.pages.changes_forms import (
    BY,
    IDEAS,
    LIST,
    put,
    send,
)
from tests.pages.conftest import token_in

if TYPE_CHECKING:
    from tests.pages.conftest import Stage


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
        ({"title": ""}, "Overskrift: Feltet skal udfyldes."),
        ({"units": []}, "Hvem rører den?: Feltet skal udfyldes."),
        ({"units": ["office:nowhere"]}, "Hvem rører den?: Det findes ikke."),
        ({"state": "lost"}, "Hvad er der sket med den?"),
        ({"state": "closed"}, "Begrundelse: Feltet skal udfyldes."),
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
