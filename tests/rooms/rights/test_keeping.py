"""`indblik retention run`: what has been kept long enough goes, to the day, and nothing else."""

from __future__ import annotations

import itertools
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from portal.audit.actions import record as note
from portal.audit.models import AuditEntry
from portal.audit.words import Act, Actor, Entry
from portal.cases.actions import record
from portal.cases.models import Case, CaseEvent, CaseParty
from portal.cases.words import Closed, Event, Happening, Linked, PartyAdded, Received
from portal.cli.house import database, settings_or_stop
from portal.cli.retention import gone, would_go
from portal.estimates.models import Estimate
from portal.identity.models import Account, Person, StaffAccount
from portal.identity_log.models import SignInAttempt
from portal.kept_forms.models import KeptForm
from portal.panels.models import Volunteer
from portal.quarantine.models import Quarantined
from portal.rights.models import RightsRequest
from portal.rights.queries.keeping import kinds
from portal.rights.words import Period
from portal.sign_ins.models import SignIn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click.testing import Result
    from sqlalchemy import Engine

    from portal.db import Base

NOW = "portal.clock.now"
CLOSED = date(2026, 5, 12)
LAST = datetime(2031, 5, 12, 21, 59, 59, tzinfo=UTC)  # the last second of the last day
OVER = LAST + timedelta(seconds=1)  # midnight in Copenhagen
KINDS = {kept.kind: kept for kept in kinds()}
_number = itertools.count(1)


