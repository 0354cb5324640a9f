"""`indblik themes codebook` and `close`: what is told at a terminal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from portal.db import engine_for
from portal.feedback.models import FeedbackText
from portal.figures.models import FigureQuarter
from portal.themes.queries import themes
from tests.rooms.themes.examples import text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result


def test_the_first_codebook_is_taken_in_once(
    run: Callable[..., Result], env: dict[str, str]
) -> None:
    assert run("themes", "codebook").output == "15 themes added, 0 were there\n"
    assert run("themes", "codebook").output == "0 themes added, 15 were there\n"
    engine = engine_for(env["INDBLIK_DATABASE_URL"])
    with Session(engine) as session:
        assert len(themes(session)) == 15
    engine.dispose()


def test_a_faulty_file_is_told_whole_and_nothing_taken_in(
    run: Callable[..., Result], env: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "codebook.toml"
    for content, said in (
        (b'[[themes]]\ncode = "a1"\n[[themes]]\ncode = "a1"\n', "2 themes have this code"),
        (b"\xff", "not UTF-8"),
    ):
        file.write_bytes(content)
        done = run("themes", "codebook", str(file))
        assert done.exit_code == 2
        assert said in done.output
        assert "Nothing was taken in." in done.output
    engine = engine_for(env["INDBLIK_DATABASE_URL"])
    with Session(engine) as session:
        assert themes(session) == []
    engine.dispose()


def test_a_quarter_closes_when_its_texts_are_coded(
    run: Callable[..., Result], env: dict[str, str]
) -> None:
    engine = engine_for(env["INDBLIK_DATABASE_URL"])
    with Session(engine) as session:
        session.add(FigureQuarter(year=2026, number=3, closed_on=date(2026, 11, 22)))
        session.add(text(1))
        session.commit()
        assert run("themes", "close").output == "2026-3: 1 texts wait for coding\n"
        session.delete(session.get_one(FeedbackText, text(1).key))
        session.commit()
    assert run("themes", "close").output == "2026-3: closed\n"
    assert run("themes", "close").output == ""
    engine.dispose()
