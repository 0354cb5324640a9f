"""`indblik figures` and `indblik organisation`: what is wrong is refused whole, and said."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from portal import clock
from portal.db import engine_for
from portal.figures.queries import closed_quarters, measured
from portal.organisation.queries import organisation
from tests.rooms.figures.test_closing import QUARTER, asked
from tests.rooms.organisation.test_rules import FILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from click.testing import Result

HEAD = "year;unit;dimension;n;share\n"


def test_quarters_are_closed_by_night(
    run: Callable[..., Result], env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = engine_for(env["INDBLIK_DATABASE_URL"])
    with Session(engine) as session:
        asked(session, 12)
        session.commit()
    said = []
    for day in (18, 19, 20):
        moment = datetime(2027, 8, day, 12, tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        said.append(run("figures", "close").output)
    assert said == ["closed: none\n", "closed: 2027-1\n", "closed: none\n"]
    with Session(engine) as session:
        assert closed_quarters(session) == [QUARTER]
    engine.dispose()


def test_a_measurement_is_taken_in_whole(
    run: Callable[..., Result], env: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "measured.csv"
    file.write_text(HEAD + "2026;agency:agency;clarity;900;0,8\n2026;agency:agency;heard;9;8\n")
    refused = run("figures", "import-measurement", str(file))
    assert refused.exit_code == 2
    assert "nothing was taken in.\nline 3: share must be from 0 to 1" in refused.output
    file.write_text(HEAD + "2026;agency:agency;clarity;900;0,8\n")
    assert run("figures", "import-measurement", str(file)).output == "1 results taken in\n"
    engine = engine_for(env["INDBLIK_DATABASE_URL"])
    with Session(engine) as session:
        assert [one.share for one in measured(session)] == [0.8]
    engine.dispose()


def test_the_organisation_is_taken_in(
    run: Callable[..., Result], env: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "organisation.toml"
    file.write_text(FILE, "utf-8")
    assert run("organisation", "import", str(file)).output == (
        "1 departments, 1 offices taken in\n"
    )
    file.write_text(FILE.replace('"employment"', '"fishing"'), "utf-8")
    refused = run("organisation", "import", str(file))
    assert refused.exit_code == 2
    assert "holds fishing, which is no group" in refused.output
    file.write_bytes(b"\xff\xfe")
    assert "cannot be read as text" in run("organisation", "import", str(file)).output
    engine = engine_for(env["INDBLIK_DATABASE_URL"])
    with Session(engine) as session:
        assert [one.code for one in organisation(session).offices] == ["work"]
    engine.dispose()
