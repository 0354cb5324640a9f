"""Reading the whole log to see whether it is what was written: row by row, as it is stored.

Nothing is taken for granted, for whoever can write to the database can have stored anything.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import String, cast, func, select
from sqlalchemy.exc import OperationalError

from portal.audit.models import AuditEntry
from portal.audit.rules.anchors import FILES, anchor_in, key_named
from portal.audit.rules.checking import Checked, Stored, checked, of_the_whole
from portal.audit.words import Entry, Fault, Finding, Link
from portal.vault import Purpose, UnknownKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sqlalchemy import ColumnElement, Row
    from sqlalchemy.orm import Session

    from portal.audit.rules.checking import Keys
    from portal.audit.words import Anchor
    from portal.vault import Vault

    Anchored = dict[UUID, dict[int, Anchor]]

AS_SQLITE_WRITES = "%Y-%m-%d %H:%M:%S.%f"
# SQLite keeps any value in any column, and finds a row only where it is spelt as it is asked for.
SPELT = (
    func.hex(AuditEntry.at).label("at_spelt"),
    func.hex(AuditEntry.account_id).label("account_spelt"),
    func.hex(AuditEntry.case_id).label("case_spelt"),
)
UNFIT = (ValueError, TypeError, AttributeError, OverflowError, LookupError)


def check(session: Session, vault: Vault, folders: Iterable[Path]) -> Checked:
    """Hold the whole log against its keys, and against the anchors in these folders.

    The anchors are read first: what comes in the meantime is in the database before it is in them.
    """
    into, keys = Checked(), _keys(vault)
    anchors = _anchors(folders, keys, into)
    spelt = list(session.scalars(select(_spelling(session)).distinct()))
    found: set[UUID] = set()
    for name in spelt:
        chain = _chain(session, name)
        if chain is None:
            into.findings.append(Finding(Fault.UNREADABLE, str(name)))
            continue
        found.add(chain)
        _check(session, chain, anchors.get(chain, {}), keys, into)
    into.findings += of_the_whole(into, anchors, found)
    return into


def _check(
    session: Session, chain: UUID, anchors: dict[int, Anchor], keys: Keys, into: Checked
) -> None:
    try:
        checked(chain, _rows(session, chain), anchors, keys, into)
    except (*UNFIT, OperationalError):  # a value that the driver itself cannot read
        into.findings.append(Finding(Fault.UNREADABLE, chain.hex))


def _keys(vault: Vault) -> Keys:
    def key(name: str) -> Any:  # noqa: ANN401 - as the rule says it
        try:
            return vault.key(Purpose.AUDIT, name)
        except UnknownKey:
            return None

    return key


def _chain(session: Session, spelt: str | None) -> UUID | None:
    """The chain of this name, if it is spelt as we spell it."""
    try:
        if session.get_bind().dialect.name != "sqlite":
            return UUID(spelt)
        told = bytes.fromhex(spelt or "").decode("ascii")
        chain = UUID(told)
    except UNFIT:
        return None
    return chain if told == chain.hex else None


def _spelling(session: Session) -> ColumnElement[str]:
    """The name of a chain in letters that any value can be told in."""
    if session.get_bind().dialect.name == "sqlite":
        return func.hex(AuditEntry.chain)
    return cast(AuditEntry.chain, String)


def _rows(session: Session, chain: UUID) -> Iterator[Stored]:
    sqlite = session.get_bind().dialect.name == "sqlite"
    wanted = select(*AuditEntry.__table__.c, *(SPELT if sqlite else ()))
    rows = session.execute(
        wanted.where(AuditEntry.chain == chain).order_by(AuditEntry.number, AuditEntry.id)
    )
    for row in rows:
        link = Link(chain, int(row.number), str(row.key_id), row.mac)
        yield Stored(link, _entry(row, sqlite=sqlite))


def _entry(row: Row[Any], *, sqlite: bool) -> Entry | None:
    try:
        entry = Entry(
            row.at.astimezone(UTC),
            row.act,  # also one that this version no longer knows
            row.actor,
            row.account_id,
            row.role,
            row.case_id,
            row.page,
            row.why,
        )
    except UNFIT:
        return None
    if sqlite and not _spelt_well(row, entry):
        return None
    return entry if _fit(entry) else None


def _spelt_well(row: Row[Any], entry: Entry) -> bool:
    return (row.at_spelt, row.account_spelt, row.case_spelt) == (
        _hex(entry.at.strftime(AS_SQLITE_WRITES)),
        _hex(entry.account.hex if entry.account else ""),
        _hex(entry.case.hex if entry.case else ""),
    )


def _hex(told: str) -> str:
    return told.encode().hex().upper()


def _fit(entry: Entry) -> bool:
    """Whether all values are of the kind that they should be: columns can be altered."""
    keys = all(key is None or isinstance(key, UUID) for key in (entry.account, entry.case))
    said = all(isinstance(word, str) for word in (entry.act, entry.actor))
    more = all(isinstance(word, str | None) for word in (entry.role, entry.page, entry.why))
    return keys and said and more and isinstance(entry.at, datetime)


def _anchors(folders: Iterable[Path], keys: Keys, into: Checked) -> Anchored:
    """What the files in these folders say. The same line may stand in several."""
    anchors: Anchored = {}
    for folder in folders:
        for path in sorted(folder.glob(FILES)):
            for line in path.read_text("utf-8", "replace").splitlines():
                anchor = _anchor(line, keys)
                if anchor is None:
                    into.findings.append(Finding(Fault.FALSE_ANCHOR, path.name))
                else:
                    anchors.setdefault(anchor.link.chain, {})[anchor.link.number] = anchor
    return anchors


def _anchor(line: str, keys: Keys) -> Anchor | None:
    name = key_named(line)
    key = keys(name) if name is not None else None
    return anchor_in(line, key) if key is not None else None
