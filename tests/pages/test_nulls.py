"""One null takes nothing down but its own record: every field of every type, nulled once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonschema import Draft202012Validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.feed.rules import parsed, type_of
from portal.feed.rules.schemas import event_schema
from portal.feed.words import Code, Rejected
from portal.keys.queries import vault_of
from portal.pages.citizen.cases import CASES_A_PAGE
from portal.quarantine.actions import take_in
from portal.quarantine.queries import open_records
from portal.quarantine.words import Door
from tests.cast import citizens
from tests.rooms.feed.examples import NOW, Record, line, told
from tests.rooms.feed.full import left_out, nulled

if TYPE_CHECKING:
    from uuid import UUID

    from tests.pages.conftest import Stage

SOURCE = "urn:example:nulls"
AMALIE = {"cpr": citizens()["amalie"].cpr, "role": "complainant"}
# Where a null may stand in a record that counts, these say that nobody is to see the case.
HIDING = {"withheld"}
# A null that a schema has no word for: a question of a decision, instead of what one must hold.
CODES = {Code.NULL, Code.MISSING, Code.WRONG_TYPE}

NULLED = {
    f"n-{number}": (what, field, {**record, "source": record["source"] and SOURCE,
                                  "subject": record["subject"] and f"n-{number}",
                                  "id": record["id"] and f"n-{number}"})
    for number, (what, field, record) in enumerate(nulled())
}  # fmt: skip


# Those of the cast come on top; a page beyond the last one is the last one.
PAGES = len(NULLED) // CASES_A_PAGE + 2


def rejected(what: str, record: Record) -> bool:
    """Whether the published schema refuses the record."""
    return not Draft202012Validator(event_schema(what, type_of(what))).is_valid(record)


def test_no_field_is_left_out() -> None:
    assert left_out() == set()
    assert len(NULLED) > 300


def test_a_null_is_refused_where_the_schema_says_so_and_nowhere_else() -> None:
    for what, field, record in NULLED.values():
        read = parsed(line(record), NOW)
        assert isinstance(read, Rejected) == rejected(what, record), (what, field)
        if isinstance(read, Rejected):
            (reason,) = read.reasons if field != "data" else read.reasons[:1]
            assert reason.code in CODES, (what, field)


def test_every_other_case_is_still_shown(own_stage: Stage) -> None:
    around = [
        record
        for case in NULLED
        for record in (
            told("party-added", AMALIE, source=SOURCE, subject=case, id=f"{case}-party"),
            told("received", {"number": case.upper(), "area": "aids", "authority": "Odder Kommune"},
                 source=SOURCE, subject=case, id=f"{case}-received"),
        )
    ]  # fmt: skip
    broken = [line(record) for _, _, record in NULLED.values()]
    vault = vault_of(own_stage.settings)
    with Session(own_stage.engine) as session:
        records = [*broken, *around]
        take_in(session, vault, records, NOW, Door.FILE, range(len(records)))
        session.commit()
        kept = {one.place for one in open_records(session)}
        cases: dict[str, UUID] = {
            row.subject: row.id
            for row in session.execute(select(Case.id, Case.subject).where(Case.source == SOURCE))
        }
    refused = {
        place for place, (what, _, record) in enumerate(NULLED.values()) if rejected(what, record)
    }
    assert kept == refused
    assert cases.keys() == NULLED.keys()
    client = own_stage.signed_in("amalie")
    listed = "".join(client.get(f"/sager?side={page}").text for page in range(1, PAGES + 1))
    for place, (case, (what, field, _)) in enumerate(NULLED.items()):
        hidden = what in HIDING and place not in refused
        assert (f"/sager/{cases[case]}" in listed) != hidden, (what, field)
        if field.startswith("data."):
            answer = client.get(f"/sager/{cases[case]}")
            assert answer.status_code == (404 if hidden else 200), (what, field)
    assert "26-10101" in listed
