"""Both doors, both databases and their clock, for people who look and answer in their time."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from unittest.mock import patch

from click.testing import CliRunner
from sqlalchemy import insert
from sqlalchemy.orm import Session

from portal import clock
from portal.audit.actions import keep, record
from portal.audit.words import Act, Actor, Entry
from portal.blind.rules import blind, finalize, new_key, prepare, public_key
from portal.cases.models import Case
from portal.cases.words import Area
from portal.cli import main
from portal.db import engine_for
from portal.door.app import create_door
from portal.identity.models import Person
from portal.participation.actions import issue, prepare_cohorts
from portal.participation.queries import invitation_for, listed_cohorts
from portal.participation.rules import SEED_BYTES, appended, plans_of, quarter_of, veiled
from portal.participation.words import Decided
from tests.anonymity.dumps import dump
from tests.anonymity.people import AREAS, DECIDED, moments

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from sqlalchemy import Engine

    from portal.blind.words import PrivateKey
    from portal.door.settings import DoorSettings
    from portal.vault import Vault
    from tests.anonymity.dumps import Dump
    from tests.anonymity.people import Citizen

BITS = 2048  # the shortest that is accepted; nothing here depends on the length


@cache
def _key(name: str) -> PrivateKey:
    return new_key(BITS)


@dataclass
class World:
    """What there is. Afterwards `dumps` holds all dumps, in the order of time."""

    portal_url: str
    door: DoorSettings
    vault: Vault
    citizens: list[Citizen]
    portal: Engine = field(init=False)
    dumps: list[Dump] = field(default_factory=list)
    # What an attacker would have who also records what the portal's process sees: the token of
    # each person who came without script, and never one of those with script.
    recorded: dict[int, bytes] = field(default_factory=dict)
    tickets: dict[int, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        engine = engine_for(self.portal_url)
        keep(engine, self.vault, self.door.cohorts_file.parent)
        self.portal = engine.execution_options(writes=True)
        self._publish(self.door.cohorts_file)
        with Session(self.portal) as session:
            for one in self.citizens:
                session.execute(insert(Person).values(id=one.person, created_at=one.looks))
                case = {"id": one.case, "source": "s", "subject": str(one.number), "state": {},
                        "version": 1, "withheld": False, "unknown_codes": 0,
                        "changed_at": one.looks}  # fmt: skip
                session.execute(insert(Case).values(case))
            session.commit()

    def _publish(self, file: Path) -> None:
        """The cohorts of the quarter, as the portal makes and publishes them."""
        counts = {str(group): 50 for group in AREAS}
        plans = {one: _key(one.name) for one in plans_of(quarter_of(DECIDED), counts)}
        with Session(self.portal) as session:
            prepare_cohorts(session, self.vault, plans)
            session.commit()
            file.write_text(appended("", listed_cohorts(session)))

    def run(self) -> None:
        """Let everything happen."""
        app = create_door(self.door)
        client = app.test_client(use_cookies=False)
        engine = app.extensions["door"].engine
        for moment in moments(self.citizens):
            with patch.object(clock, "now", lambda at=moment.at: at):
                if moment.what == "dump":
                    self.dumps.append(dump(moment.at, engine, self.portal))
                elif moment.what == "release":
                    self._release()
                elif moment.citizen is not None and moment.what == "looks":
                    self._looks(moment.citizen, moment.at)
                elif moment.citizen is not None:
                    fields = {**moment.citizen.fields, **self.tickets.pop(moment.citizen.number)}
                    sent = client.post("/svar", data={**fields, "side": "tjek", "til": "send"})
                    assert sent.status_code == 303, sent.text
        engine.dispose()

    def _release(self) -> None:
        env = {
            "INDBLIK_DATABASE_URL": self.portal_url,
            "INDBLIK_DOOR_DATABASE_URL": self.door.database_url,
            "INDBLIK_DOOR_COHORTS_FILE": str(self.door.cohorts_file),
        }
        done = CliRunner().invoke(main, ["answers", "release"], env=env)
        assert done.exit_code == 0, done.output

    def _looks(self, one: Citizen, at: datetime) -> None:
        """Open the page of the decision: it is written down to the moment, and a token issued."""
        entry = Entry(at, Act.CASE_VIEWED, Actor.CITIZEN, account=one.account, case=one.case)
        with self.portal.begin() as connection:
            record(connection, entry)
        area = getattr(Area, one.area, one.area)
        decided = Decided(one.case, one.person, 1, DECIDED, area)
        with Session(self.portal) as session:
            self.tickets[one.number] = self._ticket(session, one, decided, at.date())
            session.commit()

    def _ticket(
        self, session: Session, one: Citizen, decided: Decided, today: date
    ) -> dict[str, str]:
        invited = invitation_for(session, decided, today)
        assert invited is not None
        assert invited.cohort == one.cohort
        key = public_key(invited.key)
        if one.script:
            prepared = prepare(secrets.token_bytes(32))
            blinded, inverse = blind(key, prepared)
        else:
            prepared, blinded, inverse = veiled(key, secrets.token_bytes(SEED_BYTES))
            self.recorded[one.number] = prepared
        signed = issue(session, self.vault, decided, blinded, today)
        signature = finalize(key, prepared, signed.signature, inverse)
        return {
            "cohort": one.cohort,
            "token": urlsafe_b64encode(prepared).decode().rstrip("="),
            "signature": urlsafe_b64encode(signature).decode().rstrip("="),
        }
