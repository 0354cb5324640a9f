"""What is wrong with a log, told from its entries and from the anchors that lie elsewhere."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from portal.audit.rules import following, opening
from portal.audit.words import Act, Entry, Fault, Finding, Link
from portal.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from uuid import UUID

    from portal.audit.words import Anchor
    from portal.settings import Key

    Keys = Callable[[str], Key | None]


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as it lies in the database. None: it is nothing that we would have stored."""

    link: Link
    entry: Entry | None


@dataclass(slots=True)
class Checked:
    """What one chain, or the whole log, was found to be."""

    findings: list[Finding] = field(default_factory=list)
    entries: int = 0
    chains: int = 0
    loose: int = 0  # entries after the last anchor of their chain
    # Heads of chains without a fault that no anchor holds yet.
    heads: list[tuple[date, Link]] = field(default_factory=list)
    gone_before: date | None = None  # as retention has written it down
    days: dict[UUID, date] = field(default_factory=dict)


def checked(chain: UUID, rows: Iterable[Stored], anchors: Mapping[int, Anchor], keys: Keys,
            into: Checked) -> None:  # fmt: skip
    """Look through one chain, in the order of its numbers."""
    found = _Chain(chain, keys, into)
    macs = {}
    for row in rows:
        found.take(row)
        macs[row.link.number] = row.link.mac if row.link.number in anchors else b""
    into.entries += len(macs)
    into.chains += 1
    found.held_to(anchors, macs)
    found.end(max(anchors, default=0))


class _Chain:
    """One chain, as far as it has been read."""

    def __init__(self, chain: UUID, keys: Keys, into: Checked) -> None:
        self._chain, self._keys, self._into = chain, keys, into
        self._before: Link | None = None
        self._day: date | None = None
        self._faults = len(into.findings)

    def take(self, row: Stored) -> None:
        link = row.link
        key = self._keys(link.key)
        if key is None:
            self._find(Fault.UNKNOWN_KEY, link.number)
            self._before = link
            return
        before = self._before or opening(key, self._chain)
        if link.number == before.number:
            self._find(Fault.DOUBLE, link.number)
            return
        if link.number != before.number + 1:
            self._find(Fault.MISSING, before.number + 1)
        elif row.entry is None or not _fits(following(key, before, row.entry), link):
            self._find(Fault.EDITED, link.number)
        else:
            self._true(row.entry)
        self._before = link

    def _true(self, entry: Entry) -> None:
        """The entry is as it was written."""
        day = day_of(entry.at)
        self._day = self._day or day
        self._into.days.setdefault(self._chain, day)
        if entry.act == Act.LOG_EXPIRED and entry.why:
            told = date.fromisoformat(entry.why)
            self._into.gone_before = max(told, self._into.gone_before or told)

    def held_to(self, anchors: Mapping[int, Anchor], macs: Mapping[int, bytes]) -> None:
        """What was written down elsewhere must be there still."""
        last = self._before.number if self._before else 0
        cut = [number for number in anchors if number > last]
        if cut:
            self._find(Fault.CUT, last + 1, anchors[max(cut)].day)
        for number, anchor in anchors.items():
            stored = macs.get(number)
            if stored is not None and not _same(stored, anchor.link.mac):
                self._find(Fault.OTHER, number, anchor.day)

    def end(self, anchored: int) -> None:
        """Nothing follows. So far the anchors reach."""
        if self._before is None or self._before.number <= anchored:
            return
        self._into.loose += self._before.number - anchored
        if self._day and len(self._into.findings) == self._faults:
            self._into.heads.append((self._day, self._before))

    def _find(self, fault: Fault, number: int, day: date | None = None) -> None:
        told = Finding(fault, self._chain.hex, number, day or self._day)
        self._into.findings.append(told)


def _fits(expected: Link, stored: Link) -> bool:
    return expected.key == stored.key and _same(expected.mac, stored.mac)


def _same(one: bytes, other: object) -> bool:
    return isinstance(other, bytes) and hmac.compare_digest(one, other)


def of_the_whole(into: Checked, anchors: Mapping[UUID, Mapping[int, Anchor]],
                 found: set[UUID]) -> Iterator[Finding]:  # fmt: skip
    """What no chain tells by itself: chains that are gone, and such as should be."""
    before = into.gone_before or date.min
    if into.entries and not anchors:
        yield Finding(Fault.NO_ANCHOR, "")
    for chain, told in anchors.items():
        day = next(iter(told.values())).day
        if chain not in found and day >= before:
            yield Finding(Fault.GONE, chain.hex, None, day)
    for chain, day in into.days.items():
        if day < before:
            yield Finding(Fault.RETURNED, chain.hex, None, day)
