"""Taking in what is told, and keeping what was rejected until somebody settles it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from portal.cases.queries import known_events
from portal.feed.actions import accept
from portal.feed.rules import LINE_BYTES, names_in
from portal.feed.words import Report, Result
from portal.identity.queries import in_chunks
from portal.quarantine.models import Quarantined
from portal.quarantine.rules import BYTES, about_record
from portal.quarantine.words import Door, Keeping, NotKept

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from portal.vault import Vault


def take_in(  # noqa: PLR0913, PLR0917 - the records, and where they come from
    session: Session,
    vault: Vault,
    records: Sequence[bytes],
    now: datetime,
    door: Door,
    places: Sequence[int],
) -> list[Report]:
    """Do what `accept` does, and keep what is rejected: open, until it is told well or settled."""
    reports = accept(session, vault, records, now)
    rejected = [
        _row(vault, record, report, now, (door, place))
        for record, report, place in zip(records, reports, places, strict=True)
        if report.result is Result.REJECTED
    ]
    if rejected:
        _keep(session, rejected)
    _settle(session, _told_well(session, records, reports), now)
    return reports


def replay(
    session: Session, vault: Vault, kept: UUID, now: datetime, corrected: bytes | None = None
) -> Report:
    """Take a kept record in, or the corrected one in its place. Raises NotKept.

    It stays open where it is rejected again.
    """
    row = _open_row(session, kept)
    record = corrected if corrected is not None else opened(session, vault, kept)
    (report,) = accept(session, vault, [record], now)
    if report.result is Result.REJECTED:
        if corrected is None:
            row.reasons = _plain(report)
    else:
        _close(row, Keeping.REPLAYED, now)
    session.flush()
    return report


def drop(session: Session, kept: UUID, now: datetime) -> None:
    """Give a kept record up: what it said is forgotten. Raises NotKept."""
    _close(_open_row(session, kept), Keeping.DROPPED, now)
    session.flush()


def expire(session: Session, settled_before: datetime, opened_before: datetime) -> Counter[Keeping]:
    """Delete what was settled, or came and was never settled, before these moments; how many."""
    gone: Counter[Keeping] = Counter()
    for state in Keeping:
        old = (
            Quarantined.received_at < opened_before
            if state is Keeping.OPEN
            else Quarantined.settled_at < settled_before
        )
        deleted = session.scalars(
            delete(Quarantined).where(Quarantined.state == state, old).returning(Quarantined.id)
        )
        gone[state] = len(deleted.all())
    return gone


def opened(session: Session, vault: Vault, kept: UUID) -> bytes:
    """What a kept record says, as it came: for whoever is to correct it. Raises NotKept."""
    sealed = _open_row(session, kept).sealed
    if sealed is None:
        raise NotKept
    return vault.open(sealed, about_record(kept)).encode(BYTES)


def _open_row(session: Session, kept: UUID) -> Quarantined:
    row = session.scalars(
        select(Quarantined)
        .where(Quarantined.id == kept, Quarantined.state == Keeping.OPEN)
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise NotKept
    return row


def _close(row: Quarantined, state: Keeping, now: datetime) -> None:
    row.state, row.settled_at, row.sealed = state, now, None


def _plain(report: Report) -> list[dict[str, str | None]]:
    return [{"code": str(reason.code), "field": reason.field} for reason in report.reasons]


def _row(
    vault: Vault, record: bytes, report: Report, now: datetime, came: tuple[Door, int]
) -> dict[str, object]:
    kept = uuid4()
    source, event, subject, what = names_in(record)
    return {
        "id": kept,
        "received_at": now,
        "door": came[0],
        "place": came[1],
        "source": source,
        "event": event,
        "subject": subject,
        "type": what,
        "reasons": _plain(report),
        "fingerprint": vault.fingerprint(record),
        "sealed": vault.seal(record[:LINE_BYTES].decode(BYTES), about_record(kept)),
        "state": Keeping.OPEN,
        "settled_at": None,
    }


def _keep(session: Session, rows: Sequence[dict[str, object]]) -> None:
    """Keep them; one that was kept before stays what it has become."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    # In one order for everybody: writers then never wait in a ring.
    ordered = sorted(rows, key=lambda row: repr(row["fingerprint"]))
    session.execute(dialect.insert(Quarantined).on_conflict_do_nothing(), ordered)


def _told_well(
    session: Session, records: Sequence[bytes], reports: Sequence[Report]
) -> set[tuple[str, str]]:
    """The events among these records that were told well, now or some time before."""
    waiting = select(Quarantined.id).where(Quarantined.state == Keeping.OPEN).limit(1)
    if session.scalar(waiting) is None:
        return set()
    named = [
        ((source, event), report.result is not Result.REJECTED)
        for record, report in zip(records, reports, strict=True)
        for source, event, _, _ in [names_in(record)]
        if source is not None and event is not None
    ]
    rejected = {key for key, well in named if not well}
    return {key for key, well in named if well} | known_events(session, rejected)


def _settle(session: Session, told: Collection[tuple[str, str]], now: datetime) -> None:
    """Settle what was rejected of these events: they have been told well."""
    found = [
        row.id
        for chunk in in_chunks({event for _, event in told})
        for row in session.execute(
            select(Quarantined.id, Quarantined.source, Quarantined.event).where(
                Quarantined.state == Keeping.OPEN, Quarantined.event.in_(chunk)
            )
        )
        if (row.source, row.event) in told
    ]
    for chunk in in_chunks(sorted(found)):
        session.execute(
            update(Quarantined)
            .where(Quarantined.id.in_(chunk))
            .values(state=Keeping.REPLAYED, settled_at=now, sealed=None)
        )
