"""Ways to guess who gave which answer, by everything that dumps, logs and keys tell.

All begin with the difference of successive dumps: it says in which interval an entry came, and so
in which group of people its author is. Within the group they match entries to people by whatever
has an order or an identity. What the group itself tells is chance, and what is beyond it is a leak.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.anonymity.dumps import Dump, Entry, Row
    from tests.anonymity.people import Citizen

Group = tuple[str, int]  # cohort and interval


class Scene(NamedTuple):
    """A group: its entries of one kind, and the people who answered, in the order they looked.

    That the attacker knows who answered is more than any dump tells.
    """

    entries: Sequence[Entry]
    people: Sequence[Citizen]
    dumps: Sequence[Dump]
    group: Group


def scenes(
    entries: Sequence[Entry], truth: dict[str, Citizen], dumps: Sequence[Dump]
) -> list[Scene]:
    """The groups. Who is in which is given away; who gave which answer is not."""
    groups: defaultdict[Group, list[Entry]] = defaultdict(list)
    for one in entries:
        groups[truth[one.says].cohort, one.interval].append(one)
    return [
        Scene(
            found,
            sorted({truth[one.says].number: truth[one.says] for one in found}.values(),
                   key=lambda citizen: citizen.looks),
            dumps,
            group,
        )
        for group, found in sorted(groups.items())
    ]  # fmt: skip


def _matched(entries: Sequence[Entry], people: Sequence[Citizen]) -> list[tuple[Entry, Citizen]]:
    """By rank. There may be two entries (texts) of each person, or none."""
    return [
        (entry, people[rank * len(people) // len(entries)]) for rank, entry in enumerate(entries)
    ]


def by_place(scene: Scene) -> list[tuple[Entry, Citizen]]:
    """As the rows, and the entries of a pool, lie: rowid, ctid, order of the dump."""
    return _matched(sorted(scene.entries, key=lambda one: one.place), scene.people)


def by_key(scene: Scene) -> list[tuple[Entry, Citizen]]:
    """As their keys count."""
    return _matched(sorted(scene.entries, key=lambda one: one.key), scene.people)


def by_transaction(scene: Scene) -> list[tuple[Entry, Citizen]]:
    """By the numbers of the transactions that wrote the released rows, and their place in them."""
    last = scene.dumps[-1].portal
    rows = last["feedback_ratings"] + last["feedback_texts"]
    written = {row["key"]: (row.get("xmin", 0), place) for place, row in enumerate(rows)}
    entries = sorted(scene.entries, key=lambda one: written.get(one.key, (0, 0)))
    return _matched(entries, scene.people)


def by_spent(scene: Scene) -> list[tuple[Entry, Citizen]]:
    """By the hashes spent in the interval, as they lie or by their transactions.

    They are people in the order in which they answered; entries are theirs by the rank of the keys.
    """
    new = _new_spent(scene)
    ranked = sorted(range(len(new)), key=lambda place: bytes(new[place]["hash"]))
    people = sorted(scene.people, key=lambda citizen: citizen.answers)
    entries = sorted(scene.entries, key=lambda one: one.key)
    found = [ranked[rank * len(ranked) // len(entries)] for rank in range(len(entries))]
    return [
        (entry, people[min(place, len(people) - 1)])
        for entry, place in zip(entries, found, strict=True)
    ]


def _new_spent(scene: Scene) -> list[Row]:
    cohort, interval = scene.group
    before = {
        bytes(row["hash"]) for row in (scene.dumps[interval - 1].door["spent"] if interval else [])
    }
    rows = [
        row
        for row in scene.dumps[interval].door["spent"]
        if row["cohort"] == cohort and bytes(row["hash"]) not in before
    ]
    # Python's sort is stable: without transactions the place decides.
    return sorted(rows, key=lambda row: row.get("xmin", 0)) or [{"hash": b""}]


def by_digest(scene: Scene) -> list[tuple[Entry, Citizen]]:
    """The digest of each request for a token, against every digest of what an entry holds.

    Equal ones would be proof; where none are equal, the nearest by number is taken.
    """
    issued = {
        str(row["person_id"]).replace("-", ""): bytes(row["blinded"])
        for row in scene.dumps[-1].portal["participation_tokens"]
    }
    of = {one.number: issued[one.person.hex] for one in scene.people}
    found = []
    for entry in scene.entries:
        digests = [hashlib.sha256(part.encode()).digest() for part in (entry.key, entry.says)]
        digests.append(bytes.fromhex(entry.key) * 2)
        found.append((entry, min(scene.people, key=lambda one: _distance(of[one.number], digests))))
    return found


def _distance(given: bytes, digests: Sequence[bytes]) -> int:
    """Bits in which a digest differs from the nearest of the others."""
    number = int.from_bytes(given, "big")
    return min((number ^ int.from_bytes(one, "big")).bit_count() for one in digests)


ATTACKS = {
    "place": by_place,
    "key": by_key,
    "transaction": by_transaction,
    "spent": by_spent,
    "digest": by_digest,
}