@pytest.fixture
def engine(env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    with database(settings_or_stop()) as opened:
        yield opened


def put(engine: Engine, model: type[Base], **values: Any) -> None:  # noqa: ANN401 - of any column
    with engine.begin() as connection:
        connection.execute(insert(model), [values])


def count(engine: Engine, model: type[Base]) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def person(engine: Engine, made: datetime = datetime(2020, 1, 1, tzinfo=UTC)) -> UUID:
    key = uuid4()
    put(engine, Person, id=key, created_at=made, name_sealed=b"x")
    return key


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def case(engine: Engine, who: UUID, *more: tuple[Happening, datetime]) -> UUID:
    """A case that was received, and whatever else happened."""
    told: list[tuple[Happening, datetime]] = [
        (PartyAdded(person=who, role="complainant"), noon(date(2025, 1, 1))),
        (Received(number="26-1", area="car", authority="A"), noon(date(2025, 1, 2))),
        *more,
    ]
    events = [Event("s", f"e{next(_number)}", at, data) for data, at in told]
    with Session(engine) as session:
        made = record(session, "s", f"c{next(_number)}", events, LAST).case
        session.commit()
    return made


CLOSING = (Closed(reason="completed"), noon(CLOSED))


def test_a_closed_case_goes_on_the_day_after_its_last(engine: Engine) -> None:
    who = person(engine)
    made = case(engine, who, CLOSING)
    put(engine, Estimate, case_id=made, version=1, night=CLOSED, spell=CLOSED, stage="queued",
        area="car", unit="A", age=1, move="first", level=0, closings=1, never=0.0)  # fmt: skip
    assert gone(engine, KINDS["cases"], LAST) == 0
    assert gone(engine, KINDS["cases"], OVER) == 1
    assert [count(engine, one) for one in (Case, CaseEvent, CaseParty, Estimate)] == [0] * 4
    assert gone(engine, KINDS["cases"], OVER) == 0


@pytest.mark.parametrize(
    ("more", "goes"),
    [
        ((), False),  # open
        ((CLOSING,), True),
        ((CLOSING, (Linked(case="x", kind="continues"), noon(CLOSED))), True),
        ((CLOSING, (Linked(case="x", kind="continues"), noon(date(2026, 5, 13)))), False),
    ],
)
def test_only_what_has_ended_and_is_quiet_goes(
    engine: Engine,
    more: tuple[tuple[Happening, datetime], ...],
    goes: bool,  # noqa: FBT001 - a table
) -> None:
    who = person(engine)
    case(engine, who, *more)
    assert gone(engine, KINDS["cases"], OVER) == int(goes)


def test_a_case_folded_by_older_rules_waits(engine: Engine) -> None:
    case(engine, person(engine), CLOSING)
    with engine.begin() as connection:
        connection.execute(text("UPDATE cases SET version = 0"))
    assert gone(engine, KINDS["cases"], OVER) == 0


def test_a_run_that_was_broken_off_is_gone_on_with(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = person(engine)
    for _ in range(5):
        case(engine, who, CLOSING)
    monkeypatch.setattr("portal.rights.actions.keeping.BATCH", 2)
    calls = itertools.count(1)

    def fail_at_the_second(*arguments: object) -> None:
        if next(calls) == 2:
            raise KeyboardInterrupt
        note(*arguments)  # type: ignore[arg-type]  # as it is called

    # The module has the name of its command, which stands before it in the package.
    monkeypatch.setattr(sys.modules["portal.cli.retention"], "record", fail_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        gone(engine, KINDS["cases"], OVER)
    assert count(engine, Case) == 3  # the first batch is kept, the second taken back whole
    assert gone(engine, KINDS["cases"], OVER) == 3
    assert count(engine, Case) == 0


def test_a_dry_run_counts_and_deletes_nothing(engine: Engine) -> None:
    who = person(engine)
    for _ in range(3):
        case(engine, who, CLOSING)
    assert would_go(engine, KINDS["cases"], OVER) == 3
    assert count(engine, Case) == 3
    assert count(engine, AuditEntry) == 0


def test_each_batch_is_written_down(engine: Engine) -> None:
    case(engine, person(engine), CLOSING)
    gone(engine, KINDS["cases"], OVER)
    with Session(engine) as session:
        (entry,) = session.scalars(select(AuditEntry))
    assert (entry.act, entry.actor, entry.why) == ("retention.ran", "operator", "cases 1")


# For each other kind: a row whose last day is CLOSED + its period.
DAY = noon(CLOSED)
SEALED = {"text_sealed": b"x", "kind": "correction", "about": "other", "due": CLOSED}


def _attempt(engine: Engine, at: datetime) -> None:
    put(engine, SignInAttempt, at=at, audience="citizen", issuer="i", outcome="signed_in")


def _sign_in(engine: Engine, at: datetime) -> None:
    put(engine, SignIn, id=uuid4(), kind="citizen", account_id=uuid4(), store_key=uuid4().hex,
        issuer="i", subject="s", started_at=at, device="x")  # fmt: skip


def _kept_form(engine: Engine, at: datetime) -> None:
    put(engine, KeptForm, id=uuid4(), account="citizen:x", sealed=b"x", kept_at=at)


def _quarantined(engine: Engine, at: datetime, *, settled: bool) -> None:
    put(engine, Quarantined, id=uuid4(), received_at=at, door="file", place=1, reasons=[],
        fingerprint=uuid4().bytes * 2, state="dropped" if settled else "open",
        settled_at=at if settled else None)  # fmt: skip


def _account(engine: Engine, at: datetime) -> None:
    put(engine, Account, id=uuid4(), issuer="i", subject=uuid4().hex, person_id=person(engine),
        loa="HIGH", last_sign_in_at=at)  # fmt: skip


def _request(engine: Engine, at: datetime) -> None:
    put(engine, RightsRequest, id=uuid4(), person_id=person(engine), made_at=at, answered_at=at,
        **SEALED)  # fmt: skip


def _look(engine: Engine, at: datetime) -> None:
    with engine.begin() as connection:
        note(connection, Entry(at, Act.CASE_VIEWED, Actor.CITIZEN))


MIDNIGHT = datetime(2026, 5, 12, 22, tzinfo=UTC)  # the end of the day


@pytest.mark.parametrize(
    ("kind", "put_one", "model", "last"),
    [
        ("requests", _request, RightsRequest, date(2031, 5, 12)),
        ("accounts", _account, Account, date(2028, 5, 12)),
        ("persons", person, Person, date(2026, 6, 11)),
        ("audit", _look, AuditEntry, date(2028, 5, 12)),
        ("quarantine_open", lambda e, at: _quarantined(e, at, settled=False), Quarantined,
         date(2026, 11, 8)),
        ("quarantine_settled", lambda e, at: _quarantined(e, at, settled=True), Quarantined,
         date(2026, 6, 11)),
    ],
)  # fmt: skip
def test_days_are_those_of_copenhagen(
    engine: Engine, kind: str, put_one: Callable[..., object], model: type[Base], last: date
) -> None:
    """What happened in the last second of a day and in the first of the next go a day apart."""
    put_one(engine, MIDNIGHT - timedelta(seconds=1))
    put_one(engine, MIDNIGHT)
    before = count(engine, model)
    end = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1)
    # Midnight is 22:00 UTC in summer and 23:00 in winter.
    midnight = end - timedelta(hours=2 if last.month in range(4, 11) else 1)
    assert gone(engine, KINDS[kind], midnight - timedelta(seconds=1)) == 0
    assert gone(engine, KINDS[kind], midnight) == 1
    if kind != "audit":  # which writes down that it was done
        assert count(engine, model) == before - 1


@pytest.mark.parametrize(
    ("kind", "put_one", "days"),
    [("kept_forms", _kept_form, 1), ("sign_ins", _sign_in, 1), ("sign_in_attempts", _attempt, 180)],
)
def test_some_kinds_are_exact_to_the_second(
    engine: Engine, kind: str, put_one: Callable[..., object], days: int
) -> None:
    """The rooms know their own periods: the file says the same."""
    assert KINDS[kind].period == Period(days=days)
    put_one(engine, DAY)
    over = DAY + timedelta(days=days)
    assert gone(engine, KINDS[kind], over - timedelta(seconds=1)) == 0
    assert gone(engine, KINDS[kind], over) == 1


def test_a_volunteer_goes_after_the_last_day(engine: Engine) -> None:
    put(engine, Volunteer, person_id=person(engine), kinds=[], reach="email", contact_sealed=b"x",
        consent_version="1", agreed_on=CLOSED, last_day=date(2031, 5, 12))  # fmt: skip
    assert gone(engine, KINDS["volunteers"], LAST) == 0
    assert gone(engine, KINDS["volunteers"], OVER) == 1


def test_a_request_without_an_answer_stays(engine: Engine) -> None:
    put(engine, RightsRequest, id=uuid4(), person_id=person(engine), made_at=DAY, **SEALED)
    assert gone(engine, KINDS["requests"], datetime(2090, 1, 1, tzinfo=UTC)) == 0


def test_the_account_of_somebody_with_a_case_stays(engine: Engine) -> None:
    who = person(engine)
    put(engine, Account, id=uuid4(), issuer="i", subject="s", person_id=who, loa="HIGH",
        last_sign_in_at=DAY)  # fmt: skip
    case(engine, who)
    assert gone(engine, KINDS["accounts"], datetime(2090, 1, 1, tzinfo=UTC)) == 0


def test_a_member_of_staff_loses_name_and_roles_and_keeps_the_key(engine: Engine) -> None:
    put(engine, StaffAccount, id=uuid4(), issuer="i", subject="s", name_sealed=b"x",
        roles=["quality"], last_sign_in_at=DAY)  # fmt: skip
    assert gone(engine, KINDS["staff_accounts"], datetime(2027, 5, 12, 21, 59, tzinfo=UTC)) == 0
    assert gone(engine, KINDS["staff_accounts"], datetime(2027, 5, 12, 22, 0, tzinfo=UTC)) == 1
    with Session(engine) as session:
        (left,) = session.scalars(select(StaffAccount))
    assert (left.name_sealed, left.roles) == (None, [])


def test_a_person_stays_while_anything_leads_there(engine: Engine) -> None:
    for_other, named, free = person(engine), person(engine), person(engine)
    who = person(engine)
    case(engine, who, (PartyAdded(person=named, role="representative", acts_for=for_other), DAY))
    with engine.begin() as connection:  # a part that was corrected away
        connection.execute(text("DELETE FROM case_parties WHERE role = 'representative'"))
    later = datetime(2090, 1, 1, tzinfo=UTC)
    assert gone(engine, KINDS["persons"], later) == 1
    with Session(engine) as session:
        assert set(session.scalars(select(Person.id))) == {who, named, for_other}
    del free


def test_the_command_goes_through_all_kinds(
    run: Callable[..., Result], engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    case(engine, person(engine), CLOSING)
    monkeypatch.setattr(NOW, lambda: OVER)
    dry = run("retention", "run", "--dry-run")
    assert dry.exit_code == 0, dry.output
    assert "cases                1 would be deleted" in dry.output
    done = run("retention", "run")
    assert done.exit_code == 0, done.output
    assert "cases                1 deleted" in done.output
    assert "persons              1 deleted" in done.output  # as the case went before it
    assert "indblik participation refresh" in done.output
    assert done.output.count("\n") == len(KINDS)
    again = run("retention", "run")
    assert "cases                0 deleted" in again.output
    with Session(engine) as session:
        said = set(session.scalars(select(AuditEntry.why)))
    assert said == {"cases 1", "persons 1"}
