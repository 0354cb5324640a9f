"""A full extract of a case system against what the portal holds: where the two differ."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from portal.feed.rules.checks import NAME_LENGTH, text_reasons
from portal.feed.rules.forms import decoded
from portal.feed.words import Code, Difference, Reason, Refused, Rejected

if TYPE_CHECKING:
    from portal.cases.words import State

Value = str | date | bool | None


class Extracted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One case as its source holds it. What is left out is not compared; null is “none”."""

    source: str
    subject: str
    number: str | msgspec.UnsetType | None = msgspec.UNSET
    area: str | msgspec.UnsetType | None = msgspec.UNSET
    authority: str | msgspec.UnsetType | None = msgspec.UNSET
    received: date | msgspec.UnsetType | None = msgspec.UNSET
    stage: str | msgspec.UnsetType | None = msgspec.UNSET
    outcome: str | msgspec.UnsetType | None = msgspec.UNSET
    decided: date | msgspec.UnsetType | None = msgspec.UNSET
    ending: str | msgspec.UnsetType | None = msgspec.UNSET
    closed: date | msgspec.UnsetType | None = msgspec.UNSET
    withheld: bool | msgspec.UnsetType = msgspec.UNSET


COMPARED = tuple(name for name in Extracted.__struct_fields__ if name not in {"source", "subject"})
DECODER = msgspec.json.Decoder(Extracted)  # taken apart before there are threads


def extracted(line: bytes) -> Extracted | Rejected:
    """The case of one line."""
    try:
        found = decoded(line, DECODER)
    except Refused as refused:
        return Rejected(refused.reasons)
    texts = (
        reason
        for name in Extracted.__struct_fields__
        if isinstance(getattr(found, name), str)
        for reason in text_reasons(getattr(found, name), name)
    )
    names = (
        Reason(Code.EMPTY if not name else Code.TEXT_TOO_LONG, field)
        for field, name in (("source", found.source), ("subject", found.subject))
        if not 0 < len(name) <= NAME_LENGTH
    )
    reasons = (*names, *texts)
    return Rejected(reasons) if reasons else found


def differences(extract: Extracted, state: State | None) -> list[Difference]:
    """Where a case differs from what the portal holds of it; None: it holds no such case."""
    case = (extract.source, extract.subject)
    if state is None:
        return [Difference(*case, "case", "there", "missing")]
    held = _held(state)
    found = []
    for name in COMPARED:
        said = getattr(extract, name)
        if said is not msgspec.UNSET and said != held[name]:
            found.append(Difference(*case, name, _text(said), _text(held[name])))
    return found


def _held(state: State) -> dict[str, Value]:
    decision = state.decision
    return {
        "number": state.number,
        "area": state.area,
        "authority": state.authority,
        "received": state.received,
        "stage": _stage(state),
        "outcome": decision.outcome if decision else None,
        "decided": decision.on if decision else None,
        "ending": state.ending,
        "closed": state.closed,
        "withheld": state.withheld is not None,
    }


def _stage(state: State) -> str | None:
    """The stage as it was told; one without words is among the codes that are noted."""
    if state.stage_unclear:
        return next((one.code for one in reversed(state.unknown) if one.kind == "stage"), None)
    return state.stage


def _text(value: Value) -> str | None:
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)
