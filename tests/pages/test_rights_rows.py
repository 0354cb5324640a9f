"""Every kind of row about a person is in the file, the page and the PDF, and in nobody else's."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.orm import Session

from portal.estimates.models import Estimate
from portal.identity_log.models import SignInAttempt
from portal.kept_forms.models import KeptForm
from portal.panels.actions import volunteer
from portal.panels.queries import purposes
from portal.panels.words import Kind, Offer, Reach
from portal.participation.models import ParticipationCohort, ParticipationToken
from portal.quarantine.models import Quarantined
from portal.rights.actions import ask
from portal.rights.words import About, Right, Wish
from portal.sign_ins.models import SignIn
from tests.pages.conftest import ISSUER
from tests.pages.tagged_pdf import text_of
from tests.pages.test_rights import PATH, taken

if TYPE_CHECKING:
    from pathlib import Path

    from portal.vault import Vault
    from tests.pages.conftest import Stage

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
DAY = date(2026, 11, 20)
COHORT = "planted"
CASES = {"amalie": "26-10101", "bjorn": "26-10201"}
LISTS = ("sign_ins", "sign_in_attempts", "kept_forms", "volunteers", "participation_tokens",
         "rights_requests")  # fmt: skip


def planted(stage: Stage) -> None:
    """A row of each kind for two people; what can hold a text holds whose it is."""
    with Session(stage.engine) as session:
        session.add(ParticipationCohort(name=COHORT, groups=[], public=b"x", issue_from=DAY,
                                        issue_until=DAY, redeem_until=DAY))  # fmt: skip
        session.flush()
        for person, number in CASES.items():
            _rows(session, stage, person, stage.cases[number], number)
        session.commit()


def _rows(session: Session, stage: Stage, person: str, case: UUID, number: str) -> None:
    account, who = UUID(stage.account(person)), stage.persons[person]
    vault: Vault = stage.app.extensions["vault"]
    rows = {
        SignIn: {"id": uuid4(), "kind": "citizen", "account_id": account, "store_key": uuid4().hex,
                 "issuer": ISSUER, "subject": person, "started_at": AT,
                 "device": f"device-{person}"},
        SignInAttempt: {"at": AT, "audience": "citizen", "issuer": ISSUER, "subject": person,
                        "outcome": f"outcome-{person}"},
        KeptForm: {"id": uuid4(), "account": f"citizen:{account}", "sealed": b"x", "kept_at": AT},
        ParticipationToken: {"case_id": case, "decision": 1, "person_id": who, "cohort": COHORT,
                             "blinded": person.encode().ljust(32)},
        Quarantined: {"id": uuid4(), "received_at": AT, "door": "file", "place": 1, "reasons": [],
                      "source": "urn:example:ankestyrelsen", "subject": number,
                      "event": f"event-{person}", "fingerprint": uuid4().bytes * 2,
                      "state": "open"},
        Estimate: {"case_id": case, "version": 99, "night": DAY, "spell": DAY, "stage": "queued",
                   "area": "car", "unit": f"unit-{person}", "age": 1, "move": "first", "level": 0,
                   "closings": 1, "never": 0.0},
    }  # fmt: skip
    for model, row in rows.items():
        session.execute(insert(model), [row])
    offer = Offer((Kind.PANEL,), Reach.EMAIL, f"{person}@eksempel.invalid", None)
    volunteer(session, vault, who, offer, purposes()[0], DAY)
    ask(session, vault, who, Wish(Right.CORRECTION, About.OTHER, None, f"text-{person}"), AT)


def test_each_gets_every_row_of_the_own_and_none_of_the_others(
    own_stage: Stage, tmp_path: Path
) -> None:
    planted(own_stage)
    for person, other in (("amalie", "bjorn"), ("bjorn", "amalie")):
        client = own_stage.signed_in(person)
        told = taken(client)
        for name in LISTS:
            assert len(told[name]) == 1, name
        (case,) = [one for one in told["cases"] if one["subject"] == CASES[person]]
        assert [one["unit"] for one in case["estimates"]] == [f"unit-{person}"]
        assert [one["event"] for one in case["rejected_records"]] == [f"event-{person}"]
        assert bytes.fromhex(told["participation_tokens"][0]["blinded"]).strip() == person.encode()
        shown = client.get(PATH).text
        pdf = text_of(client.get(f"{PATH}.pdf").data, tmp_path / "a.pdf").replace("- ", "")
        file = client.get(f"{PATH}.json").text
        for word in ("device-", "outcome-", "event-", "text-"):
            for where in (shown, file):
                assert word + person in where, word
                assert word + other not in where, word
            assert word + other not in pdf
        for where in (shown, file):
            assert f"{person}@eksempel.invalid" in where
            assert f"{other}@eksempel.invalid" not in where


def test_nobody_without_a_part_gets_any(own_stage: Stage) -> None:
    planted(own_stage)
    for person in ("noor", "thi", "camilla"):
        told = taken(own_stage.signed_in(person))
        assert [name for name in LISTS if told[name]] == [], person
