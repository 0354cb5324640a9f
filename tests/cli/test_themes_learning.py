"""`indblik themes train` and `propose`: from the texts of the database, and back into it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.db import engine_for
from portal.feedback.words import TextState
from portal.recognition.rules.recogniser import unpacked
from portal.themes import queries
from portal.themes.models import ThemeModel, ThemeSuggestion
from tests.rooms.recognition.texts import Spelling, labelled
from tests.rooms.themes.examples import CODES, codebook, key, put, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click.testing import Result
    from sqlalchemy import Engine

SAID = [one.text for one in labelled(20)]


@pytest.fixture
def engine(env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    # The package has a command of the module's name.
    monkeypatch.setattr(import_module("portal.cli.themes"), "embedder", Spelling)
    made = engine_for(env["INDBLIK_DATABASE_URL"])
    yield made
    made.dispose()


@pytest.fixture
def texts(engine: Engine) -> None:
    """A codebook, sixty released texts, and one that is not."""
    with Session(engine) as session:
        codebook(session)
        put(session, *(text(number, said=said) for number, said in enumerate(SAID)))
        put(session, text(99, state=TextState.WAITING))


def test_without_a_codebook_nothing_can_be_learned(
    engine: Engine, run: Callable[..., Result]
) -> None:
    result = run("themes", "train")
    assert result.exit_code == 2
    assert "fewer than two themes" in result.output


def test_every_uncoded_text_that_is_released_is_suggested_for(
    engine: Engine, texts: None, run: Callable[..., Result]
) -> None:
    for _ in range(2):
        result = run("themes", "train")
        assert result.exit_code == 0, result.output
        assert "0 confirmed labels learned from; suggestions for 60 texts; 0 of 3" in result.output
    with Session(engine) as session:
        found = queries.suggestions(session, key(0))
        assert {one.theme for one in found} == set(CODES)
        assert session.scalar(select(func.count()).select_from(ThemeSuggestion)) == 180
        made = session.scalars(select(ThemeModel)).one()
        assert unpacked(made.made, Spelling()).themes == tuple(sorted(CODES))
        assert queries.suggestions(session, key(99)) == ()


def test_new_patterns_are_proposed_in_place_of_the_old(
    engine: Engine, texts: None, run: Callable[..., Result]
) -> None:
    said = {run("themes", "propose").output for _ in range(2)}
    assert len(said) == 1
    with Session(engine) as session:
        found = queries.proposals(session)
    assert said == {f"{len(found)} patterns proposed.\n"}
    assert found
    assert all(one.members >= 10 and one.words and one.typical for one in found)
