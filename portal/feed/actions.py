"""Taking in what case systems tell."""

from __future__ import annotations

import logging
from base64 import b64encode
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from portal.cases.actions import record_many
from portal.cases.rules.sealing import SEALED, about_event
from portal.cases.words import Event
from portal.feed.models import DAY_MINUTES, Source
from portal.feed.rules import happening, parsed, people
from portal.feed.words import Code, Heartbeat, Reason, Rejected, Report, Result, Told
from portal.identity.actions import persons_with_cprs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from portal.vault import Vault

    Key = tuple[str, str]

log = logging.getLogger(__name__)
BROKEN = Report(Result.REJECTED, (Reason(Code.NOT_STORED),))
BEGINNING = datetime.min.replace(tzinfo=UTC)
ACCEPTED, KNOWN = Report(Result.ACCEPTED), Report(Result.KNOWN)


def accept(session: Session, vault: Vault, records: Sequence[bytes], now: datetime) -> list[Report]:
    """Take in records, each a CloudEvent as JSON; what became of each, in their order.

    One that cannot be read or stored never keeps another out. A database that does not answer
    raises: then nothing was taken in.
    """
    read = [parsed(record, now) for record in records]
    told = [one for one in read if isinstance(one, Told)]
    added, broken = _stored(session, vault, told, now)
    reports = [_report(one, added, broken) for one in read]
    _hear(session, [one for one, report in zip(read, reports, strict=True)
                    if not isinstance(one, Rejected) and report is not BROKEN], now)  # fmt: skip
    return reports


def _report(one: Told | Heartbeat | Rejected, added: set[Key], broken: set[Key]) -> Report:
    match one:
        case Rejected(reasons):
            return Report(Result.REJECTED, reasons)
        case Heartbeat():
            return ACCEPTED
    if (one.source, one.subject) in broken:
        return BROKEN
    if (one.source, one.id) not in added:
        return KNOWN
    added.discard((one.source, one.id))  # told again in the same batch, it is known
    return ACCEPTED


def _stored(
    session: Session, vault: Vault, told: Sequence[Told], now: datetime
) -> tuple[set[Key], set[Key]]:
    """The keys of the events that were new, and those of the cases that could not be stored."""
    if not told:
        return set(), set()
    try:
        return _store(session, vault, told, now), set()
    except Exception as error:
        # Whatever is wrong with one case hides no other; a database that does not answer, or
        # lacks its tables, is not about a case.
        if isinstance(error, DBAPIError) and not isinstance(error, (DataError, IntegrityError)):
            raise
        cases = _by_case(told)
        if len(cases) == 1:
            log.warning("a case could not be stored: %s", type(error).__name__)
            return set(), set(cases)
    halves = _halves(list(cases.values()))
    parts = [_stored(session, vault, half, now) for half in halves]
    return set().union(*(added for added, _ in parts)), set().union(*(bad for _, bad in parts))


def _by_case(told: Iterable[Told]) -> dict[Key, list[Told]]:
    cases: dict[Key, list[Told]] = {}
    for one in told:
        cases.setdefault((one.source, one.subject), []).append(one)
    return cases


def _halves(cases: Sequence[Sequence[Told]]) -> Iterator[list[Told]]:
    middle = len(cases) // 2
    for half in (cases[:middle], cases[middle:]):
        yield [one for case in half for one in case]


def _store(session: Session, vault: Vault, told: Sequence[Told], now: datetime) -> set[Key]:
    with session.begin_nested():
        persons = _persons(session, vault, told, now)
        events = {
            case: [_event(one, persons) for one in part] for case, part in _by_case(told).items()
        }
        beside: dict[Key, dict[str, object]] = {
            (one.source, one.id): {SEALED: _sealed(vault, one, one.beside)}
            for one in told
            if one.beside
        }
        return record_many(session, events, now, beside)


def _persons(
    session: Session, vault: Vault, told: Iterable[Told], now: datetime
) -> Mapping[str, UUID]:
    names: dict[str, str | None] = {}
    for one in told:
        for cpr, name in people(one).items():
            names[cpr] = names.get(cpr) or name
    return persons_with_cprs(session, vault, names, now) if names else {}


def _event(one: Told, persons: Mapping[str, UUID]) -> Event:
    return Event(one.source, one.id, one.at, happening(one.data, persons), one.sequence)


def _sealed(vault: Vault, one: Told, text: str) -> str:
    return b64encode(vault.seal(text, about_event(one.source, one.id))).decode()


def _hear(session: Session, heard: Sequence[Told | Heartbeat], now: datetime) -> None:
    """Note how far each source has told. Its own clock counts, but never a time to come."""
    latest: dict[str, datetime] = {}
    for one in heard:
        if one.at > latest.get(one.source, BEGINNING):
            latest[one.source] = min(now, one.at)
    # In one order for everybody: writers then never wait in a ring.
    for source in sorted(latest):
        _note(session, source, latest[source])
    for beat in sorted((one for one in heard if isinstance(one, Heartbeat)), key=_place):
        _heed(session, beat)


def _place(one: Heartbeat) -> tuple[str, datetime]:
    return one.source, one.at


def _note(session: Session, source: str, at: datetime) -> None:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(Source).values(
        source=source, name=source, heard_at=at, silent_after=DAY_MINUTES
    )
    session.execute(
        row.on_conflict_do_update(
            index_elements=[Source.source],
            set_={"heard_at": row.excluded.heard_at},
            where=Source.heard_at < row.excluded.heard_at,
        )
    )


def _heed(session: Session, beat: Heartbeat) -> None:
    """Keep what a heartbeat says, unless a newer one has said it: they may come in any order."""
    for said in ("name", "silent_after", "sequence"):
        value = getattr(beat, said)
        if value is None:
            continue
        column, since = getattr(Source, said), getattr(Source, f"{said}_at")
        session.execute(
            update(Source)
            .where(Source.source == beat.source, or_(since.is_(None), since < beat.at))
            .values({column: value, since: beat.at})
        )
