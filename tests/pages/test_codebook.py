"""The codebook's pages: every change has a reason, and nothing typed is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from portal.themes import actions, queries
from portal.themes.words import Found, Polarity
from tests.pages.themes import checked_in, did, errors_in, hidden_in, read, set_up
from tests.rooms.themes.examples import NOW, TWICE, VIEWS, decision, key, text, wording

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session
    from werkzeug.test import TestResponse

    from portal.themes.words import Theme
    from tests.pages.conftest import Stage

PATH = "/medarbejder/kodebog"
TONE = f"{PATH}/tema/tone"
NEW = f"{PATH}/nyt"
PROPOSALS = f"{PATH}/forslag"
AGREEMENT = f"{PATH}/enighed"
WORDED = {
    f"{what}-{view}": f"{what} in {view}"
    for what in ("title", "description", "examples")
    for view in VIEWS
} | {"why": "It was asked for."}


def themes(stage: Stage) -> dict[str, Theme]:
    return {one.code: one for one in read(stage, queries.themes)}


def send(client: FlaskClient, path: str, do: str, **more: object) -> TestResponse:
    """Read the page, and send the form that does this."""
    told = hidden_in(client.get(path).text, f'name="do" value="{do}"')
    return client.post(path.partition("?")[0], data=told | more)


def log(stage: Stage) -> list[tuple[str, str | None, tuple[str, ...], str, str | None]]:
    return [
        (line.happening, line.theme, line.into, line.why, line.account and str(line.account))
        for line in read(stage, queries.log)
    ]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("path", ["", "/tema/tone", "/nyt", "/forslag", "/enighed"])
def test_each_page_opens_in_each_view(own_stage: Stage, path: str, view: str) -> None:
    set_up(own_stage)
    did(own_stage, lambda s: actions.propose(s, [Found(("kø",), (key(1), key(2)), (key(1),))]))
    page = own_stage.signed_in("temaejer").get(f"{PATH}{path}?visning={view}")
    assert page.status_code == 200
    assert "<h1>" in page.text


def test_a_theme_is_added_under_a_code_that_is_never_given_again(own_stage: Stage) -> None:
    set_up(own_stage)
    owner = own_stage.signed_in("temaejer")
    with own_stage.audited() as written:
        answer = send(owner, NEW, "add", code="waiting_room", **WORDED)
    assert answer.headers["Location"] == f"{PATH}?udfort=added"
    assert [(line.act, line.why) for line in written] == [
        ("codebook.viewed", None),
        ("codebook.changed", "added"),
    ]
    made = themes(own_stage)["waiting_room"]
    assert made.titles["en"] == "title in en"
    assert made.examples == {view: (f"examples in {view}",) for view in VIEWS}
    assert "Temaet er tilføjet" in owner.get(answer.headers["Location"]).text
    assert log(own_stage)[0] == (
        "added", "waiting_room", (), "It was asked for.", own_stage.account("temaejer"),
    )  # fmt: skip
    again = send(owner, NEW, "add", code="waiting_room", **WORDED)
    assert again.status_code == 422
    assert errors_in(again.text) == ["code"]
    assert "title in en" in again.text


def test_words_are_changed_and_the_history_says_who_and_why(own_stage: Stage) -> None:
    set_up(own_stage)
    owner = own_stage.signed_in("temaejer")
    assert send(owner, TONE, "edit", **WORDED).status_code == 303
    assert themes(own_stage)["tone"].titles["da"] == "title in da"
    page = owner.get(PATH).text
    assert "It was asked for." in page
    assert "Ny tekst: title in da" in page


@pytest.mark.parametrize(
    ("do", "sent", "state", "into"),
    [
        ("merge", {"into": "clarity"}, "merged", ("clarity",)),
        ("split", {"into": ["clarity", "waiting_time"]}, "split", ("clarity", "waiting_time")),
        ("drop", {}, "dropped", ()),
    ],
)
def test_a_theme_ends_with_its_reason(
    own_stage: Stage, do: str, sent: dict[str, object], state: str, into: tuple[str, ...]
) -> None:
    set_up(own_stage)
    owner = own_stage.signed_in("temaejer")
    answer = send(owner, TONE, do, why=" Two of one. ", **sent)
    assert answer.headers["Location"] == f"{PATH}?udfort={state}"
    assert (themes(own_stage)["tone"].state, themes(own_stage)["tone"].into) == (state, into)
    assert log(own_stage)[0][:4] == (state, "tone", into, "Two of one.")
    page = owner.get(answer.headers["Location"]).text
    assert "Temaer, der ikke bruges mere" in page
    over = owner.get(TONE).text
    assert "<textarea" not in over
    forged = owner.post(TONE, data={**_token(owner), "do": "drop", "why": "x", "version": "4"})
    assert forged.status_code == 422


def _token(client: FlaskClient) -> dict[str, str]:
    return {"csrf_token": hidden_in(client.get(NEW).text, 'value="add"')["csrf_token"]}


@pytest.mark.parametrize(
    ("do", "sent", "fields"),
    [
        ("edit", WORDED | {"title-en": "", "why": " "}, ["why", "title-en"]),
        ("edit", WORDED | {"description-da": "x" * 1_001}, ["description-da"]),
        ("edit", WORDED | {"title-da": "x" * 81}, ["title-da"]),
        ("edit", WORDED | {"examples-da": "x\n" * 21}, ["examples-da"]),
        ("edit", WORDED | {"why": "x" * 1_001}, ["why"]),
        ("merge", {"why": "because"}, ["into"]),
        ("merge", {"why": "because", "into": "tone"}, ["into"]),
        ("merge", {"why": "because", "into": "weather"}, ["into"]),
        ("merge", {"into": "clarity"}, ["why"]),
        ("split", {"why": "because", "into": "clarity"}, ["into"]),
        ("split", {"why": "because"}, ["into"]),
        ("drop", {}, ["why"]),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    own_stage: Stage, do: str, sent: dict[str, object], fields: list[str]
) -> None:
    set_up(own_stage)
    answer = send(own_stage.signed_in("temaejer"), TONE, do, **sent)
    assert answer.status_code == 422
    assert errors_in(answer.text) == fields
    for field in fields:
        assert f'id="{field}"' in answer.text
    if sent.get("why") == "because":
        assert ">\nbecause</textarea>" in answer.text
    if sent.get("into") == "clarity":
        assert "clarity" in checked_in(answer.text)
    assert themes(own_stage)["tone"].state == "active"


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        (TONE, {"do": "burn", "why": "x", "version": "3"}),
        (TONE, {"do": "drop", "why": "x", "version": "x"}),
        (TONE, {"do": "drop", "why": "x"}),
        (TONE, {"do": "merge", "into": "<b>", "why": "x", "version": "3"}),
        (NEW, {"code": "x2", "version": "3", "forslag": "none", **WORDED}),
        (PROPOSALS, {"do": "drop", "why": "x", "version": "3"}),
        (PROPOSALS, {"do": "burn", "forslag": str(UUID(int=1)), "version": "3"}),
        (PROPOSALS, {"do": "drop", "forslag": str(UUID(int=1)), "why": "x", "version": "x"}),
        (AGREEMENT, {"themes": "tone", "polarity": "praise", "version": "3", "key": "x"}),
        (AGREEMENT, {"themes": "weather", "polarity": "praise", "version": "3", "key": key(1)}),
        (AGREEMENT, {"themes": "tone", "polarity": "praise", "version": "9", "key": key(1)}),
    ],
)
def test_what_no_form_holds_is_refused(own_stage: Stage, path: str, sent: dict[str, str]) -> None:
    set_up(own_stage)
    owner = own_stage.signed_in("temaejer")
    assert owner.post(path, data=_token(owner) | sent).status_code == 400
    assert len(log(own_stage)) == 3


@pytest.mark.parametrize("path", [TONE, NEW, PROPOSALS, AGREEMENT])
def test_a_form_without_its_token_does_nothing(own_stage: Stage, path: str) -> None:
    set_up(own_stage)
    assert own_stage.signed_in("temaejer").post(path, data=WORDED).status_code == 400


def test_who_comes_second_is_told_and_keeps_what_was_typed(own_stage: Stage) -> None:
    set_up(own_stage)
    owner = own_stage.signed_in("temaejer")
    told = hidden_in(owner.get(TONE).text, 'value="edit"')
    new = hidden_in(owner.get(NEW).text, 'value="add"')
    did(own_stage, lambda s: actions.edit(s, "clarity", wording("new"), decision()))
    for path, form in ((TONE, told), (NEW, new | {"code": "fresh"})):
        answer = owner.post(path, data=form | WORDED)
        assert answer.status_code == 409
        assert "har ændret kodebogen imens" in answer.text
        assert "description in en" in answer.text
    assert themes(own_stage)["tone"].titles == wording("tone").titles


def test_a_theme_that_never_was(own_stage: Stage) -> None:
    set_up(own_stage)
    assert own_stage.signed_in("temaejer").get(f"{PATH}/tema/weather").status_code == 404


def coded(coder: UUID, number: int, themes: set[str]) -> Callable[[Session], object]:
    return lambda s: actions.code(s, coder, key(number, TWICE), themes, Polarity.PRAISE, 3)


def test_the_owner_settles_where_two_disagree(own_stage: Stage) -> None:
    set_up(own_stage, *(text(n, TWICE) for n in range(1, 13)))
    one, other = (UUID(own_stage.account(who)) for who in ("koder", "anden"))
    for number in range(1, 13):
        said = {"tone"} if number < 7 else {"clarity"}
        did(own_stage, coded(one, number, said))
        did(own_stage, coded(other, number, said if number > 1 else {"clarity"}))
    owner = own_stage.signed_in("temaejer")
    page = owner.get(AGREEMENT).text
    assert "0,83" in page
    assert "Meget god" in page
    assert key(1, TWICE) in page
    assert "Ros: tone da" in page
    told = hidden_in(page, 'name="key"')
    for sent, status in (({}, 422), ({"themes": "tone", "polarity": "praise"}, 303)):
        with own_stage.audited() as written:
            assert owner.post(AGREEMENT, data=told | sent).status_code == status
    assert written[-1].act == "coding.settled"
    assert "Ingen tekster skal afgøres" in owner.get(AGREEMENT).text
    gone = told | {"themes": "waiting_time", "polarity": "praise"}
    did(own_stage, lambda s: actions.drop(s, "waiting_time", decision()))
    assert owner.post(AGREEMENT, data=gone).status_code == 409


def proposing(keys: list[tuple[str, ...]]) -> Callable[[Session], object]:
    return lambda s: actions.propose(s, [Found(("x",), members, members) for members in keys])


def test_the_pages_ask_the_database_a_fixed_number_of_times(own_stage: Stage) -> None:
    set_up(own_stage, *(text(n) for n in range(1, 40)))
    owner = own_stage.signed_in("temaejer")
    counts = []
    for number in (1, 9):
        keys = [tuple(key(n) for n in (place, place + 1)) for place in range(1, 2 * number, 2)]
        did(own_stage, proposing(keys))
        for path in (PATH, TONE, NEW, PROPOSALS, AGREEMENT):
            with own_stage.counted() as run:
                assert owner.get(path).status_code == 200
            counts.append(len(run))
    assert counts[:5] == counts[5:]
    assert max(counts) <= 8


def test_the_history_stands_with_its_time(own_stage: Stage) -> None:
    set_up(own_stage)
    assert re.search(
        rf"{NOW.day}\. oktober {NOW.year} kl\. 11", own_stage.signed_in("temaejer").get(PATH).text
    )
