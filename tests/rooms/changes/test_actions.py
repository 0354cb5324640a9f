"""Changes on both databases: of two who edit the second is told, and only what is true is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from portal.changes.actions import (
    add_idea,
    edit,
    edit_idea,
    make,
    move,
    publish,
    withdraw,
    write_words,
)
from portal.changes.queries import (
    change_of,
    changes_of,
    history_of,
    idea_of,
    ideas,
    published,
    words_of,
)
from portal.changes.words import (
    CannotMove,
    ChangedMeanwhile,
    ChangeNotFound,
    IdeaState,
    NotReady,
    Proposal,
    Seen,
    Status,
    TextState,
    Told,
)
from tests.rooms.changes.examples import BY, INDICATOR, PLAN, VIEWS, words
from tests.rooms.feed.conftest import engine, session, vault

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

__all__ = ["engine", "session", "vault"]


@pytest.fixture
def change(session: Session) -> UUID:
    return make(session, BY, PLAN)


def now(session: Session, change: UUID) -> Seen:
    return Seen(change, change_of(session, change).version)


def begun(session: Session, change: UUID) -> None:
    write_words(session, now(session, change), words(*VIEWS))
    move(session, BY, now(session, change), Status.UNDER_WAY, "Vi er begyndt.")


def test_a_change_is_kept_as_it_was_said(session: Session, change: UUID) -> None:
    kept = change_of(session, change)
    assert kept.plan == PLAN
    assert (kept.status, kept.text_state, kept.version) == (Status.PLANNED, TextState.DRAFT, 1)
    assert [line.now for line in history_of(session, change)] == ["planned"]
    other = replace(PLAN, unit="agency:all", indicator=replace(INDICATOR, after=None))
    edit(session, now(session, change), other)
    assert change_of(session, change).plan == other
    assert changes_of(session, "agency:all") == changes_of(session) == [change_of(session, change)]
    assert changes_of(session, "office:employment") == []


DOINGS: list[Callable[[Session, Seen], None]] = [
    lambda session, seen: edit(session, seen, PLAN),
    lambda session, seen: move(session, BY, seen, Status.DONE, "x"),
    lambda session, seen: write_words(session, seen, {}),
    lambda session, seen: publish(session, BY, seen, VIEWS, ["a"]),
    lambda session, seen: withdraw(session, BY, seen, "x"),
]


@pytest.mark.parametrize("do", DOINGS)
def test_of_two_the_second_is_told(
    session: Session, change: UUID, do: Callable[[Session, Seen], None]
) -> None:
    early = now(session, change)
    edit(session, early, replace(PLAN, title="En andens"))
    with pytest.raises(ChangedMeanwhile):
        do(session, early)
    assert change_of(session, change).title == "En andens"
    with pytest.raises(ChangeNotFound):
        do(session, Seen(uuid4(), 1))


def test_only_some_moves_can_be_made(session: Session, change: UUID) -> None:
    move(session, BY, now(session, change), Status.DROPPED, "Det kan ikke lade sig gøre.")
    for to in (Status.DONE, Status.UNDER_WAY, Status.DROPPED):
        with pytest.raises(CannotMove):
            move(session, BY, now(session, change), to, "x")
    told = history_of(session, change)[0]
    assert (told.now, told.reason, told.on) == ("dropped", "Det kan ikke lade sig gøre.", BY.on)


def test_what_is_planned_is_not_published(session: Session, change: UUID) -> None:
    write_words(session, now(session, change), words(*VIEWS))
    with pytest.raises(NotReady) as refused:
        publish(session, BY, now(session, change), VIEWS, ["a"])
    assert refused.value.views == ()
    assert published(session, "da") == []


def test_every_view_must_be_filled(session: Session, change: UUID) -> None:
    begun(session, change)
    write_words(session, now(session, change), words("da"))
    with pytest.raises(NotReady) as refused:
        publish(session, BY, now(session, change), VIEWS, ["a"])
    assert refused.value.views == ("da-simple", "en")


def test_published_words_are_read_in_each_view(session: Session, change: UUID) -> None:
    begun(session, change)
    publish(session, BY, now(session, change), VIEWS, ["b", "a"])
    for view in VIEWS:
        one = published(session, view)[0]
        assert (one.key, one.title, one.said) == (change, f"Titel {view}", f"Sagt {view}")
        assert (one.groups, one.since, one.done) == (("a", "b"), BY.on, False)
    assert len(published(session, "da", {"a", "x"})) == 1
    assert published(session, "da", {"x"}) == []
    with pytest.raises(CannotMove):
        write_words(session, now(session, change), {})
    with pytest.raises(CannotMove):
        publish(session, BY, now(session, change), VIEWS, ["a"])


def test_what_a_view_does_not_tell_whole_is_told_in_danish(session: Session, change: UUID) -> None:
    begun(session, change)
    partly = words(*VIEWS) | {"de": Told("Titel", " ", "Getan"), "pl": Told("T", "S", "G")}
    write_words(session, now(session, change), partly)
    publish(session, BY, now(session, change), VIEWS, ["a"])
    found = {view: published(session, view)[0] for view in ("de", "pl", "uk", "en")}
    assert {view: one.view for view, one in found.items()} == {
        "de": "da", "pl": "pl", "uk": "da", "en": "en",
    }  # fmt: skip
    assert found["uk"].said == "Sagt da"


def test_a_move_takes_the_words_back(session: Session, change: UUID) -> None:
    begun(session, change)
    publish(session, BY, now(session, change), VIEWS, ["a"])
    move(session, BY, now(session, change), Status.DONE, "Nu er det gjort.")
    assert published(session, "da") == []
    assert change_of(session, change).text_state is TextState.DRAFT
    assert [line.now for line in history_of(session, change)][:2] == ["draft", "done"]
    publish(session, BY, now(session, change), VIEWS, ["a"])
    assert published(session, "da")[0].done


def test_what_was_withdrawn_may_be_written_anew(session: Session, change: UUID) -> None:
    begun(session, change)
    with pytest.raises(CannotMove):
        withdraw(session, BY, now(session, change), "x")
    publish(session, BY, now(session, change), VIEWS, ["a"])
    withdraw(session, BY, now(session, change), "Det var ikke rigtigt.")
    assert published(session, "da") == []
    assert history_of(session, change)[0].reason == "Det var ikke rigtigt."
    assert change_of(session, change).text_state is TextState.WITHDRAWN
    write_words(session, now(session, change), words("da"))
    assert words_of(session, change) == words("da")
    assert change_of(session, change).text_state is TextState.DRAFT


def test_an_idea_is_kept_and_changed(session: Session, change: UUID) -> None:
    told = Proposal("Saml sagerne", "En familie, én sag.", ("b", "a"), IdeaState.OPEN, "", None)
    key = add_idea(session, BY, told)
    later = add_idea(session, BY, replace(told, title="Andet", state=IdeaState.CLOSED, reason="x"))
    assert [one.id for one in ideas(session)] == [key, later]
    kept = idea_of(session, key)
    assert (kept.proposal, kept.made) == (replace(told, units=("a", "b")), BY.on)
    taken = replace(told, units=("a",), state=IdeaState.TAKEN_UP, change=change)
    edit_idea(session, Seen(key, kept.version), taken)
    assert idea_of(session, key).proposal == taken
    with pytest.raises(ChangedMeanwhile):
        edit_idea(session, Seen(key, kept.version), told)
    with pytest.raises(ChangeNotFound):
        edit_idea(session, Seen(uuid4(), 1), told)
    with pytest.raises(ChangeNotFound):
        idea_of(session, uuid4())
