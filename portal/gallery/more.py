"""What the gallery's ground has beyond the demonstration's: long names, and requests."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from portal import clock
from portal.cli.demo.people import Citizen, citizens, employees
from portal.cli.demo.stories import Story, told_on
from portal.cli.house import database, vault_of
from portal.feed.actions import accept
from portal.feed.words import Result
from portal.identity.actions import persons_with_cprs, sign_in_staff
from portal.identity.words import StaffClaims, StaffRole
from portal.problems.actions import answer as answer_problem
from portal.problems.actions import report
from portal.problems.words import Answer as ProblemAnswer
from portal.problems.words import Met, Status
from portal.quarantine.actions import take_in
from portal.quarantine.words import Door
from portal.rights.actions import answer, ask
from portal.rights.words import About, Answer, Right, Verdict, Wish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import Engine

    from portal.settings import Settings
    from portal.vault import Vault

HERE = Path(__file__).parent
ISSUER = "urn:example:gallery"
LONG = "Der står, at jeg har fået " + "sygedagpengeopgørelsesmeddelelser " * 12 + "i april."
# A record that cannot be taken: it has no type, and its time is none.
WRONG = b'{"specversion": "1.0", "id": "x1", "source": "urn:example:ankestyrelsen", "time": "?"}'
# Problems with pages: where, in which view, what, read with what, how many days ago; the answer.
MET = (
    ("/sager", "cases-tasks", "da", "Jeg kan ikke komme forbi listen med tastaturet.",
     "NVDA og Firefox", 9, None),
    ("/ord", "", "ar", "لا أستطيع قراءة الكلمات بخط كبير. " * 20, "", 4, None),
    ("/log-ind", "", "en", "The button is hard to see in the dark.", "", 30, Status.ANSWERED),
    ("", "", "da-simple", "Teksten er for lille.", "Min mors telefon", 40, Status.HANDLED),
)  # fmt: skip
# Who asks, for what, how many days ago, and the answer where there is one.
ASKED = (
    ("yusuf", Right.CORRECTION, "Min adresse er forkert.", 40, Verdict.DONE),
    ("yusuf", Right.ERASURE, "I har en gammel lægeerklæring, som ikke er om mig.", 5, None),
    ("langnavn", Right.CORRECTION, LONG, 50, Verdict.REFUSED),
    ("fatima", Right.CORRECTION, "لم أعد أسكن في هذا العنوان.", 45, None),
    ("noor", Right.ERASURE, "Slet alt, hvad I har om mig.", 20, Verdict.PARTLY),
)


def _toml(name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads((HERE / name).read_text("utf-8"))


def people() -> dict[str, Citizen]:
    """All invented citizens, by a short name."""
    own = {key: Citizen(key=key, **told) for key, told in _toml("people.toml").items()}
    return citizens() | own


def put_more(settings: Settings) -> None:
    """Put it on the ground."""
    now, vault = clock.now(), vault_of(settings)
    with database(settings) as engine:
        _tell(engine, vault, now)
        with Session(engine.execution_options(writes=True)) as session:
            _ask(session, vault, now)
            _meet(session, vault, now)
            take_in(session, vault, [WRONG], now, Door.FILE, [0])
            session.commit()


def _stories() -> Iterator[Story]:
    for number, told in _toml("cases.toml").items():
        yield Story(
            number, told["complainant"], told["area"], told["authority"],
            tuple(told["story"].strip().splitlines()),
        )  # fmt: skip


def _tell(engine: Engine, vault: Vault, now: datetime) -> None:
    today, known = clock.day_of(now), people()
    records = [record for story in _stories() for record in told_on(story, today, known)]
    with Session(engine.execution_options(writes=True)) as session:
        reports = accept(session, vault, records, now)
        session.commit()
    wrong = [report for report in reports if report.result is Result.REJECTED]
    if wrong:
        message = f"{len(wrong)} records were rejected: {wrong[0].reasons[0]}"
        raise ValueError(message)


def _ask(session: Session, vault: Vault, now: datetime) -> None:
    known = people()
    names = {known[who].cpr: known[who].name for who, *_ in ASKED}
    persons = persons_with_cprs(session, vault, dict(names), now)
    one = employees()["databeskytter"]
    claims = StaffClaims(ISSUER, "answers", one.name, frozenset({StaffRole.PROTECTION}))
    account = sign_in_staff(session, vault, claims, now).id
    for who, right, text, ago, verdict in ASKED:
        made_at = now - timedelta(days=ago)
        wish = Wish(right, About.PERSON, None, text)
        request = ask(session, vault, persons[known[who].cpr], wish, made_at)
        if verdict is not None:
            given = Answer(verdict, "Vi har set på det. " + "Her står grunden. " * 6)
            answer(session, vault, account, request, given, made_at + timedelta(days=9))


def _meet(session: Session, vault: Vault, now: datetime) -> None:
    one = employees()["tekst"]
    claims = StaffClaims(ISSUER, "answers-problems", one.name, frozenset({StaffRole.TEXT_OWNER}))
    account = sign_in_staff(session, vault, claims, now).id
    for page, state, view, text, means, ago, status in MET:
        made_at = now - timedelta(days=ago)
        made = report(session, vault, Met(page, state, view, text, means), made_at)
        if status is not None:
            given = ProblemAnswer(status, "Tak, fordi du skrev. " + "Her står grunden. " * 3)
            answer_problem(session, vault, account, made, given, made_at + timedelta(days=2))
