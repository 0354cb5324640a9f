from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit.models import AuditEntry
from portal.cases.models import CaseEvent
from portal.db import engine_for
from portal.quarantine.models import Quarantined
from tests.rooms.feed.examples import told

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    Run = Callable[..., Result]

RECEIVED = {"number": "26-1", "area": "aids", "authority": "Odder Kommune"}
CPR = "6102890102"
BAD = told("received", RECEIVED | {"number": None})
GOOD = told("received", RECEIVED)


def rows(env: dict[str, str]) -> list[Quarantined]:
    engine = engine_for(env["INDBLIK_DATABASE_URL"])
    with Session(engine) as session:
        found = list(session.scalars(select(Quarantined).order_by(Quarantined.place)))
    engine.dispose()
    return found


def events(env: dict[str, str]) -> list[str]:
    engine = engine_for(env["INDBLIK_DATABASE_URL"])
    with Session(engine) as session:
        found = list(session.scalars(select(CaseEvent.event)))
    engine.dispose()
    return found


def test_an_empty_quarantine_says_so(run: Run) -> None:
    done = run("cases", "quarantine", "list")
    assert (done.exit_code, done.stdout) == (0, "0 open\n")


def test_a_rejected_record_is_listed_and_corrected(run: Run, env: dict[str, str]) -> None:
    assert run("cases", "import", "-", given=b"\n" + BAD).exit_code == 1
    (kept,) = rows(env)
    listed = run("cases", "quarantine", "list")
    assert listed.exit_code == 1
    assert str(kept.id) in listed.stdout
    assert "urn:example:board c-1 e-received  data.number: the field must" in listed.stdout
    shown = run("cases", "quarantine", "show", str(kept.id))
    assert shown.exit_code == 0
    assert "came by   file, place 2\n" in shown.stdout
    assert "reason    null: data.number: the field must have a value" in shown.stdout
    again = run("cases", "quarantine", "replay", str(kept.id))
    assert again.exit_code == 1
    assert f"{kept.id}  rejected; data.number" in again.stdout
    done = run("cases", "quarantine", "replay", str(kept.id), "--with", "-", given=GOOD)
    assert (done.exit_code, done.stdout) == (0, f"{kept.id}  accepted\n")
    assert events(env) == ["e-received"]
    (kept,) = rows(env)
    assert (kept.state, kept.sealed) == ("replayed", None)


def test_the_record_itself_is_shown_only_when_asked_for(run: Run, env: dict[str, str]) -> None:
    record = told("party-added", {"cpr": CPR, "role": None})
    run("cases", "import", "-", given=record)
    (kept,) = rows(env)
    assert CPR not in run("cases", "quarantine", "show", str(kept.id)).stdout
    assert run("cases", "quarantine", "show", str(kept.id), "--record").stdout_bytes == (
        record + b"\n"
    )
    engine = engine_for(env["INDBLIK_DATABASE_URL"])
    with Session(engine) as session:
        (entry,) = session.scalars(select(AuditEntry))
        assert (entry.act, entry.actor, entry.why) == (
            "quarantine.opened", "operator", str(kept.id),
        )  # fmt: skip
    engine.dispose()


def test_all_are_replayed(run: Run, env: dict[str, str]) -> None:
    run("cases", "import", "-", given=BAD + b"\n" + told("resumed", time=None) + b"\nx")
    done = run("cases", "quarantine", "replay", "--all")
    assert done.exit_code == 1
    assert done.stdout.count("  rejected; ") == 3
    assert [row.state for row in rows(env)] == ["open"] * 3


def test_a_dropped_record_is_forgotten(run: Run, env: dict[str, str]) -> None:
    run("cases", "import", "-", given=BAD)
    (kept,) = rows(env)
    done = run("cases", "quarantine", "drop", str(kept.id))
    assert (done.exit_code, done.stdout) == (0, f"{kept.id}  dropped\n")
    (kept,) = rows(env)
    assert (kept.state, kept.sealed) == ("dropped", None)
    for command in (["drop"], ["replay"], ["show", "--record"]):
        refused = run("cases", "quarantine", *command, str(kept.id))
        assert refused.exit_code == 2
        assert "No open record has this id." in refused.stderr
    assert "state     dropped" in run("cases", "quarantine", "show", str(kept.id)).stdout
    assert run("cases", "import", "-", given=BAD).exit_code == 1
    assert [row.state for row in rows(env)] == ["dropped"]


def test_an_unknown_id_is_said(run: Run) -> None:
    for command in ("show", "drop", "replay"):
        done = run("cases", "quarantine", command, str(uuid4()))
        assert done.exit_code == 2
        assert "No open record has this id." in done.stderr


@pytest.mark.parametrize("arguments", [[], ["--all", "--with", "-"], ["--all", str(uuid4())]])
def test_what_to_replay_must_be_clear(run: Run, arguments: list[str]) -> None:
    done = run("cases", "quarantine", "replay", *arguments)
    assert done.exit_code == 2
    assert "Name one record" in done.stderr


def test_a_dry_run_keeps_no_rejected_record(run: Run, env: dict[str, str]) -> None:
    run("cases", "import", "-", "--dry-run", given=BAD)
    assert rows(env) == []


def test_what_was_kept_long_enough_is_deleted(run: Run, env: dict[str, str]) -> None:
    run("cases", "import", "-", given=BAD)
    run("cases", "import", "-", given=GOOD)
    run("cases", "import", "-", given=b"x")
    done = run("cases", "quarantine", "expire")
    assert (done.exit_code, done.stdout) == (0, "0 settled and 0 open records deleted\n")
    done = run("cases", "quarantine", "expire", "--settled-days", "0")
    assert done.stdout == "1 settled and 0 open records deleted\n"
    assert [row.state for row in rows(env)] == ["open"]
    assert run("cases", "quarantine", "expire", "--open-days", "0").exit_code == 2
