"""Whose a case is, is part of every question: not yours is not there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from portal.cases.actions import record
from portal.cases.models import Case
from portal.cases.queries import case_of, cases_of, codes_without_words, hidden_from, linked_to
from portal.cases.rules import VERSION
from portal.cases.words import (
    CaseNotFound,
    Event,
    PartyAdded,
    PartyEnded,
    Released,
    Represented,
    Unrecognised,
    Withheld,
)
from tests.rooms.cases.stories import (
    ASSIGNED,
    BENT,
    KAREN,
    LISE,
    RECEIVED,
    SOURCE,
    day,
    entered,
    noon,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from portal.cases.words import Happening

pytestmark = pytest.mark.stored
NOW = noon(day(40))
TODAY = date(2026, 2, 16)
TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)
KARENS = PartyAdded(person=KAREN, role="complainant")


def stored(session: Session, *happenings: Happening, subject: str = "26-1") -> UUID:
    """A case with these events, under ids of their own."""
    events = [
        Event(SOURCE, f"{subject}/{number}", noon(day(number)), data)
        for number, data in enumerate(happenings, 1)
    ]
    return record(session, SOURCE, subject, events, NOW).case


def sees(session: Session, person: UUID, case_id: UUID, today: date = TODAY) -> bool:
    """Whether the person may see the case; the page, the list and the count must agree."""
    listed = case_id in {seen.id for seen in cases_of(session, person, today)}
    try:
        case_of(session, person, case_id, today)
    except CaseNotFound:
        assert not listed
        return False
    assert listed
    assert hidden_from(session, person, today) == 0
    return True


def test_the_complainant_sees_the_own_case(session: Session) -> None:
    seen = case_of(session, KAREN, stored(session, KARENS, RECEIVED), TODAY)
    assert (seen.source, seen.subject, seen.role, seen.person) == (
        SOURCE,
        "26-1",
        "complainant",
        KAREN,
    )
    assert (seen.state.stage, seen.acts_for) == ("queued", ())


def test_anothers_case_and_a_missing_one_are_the_same_to_a_stranger(session: Session) -> None:
    case_id = stored(session, KARENS, RECEIVED)
    for asked in (case_id, uuid4()):
        with pytest.raises(CaseNotFound) as raised:
            case_of(session, BENT, asked, TODAY)
        assert raised.value.args == ()
    assert cases_of(session, BENT, TODAY) == []
    assert hidden_from(session, BENT, TODAY) == 0


@pytest.mark.parametrize(
    ("party", "seen"),
    [
        (PartyAdded(person=BENT, role="party"), True),
        (PartyAdded(person=BENT, role="representative"), True),
        (PartyAdded(person=BENT, role="party", since=TODAY), True),
        (PartyAdded(person=BENT, role="party", since=TOMORROW), False),
        (PartyAdded(person=BENT, role="party", until=TODAY), True),
        (PartyAdded(person=BENT, role="party", until=YESTERDAY), False),
        (PartyAdded(person=BENT, role="parent", relation="far"), True),
        (PartyAdded(person=BENT, role="parent"), False),
        (PartyAdded(person=BENT, role="guardian", relation="værge"), True),
        (PartyAdded(person=BENT, role="guardian"), False),
        (PartyAdded(person=BENT, role="neighbour", relation="nabo"), False),
    ],
)
def test_a_part_counts_while_it_is_in_force_and_known(
    session: Session, party: PartyAdded, *, seen: bool
) -> None:
    case_id = stored(session, KARENS, party, RECEIVED)
    assert sees(session, BENT, case_id) is seen
    assert hidden_from(session, BENT, TODAY) == (0 if seen else 1)
    assert sees(session, KAREN, case_id)


def test_a_part_ends_at_the_end_of_its_last_day(session: Session) -> None:
    ended = PartyEnded(person=BENT, role="party", until=TODAY)
    case_id = stored(session, KARENS, PartyAdded(person=BENT, role="party"), RECEIVED, ended)
    assert sees(session, BENT, case_id, TODAY)
    assert not sees(session, BENT, case_id, TOMORROW)


def test_a_withheld_case_is_not_there_for_anybody_and_is_counted_as_hidden(
    session: Session,
) -> None:
    case_id = stored(session, KARENS, RECEIVED, Withheld(reason="protected_address"))
    assert not sees(session, KAREN, case_id)
    assert hidden_from(session, KAREN, TODAY) == 1
    assert linked_to(session, KAREN, SOURCE, ["26-1"], TODAY) == []


def test_a_released_case_is_there_again(session: Session) -> None:
    assert sees(session, KAREN, stored(session, KARENS, RECEIVED, Withheld(reason="x"), Released()))


def test_whoever_has_two_parts_reads_as_the_complainant_and_once(session: Session) -> None:
    acts = PartyAdded(person=KAREN, role="parent", relation="mor", acts_for=LISE)
    case_id = stored(session, acts, KARENS, RECEIVED)
    assert [seen.role for seen in cases_of(session, KAREN, TODAY)] == ["complainant"]
    assert case_of(session, KAREN, case_id, TODAY).role == "complainant"
    assert [seen.role for seen in linked_to(session, KAREN, SOURCE, ["26-1"], TODAY)] == [
        "complainant"
    ]


def test_whoever_acts_for_two_in_one_case_acts_for_both(session: Session) -> None:
    acts = [PartyAdded(person=KAREN, role="representative", acts_for=whom) for whom in (LISE, BENT)]
    seen = case_of(session, KAREN, stored(session, *acts, RECEIVED), TODAY)
    assert {who.person for who in seen.acts_for} == {LISE, BENT}
    assert len(cases_of(session, KAREN, TODAY)) == 1


def test_a_part_that_has_ended_does_not_hide_another(session: Session) -> None:
    ended = PartyAdded(person=KAREN, role="complainant", until=YESTERDAY)
    acts = PartyAdded(person=KAREN, role="parent", relation="mor", acts_for=LISE)
    seen = case_of(session, KAREN, stored(session, ended, acts, RECEIVED), TODAY)
    assert (seen.role, seen.acts_for) == ("parent", (Represented(LISE, b"x"),))
    assert hidden_from(session, KAREN, TODAY) == 0


def test_each_sees_only_the_own_cases(session: Session) -> None:
    mine = stored(session, KARENS, RECEIVED)
    stored(session, PartyAdded(person=BENT, role="complainant"), RECEIVED, subject="26-2")
    assert [seen.id for seen in cases_of(session, KAREN, TODAY)] == [mine]


def test_a_linked_case_is_shown_only_to_whom_it_concerns(session: Session) -> None:
    stored(session, KARENS, RECEIVED)
    other = stored(session, PartyAdded(person=BENT, role="party"), RECEIVED, subject="26-2")
    names = ["26-1", "26-2", "26-3"]
    assert [seen.id for seen in linked_to(session, BENT, SOURCE, names, TODAY)] == [other]
    assert linked_to(session, BENT, "https://other.example/", names, TODAY) == []


def test_a_state_of_older_rules_is_not_shown(session: Session) -> None:
    case_id = stored(session, KARENS, RECEIVED, ASSIGNED)
    session.execute(update(Case).values(state={"stage": "decided"}, version=VERSION - 1))
    assert case_of(session, KAREN, case_id, TODAY).state.stage == "clarification"
    assert [seen.state.stage for seen in cases_of(session, KAREN, TODAY)] == ["clarification"]


def test_codes_without_words_are_counted_without_naming_a_case(session: Session) -> None:
    stored(session, KARENS, RECEIVED, entered("zz_step"), Unrecognised(type="zz_event"))
    stored(session, KARENS, RECEIVED, entered("zz_step"), entered("zz_step"), subject="26-2")
    stored(session, KARENS, RECEIVED, subject="26-3")
    found = codes_without_words(session)
    assert [(code.kind, code.code, code.cases) for code in found] == [
        ("stage", "zz_step", 2),
        ("event", "zz_event", 1),
    ]
    assert {(code.first, code.last) for code in found} == {(NOW, NOW)}
