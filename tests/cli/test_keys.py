"""`indblik keys`: made, shown, replaced one by one, and what stops that."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from portal.cli.database import rooms
from portal.db import engine_for
from portal.identity.actions import persons_with_cprs
from portal.identity.models import Person
from portal.keys.models import VaultKey
from portal.keys.queries import reader, stored
from portal.keys.words import State
from portal.settings import Key
from portal.vault import KeysUnavailable, Purpose, Vault
from tests.cli.conftest import environment
from tests.cli.key_rows import NOW, filled, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from click.testing import Result
    from sqlalchemy import Engine

FIRST, SECOND = (Key(name, name.encode() * 16) for name in ("k1", "k2"))
WRONG = Key("k1", b"?" * 32)


def kek(*keys: Key) -> str:
    """The setting that holds these."""
    return ",".join(f"{key.id}:{b64encode(key.secret).decode()}" for key in keys)


@pytest.fixture
def env(database_url: str, tmp_path: Path) -> dict[str, str]:
    """Settings of a portal that keeps its keys in the database, and reads them each time."""
    made = engine_for(database_url)
    rooms().metadata.create_all(made)
    made.dispose()
    return environment(database_url, tmp_path) | {
        "INDBLIK_KEK": kek(FIRST),
        "INDBLIK_KEYS_FRESH": "0",
    }


@pytest.fixture
def engine(env: dict[str, str], run: Callable[..., Result]) -> Iterator[Engine]:
    done = run("keys", "init")
    assert done.exit_code == 0, done.output
    made = engine_for(env["INDBLIK_DATABASE_URL"])
    yield made
    made.dispose()


@pytest.fixture
def vault(engine: Engine, env: dict[str, str]) -> Vault:
    return Vault(reader(env["INDBLIK_DATABASE_URL"], [FIRST, SECOND]), 0)


def states(engine: Engine) -> list[tuple[Purpose, str, State]]:
    with Session(engine) as session:
        return [(row.purpose, row.id, row.state) for row in stored(session)]


def test_a_key_is_made_for_each_purpose_and_once(
    engine: Engine, run: Callable[..., Result]
) -> None:
    assert states(engine) == [(purpose, "1", State.CURRENT) for purpose in sorted(Purpose)]
    assert run("keys", "init").output == "made: none, all are there\n"


def test_no_key_lies_open(engine: Engine, vault: Vault, run: Callable[..., Result]) -> None:
    with Session(engine) as session:
        lying = b"".join(session.scalars(select(VaultKey.wrapped)))
    shown = run("keys", "list").output
    for purpose in Purpose:
        secret = vault.key(purpose).secret
        assert secret not in lying
        assert b64encode(secret).decode() not in shown
        assert secret.hex() not in shown
    assert shown.count(": opens\n") == len(Purpose)


def test_all_that_is_sealed_is_sealed_anew(
    engine: Engine, vault: Vault, run: Callable[..., Result]
) -> None:
    filled(engine, vault)
    before = opened(engine, vault)
    assert all(before.values())
    done = run("keys", "rotate", "data")
    assert done.exit_code == 0, done.output
    assert opened(engine, vault) == before
    assert (Purpose.DATA, "1", State.RESTING) in states(engine)
    with Session(engine) as session:
        session.execute(delete(VaultKey).where(VaultKey.purpose == "data", VaultKey.id == "1"))
        session.commit()
    assert opened(engine, vault) == before


def test_people_are_found_by_the_next_key_alone(
    engine: Engine, vault: Vault, run: Callable[..., Result]
) -> None:
    persons = filled(engine, vault)
    for name in ("2", "3"):  # there, and back into the first place
        done = run("keys", "rotate", "lookup")
        assert done.exit_code == 0, done.output
        assert [one for one in states(engine) if one[0] is Purpose.LOOKUP] == [
            (Purpose.LOOKUP, name, State.CURRENT)
        ]
        with Session(engine) as session:
            assert persons_with_cprs(session, vault, dict.fromkeys(persons), NOW) == persons
            values = session.execute(select(Person.cpr_lookup, Person.cpr_lookup_other)).all()
        assert all((a is None) != (b is None) for a, b in values)


@pytest.mark.parametrize("purpose", [Purpose.FORM, Purpose.SESSION, Purpose.AUDIT])
def test_the_key_before_is_still_taken(
    engine: Engine, vault: Vault, run: Callable[..., Result], purpose: Purpose
) -> None:
    before = vault.key(purpose)
    done = run("keys", "rotate", str(purpose))
    assert done.exit_code == 0, done.output
    assert vault.key(purpose).id == "2"
    assert vault.known(purpose)[1] == before


def test_a_leaked_key_is_taken_no_more(
    engine: Engine, vault: Vault, run: Callable[..., Result]
) -> None:
    assert run("keys", "rotate", "session", "--leaked").exit_code == 0
    assert [key.id for key in vault.known(Purpose.SESSION)] == ["2"]
    refused = run("keys", "rotate", "audit", "--leaked")
    assert refused.exit_code == 2


def test_keys_are_destroyed_when_nothing_can_need_them(
    engine: Engine, vault: Vault, run: Callable[..., Result]
) -> None:
    filled(engine, vault)
    before = opened(engine, vault)
    for purpose in ("data", "form", "session", "audit"):
        assert run("keys", "rotate", purpose).exit_code == 0
    assert "destroyed" not in run("keys", "retire").output
    with Session(engine) as session:
        session.execute(update(VaultKey).values(since=NOW.replace(year=2025)))
        session.commit()
    told = run("keys", "retire").output
    assert [line for line in told.splitlines() if "destroyed" in line] == [
        f"{purpose}: key 1 is destroyed" for purpose in ("form", "session", "data")
    ]
    assert [key.id for key in vault.known(Purpose.AUDIT)] == ["2", "1"]
    assert opened(engine, vault) == before


def test_all_keys_are_wrapped_anew(
    engine: Engine, env: dict[str, str], run: Callable[..., Result]
) -> None:
    done = run("keys", "rotate", "kek", INDBLIK_KEK=kek(SECOND, FIRST))
    assert done.output == "5 keys wrapped anew; all are wrapped with k2 now\n"
    assert run("keys", "list", INDBLIK_KEK=kek(SECOND)).exit_code == 0
    assert run("keys", "list").exit_code == 2
    again = run("keys", "rotate", "kek", INDBLIK_KEK=kek(SECOND))
    assert again.output == "0 keys wrapped anew; all are wrapped with k2 now\n"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (kek(SECOND), "which INDBLIK_KEK does not hold"),
        (kek(WRONG), "INDBLIK_KEK holds another key of that name"),
    ],
)
def test_a_wrong_key_encryption_key_stops_everything(
    engine: Engine, run: Callable[..., Result], given: str, said: str
) -> None:
    before = states(engine)
    for command in (("list",), ("init",), ("rotate", "data"), ("rotate", "kek")):
        done = run("keys", *command, INDBLIK_KEK=given)
        assert done.exit_code == 2, done.output
        assert said in done.output
    assert states(engine) == before


def test_keys_that_were_swapped_open_nowhere(
    engine: Engine, vault: Vault, run: Callable[..., Result]
) -> None:
    with Session(engine) as session:
        rows = {row.purpose: row.wrapped for row in session.scalars(select(VaultKey))}
        for purpose, other in (("data", "lookup"), ("lookup", "data")):
            session.execute(
                update(VaultKey).where(VaultKey.purpose == purpose).values(wrapped=rows[other])
            )
        session.commit()
    with pytest.raises(KeysUnavailable, match="or the row was changed"):
        vault.seal("text", "about")
    assert run("keys", "rotate", "form").exit_code == 2


def test_a_missing_key_stops_all_writing(
    engine: Engine, vault: Vault, run: Callable[..., Result]
) -> None:
    with Session(engine) as session:
        session.execute(delete(VaultKey).where(VaultKey.purpose == "lookup"))
        session.commit()
    with pytest.raises(KeysUnavailable, match="there is no lookup key"):
        vault.lookup("6101901234")
    done = run("keys", "rotate", "lookup")
    assert "there is no lookup key" in done.output


def test_a_lost_key_is_not_made_anew_where_people_would_be_lost(
    engine: Engine, vault: Vault, run: Callable[..., Result]
) -> None:
    filled(engine, vault)
    for purpose in ("lookup", "session"):
        with Session(engine) as session:
            session.execute(delete(VaultKey).where(VaultKey.purpose == purpose))
            session.commit()
        done = run("keys", "init")
        assert done.exit_code == (2 if purpose == "lookup" else 0), done.output
        if purpose == "lookup":
            assert "put back the table vault_keys from a backup" in done.output
            with Session(engine) as session:
                session.execute(delete(Person))
                session.commit()
            assert run("keys", "init").output == "made: lookup\n"


def test_rows_that_open_with_no_key_stay_and_the_old_key_stays(
    engine: Engine, vault: Vault, run: Callable[..., Result]
) -> None:
    filled(engine, vault)
    with Session(engine) as session:
        broken = session.scalars(select(Person)).first()
        assert broken is not None
        broken.name_sealed = kept = b"\x01\x011" + b"not what was sealed here"
        session.commit()
        key = broken.id
    done = run("keys", "rotate", "data")
    assert done.exit_code == 2
    assert "1 rows of persons.name_sealed cannot be written anew" in done.output
    assert (Purpose.DATA, "1", State.OLD) in states(engine)
    with Session(engine) as session:
        assert session.get_one(Person, key).name_sealed == kept


def test_a_rotation_that_was_begun_is_ended_and_no_other_begun(
    engine: Engine, vault: Vault, run: Callable[..., Result]
) -> None:
    with Session(engine) as session:
        row = session.get_one(VaultKey, ("form", "1"))
        coming = {"purpose": "lookup", "id": "7", "state": "coming"}
        fields = ("wrapped", "kek", "made_at", "since")
        session.execute(insert(VaultKey).values(coming | {f: getattr(row, f) for f in fields}))
        session.commit()
    with pytest.raises(KeysUnavailable):  # of another purpose: it opens nowhere
        vault.key(Purpose.LOOKUP)
    with Session(engine) as session:
        session.execute(delete(VaultKey).where(VaultKey.id == "7"))
        session.commit()
    assert run("keys", "rotate", "lookup").exit_code == 0
    assert [one[1] for one in states(engine) if one[0] is Purpose.LOOKUP] == ["2"]
