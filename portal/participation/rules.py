"""Which cohort a decision belongs to, how long its tokens are good for, and the published list."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from portal.blind.rules import blinded_by
from portal.blind.rules.pss import SALT_BYTES, encoded
from portal.cases.words import Area
from portal.participation.words import ALL, Decided, Group, Plan, Quarter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from portal.blind.words import PublicKey
    from portal.cases.words import SeenCase
    from portal.participation.words import Listed

LEAST = 50  # decisions of a cohort, counted in the last quarter that has ended
REDEEM = timedelta(days=28)  # after the last day on which tokens are issued
FIRST = "0" * 64  # what the first line of the list has for the hash of the line before it
TOKEN_BYTES = 64
SEED_BYTES = 32


def about_key(cohort: str) -> str:
    """What the private key of a cohort is sealed about."""
    return f"participation key {cohort}"


GROUPS: dict[Group, tuple[Area, ...]] = {
    Group.EMPLOYMENT: (
        Area.SICKNESS_BENEFIT,
        Area.CASH_BENEFIT,
        Area.RESOURCE_PROGRAMME,
        Area.FLEX_JOB,
        Area.REHABILITATION,
        Area.REPAYMENT,
        Area.SINGLE_PAYMENT,
    ),
    Group.BENEFITS: (
        Area.DISABILITY_PENSION,
        Area.SENIOR_PENSION,
        Area.STATE_PENSION,
        Area.HOUSING_BENEFIT,
        Area.PARENTAL_BENEFIT,
        Area.CHILD_BENEFIT,
    ),
    Group.DISABILITY: (
        Area.ADDED_COSTS_ADULT,
        Area.ADDED_COSTS_CHILD,
        Area.LOST_EARNINGS,
        Area.AIDS,
        Area.CAR,
        Area.HOME_ADAPTATION,
        Area.PERSONAL_ASSISTANCE,
        Area.COMPANION,
        Area.HOME_CARE,
        Area.HOUSING_SUPPORT,
    ),
    Group.CHILDREN: (Area.CHILD_SUPPORT_MEASURES, Area.PLACEMENT, Area.CONTACT_WITH_CHILD),
    Group.WORK_INJURY: (Area.WORK_INJURY,),
    Group.BOARDS: (
        Area.STUDENT_GRANT,
        Area.SPECIAL_EDUCATION,
        Area.EQUAL_TREATMENT,
        Area.ADOPTION,
        Area.WORKING_ENVIRONMENT,
        Area.PSYCHOLOGISTS,
    ),
}
GROUP_OF: dict[str, Group] = {area: group for group, areas in GROUPS.items() for area in areas}


def group_of(area: str | None) -> Group:
    """The coarse area of an area; those without words are `other`."""
    return GROUP_OF.get(area or "", Group.OTHER)


def quarter_of(day: date) -> Quarter:
    """The quarter that a day is in."""
    return Quarter(day.year, (day.month + 2) // 3)


def decided_of(case: SeenCase) -> Decided | None:
    """The decision that the case stands at; None where there is none."""
    state = case.state
    if state.decision is None:
        return None
    number = len(state.earlier_decisions) + 1
    return Decided(case.id, case.person, number, state.decision.on, state.area)


def is_open(decided: Decided, today: date) -> bool:
    """Whether tokens may be issued today for a decision of that day."""
    quarter = quarter_of(decided.on)
    return quarter.first <= today <= quarter.after.last


def merged(counts: Mapping[str, int]) -> dict[str, tuple[Group, ...]]:
    """The cohorts of a quarter, by name, each with its groups. Empty: too few decisions in all.

    A group with too few is counted with `other`; where that is still too few, `other` goes with
    the smallest group that has enough; and where none has, all are one.
    """
    large = {group for group in Group if counts.get(group, 0) >= LEAST} - {Group.OTHER}
    small = tuple(sorted(set(Group) - large))
    if sum(counts.get(group, 0) for group in small) >= LEAST:
        name: str = Group.OTHER if large else ALL
        return {name: small} | {group: (group,) for group in sorted(large)}
    if not large:
        return {}
    smallest = min(large, key=lambda group: (counts[group], group))
    joined: dict[str, tuple[Group, ...]] = {group: (group,) for group in sorted(large)}
    return joined | {smallest: (smallest, *small)}


def plans_of(quarter: Quarter, counts: Mapping[str, int]) -> Iterator[Plan]:
    """The cohorts of a quarter, by what was decided in the last one that has ended."""
    until = quarter.after.last
    for name, groups in merged(counts).items():
        yield Plan(
            name=f"{quarter.year}-{quarter.number}-{name}",
            groups=tuple(str(group) for group in groups),
            issue_from=quarter.first,
            issue_until=until,
            redeem_until=until + REDEEM,
        )


# --- The published list: JSON Lines, and each line holds the hash of the one before.


def appended(text: str, cohorts: Iterable[Listed]) -> str:
    """The list with these cohorts behind all that stands in it already."""
    lines = text.splitlines()
    for cohort in cohorts:
        previous = hashlib.sha256(lines[-1].encode()).hexdigest() if lines else FIRST
        lines.append(_line(cohort, previous))
    return "".join(f"{line}\n" for line in lines)


def _line(cohort: Listed, previous: str) -> str:
    return json.dumps(
        {
            "cohort": cohort.name,
            "key": b64encode(cohort.key).decode(),
            "issue_from": cohort.issue_from.isoformat(),
            "issue_until": cohort.issue_until.isoformat(),
            "redeem_until": cohort.redeem_until.isoformat(),
            "previous": previous,
        },
        separators=(",", ":"),
    )


# --- The way without script: the portal blinds on the reader's behalf.


class Veiled(NamedTuple):
    """A message under its veil, and what takes the veil off."""

    prepared: bytes
    blinded: bytes
    inverse: bytes


def veiled(key: PublicKey, seed: bytes) -> Veiled:
    """What the browser would have made by chance, made of a random seed that stands in the form.

    The same form sent again, after an answer that was lost or by "reload", gives the same token.
    """
    size = key.size + 16  # so many more bytes than the key has that each factor is as likely
    stream = hashlib.shake_256(b"indblik participation v1\0" + seed).digest(
        TOKEN_BYTES + SALT_BYTES + size
    )
    prepared, rest = stream[:TOKEN_BYTES], stream[TOKEN_BYTES:]
    salt, wide = rest[:SALT_BYTES], int.from_bytes(rest[SALT_BYTES:], "big")
    factor = 1 + wide % (key.modulus - 1)
    return Veiled(prepared, *blinded_by(key, encoded(key, prepared, salt), factor))
