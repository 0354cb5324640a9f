"""The organisation is taken in, and what was stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from portal.organisation.actions import take_in
from portal.organisation.queries import organisation, units_on
from portal.organisation.words import FaultyOrganisation, Organisation
from tests.rooms.feed.conftest import engine, session
from tests.rooms.organisation.test_rules import CARE, DAY, EAST, WEST, WHOLE, WORK, YOUNG

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["engine", "session"]
pytestmark = pytest.mark.stored


def test_an_office_that_closes_keeps_its_past(session: Session) -> None:
    take_in(session, WHOLE, DAY)
    take_in(session, Organisation((EAST,), (WORK, CARE)), date(2027, 5, 1))
    assert organisation(session) == Organisation((EAST, WEST), (CARE, WORK, YOUNG))
    assert "office:young" in {unit.key for unit in units_on(session, DAY)}
    assert "office:young" not in {unit.key for unit in units_on(session, date(2027, 5, 1))}


def test_what_overlaps_the_past_is_refused(session: Session) -> None:
    take_in(session, WHOLE, DAY)
    early = replace(CARE, code="early", groups=("children",))
    with pytest.raises(FaultyOrganisation, match="children is held"):
        take_in(session, Organisation((EAST,), (WORK, CARE, early)), date(2027, 5, 1))
    with pytest.raises(FaultyOrganisation, match="give it a last day"):
        take_in(session, Organisation((EAST,), (CARE,)), DAY)
    assert organisation(session).offices == (CARE, WORK, YOUNG)
