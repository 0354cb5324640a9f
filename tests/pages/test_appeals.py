"""Real cases: somebody signs in and sees one of the imported appeals as the log tells it."""

from __future__ import annotations

import csv
import gzip
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.cases.models import Case
from portal.i18n import VIEWS, plain_date
from portal.identity.actions import sign_in_citizen
from portal.identity.words import CitizenClaims, Loa
from portal.keys.queries import vault_of
from tests import appeals, cast
from tests.servers.skips import missing

if TYPE_CHECKING:
    from tests.pages.conftest import Stage

SEEN = 7  # of the cases in the log


def test_an_imported_appeal_is_seen_by_its_appellant_alone(own_stage: Stage) -> None:
    if not appeals.DATA.exists():
        missing("the shared data with the planning appeals")
    vault = vault_of(own_stage.settings)
    rows = _rows()
    numbers = sorted(rows)[:300]
    wanted = {str(number) for number in numbers}
    told = [record for record in appeals.records(appeals.DATA)
            if record.split(b'"subject": "')[1].split(b'"')[0].decode() in wanted]  # fmt: skip
    cast.take_in(own_stage.engine, vault, told, clock.now())
    number = numbers[SEEN]
    with Session(own_stage.engine) as session:
        claims = CitizenClaims("i", "appellant", Loa.HIGH, appeals.cpr(number), None)
        own_stage.users["appellant"] = (
            f"citizen:{sign_in_citizen(session, vault, claims, clock.now()).id}"
        )
        found = select(Case.id).where(Case.source == appeals.SOURCE, Case.subject == str(number))
        key = session.scalars(found).one()
        session.commit()
    client = own_stage.signed_in("appellant")
    mine = [n for n in numbers if n % appeals.PEOPLE == number % appeals.PEOPLE]
    listed = client.get("/sager?visning=en").text
    assert {n for n in numbers if f">IOM-{n}<" in listed} == set(mine)
    page = client.get(f"/sager/{key}").text
    assert f"IOM-{number}" in page
    for moment in ("APPEAL_LODGED", "APPEAL_DETERMINED"):
        assert plain_date(rows[number][moment], VIEWS["en"]) in page
    assert own_stage.signed_in("amalie").get(f"/sager/{key}").status_code == 404


def _rows() -> dict[int, dict[str, date]]:
    """The log itself: the dates of each case."""
    rows: dict[int, dict[str, date]] = {}
    with gzip.open(appeals.DATA, "rt", encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            case = rows.setdefault(int(row["case_id"]), {})
            case[row["activity"]] = date.fromisoformat(row["timestamp"])
    return rows
