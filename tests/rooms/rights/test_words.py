"""Every code that a person may be shown has words in every view, and every column a name."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from portal.cases.rules import TYPES
from portal.cases.words import (
    Addressee,
    AgainResult,
    Ending,
    Favour,
    MoveReason,
    Outcome,
    RequestKind,
    Role,
    SuspensionReason,
)
from portal.estimates.words import Move, Withheld
from portal.i18n import VIEWS, catalogs
from portal.panels.words import Reach
from portal.quarantine.words import Keeping
from portal.rights.queries.keeping import kinds
from portal.rights.rules.telling import ABSENT, TECHNICAL
from portal.rights.words import About, Now, Right, Verdict
from portal.sign_ins.words import Why
from tests.guards.tree import ROOT

if TYPE_CHECKING:
    from enum import StrEnum

CODES: dict[str, tuple[type[StrEnum], ...]] = {
    "addressee": (Addressee,),
    "result": (AgainResult,),
    "ending": (Ending,),
    "favours": (Favour,),
    "reason": (MoveReason, SuspensionReason, Ending, Withheld),
    "move": (Move,),
    "outcome": (Outcome,),
    "kind": (RequestKind, Right),
    "role": (Role,),
    "about": (About,),
    "verdict": (Verdict,),
    "reach": (Reach,),
    "state": (Keeping,),
    "why": (Now, About),
}
NOT_THEIRS = {"problem_reports", "quarantine_settled", "staff_accounts"}
GIVEN = {Why.ROLES}  # of staff alone
SAID = catalogs(ROOT / "translations")


@pytest.fixture(params=VIEWS)
def missing(request: pytest.FixtureRequest) -> list[str]:
    """What a view has no words for."""
    catalog = SAID[request.param]
    return [key for key in wanted() if catalog.gettext(key) == key]


def wanted() -> list[str]:
    shown = tomllib.loads((ROOT / "portal/rights/held.toml").read_text("utf-8"))["tables"]
    columns = {
        name
        for table, told in shown.items()
        if table not in {"cases", "persons"}  # facts of these have names of their own
        for name in told["shown"]
        if name not in TECHNICAL and (table, name) != ("case_events", "recorded_at")
    }
    return [
        *(f"rights.code.{name}.{one}" for name, of in CODES.items() for kind in of for one in kind),
        *(f"rights.code.ended_why.{why}" for why in Why if why not in GIVEN),
        *(f"rights.event.{name}" for name in TYPES),
        *(f"rights.absent.{code}" for code in ABSENT),
        *(f"rights.column.{name}" for name in columns),
        *(f"rights.table.{name}" for name in shown if name != "case_parties"),
        *(f"rights.since.{one.kind}" for one in kinds() if one.kind not in NOT_THEIRS),
    ]  # fmt: skip


def test_everything_has_words(missing: list[str]) -> None:
    assert missing == []
