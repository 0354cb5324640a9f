"""Theme figures and quotes of a quarter, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from portal.feedback import actions as feedback
from portal.feedback.words import Refusal
from portal.figures.models import FigureQuarter
from portal.organisation.models import Department, Office
from portal.participation.models import ParticipationCohort
from portal.participation.words import Quarter
from portal.recognition.words import Suggestion
from portal.themes import actions, queries
from portal.themes.models import ThemeQuote
from portal.themes.words import (
    AlreadyClosed,
    NotAQuote,
    Polarity,
    TextGone,
    TextsWait,
    TooEarly,
    Where,
)
from tests.rooms.themes.examples import decision, key, put, text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.rooms.themes.conftest import Staff

QUARTER = Quarter(2026, 3)
TODAY = date(2026, 12, 1)
AGENCY = "agency:agency"
OFFICES = {"one": ("disability",), "two": ("children",)}
WHERE = Where(AGENCY, "tone", Polarity.PRAISE)


@pytest.fixture
def ground(session: Session, staff: Staff) -> None:
    """Two offices of a department, a cohort each, and figures that are closed."""
    session.add(Department(code="all", name="All"))
    for code, groups in OFFICES.items():
        session.add(
            Office(code=code, name=code, department="all", groups=list(groups),
                   since=date(2020, 1, 1), until=None)
        )  # fmt: skip
        session.add(
            ParticipationCohort(
                name=f"2026-3-{groups[0]}", groups=list(groups), public=b"", private_sealed=None,
                issue_from=QUARTER.first, issue_until=QUARTER.last,
                redeem_until=QUARTER.last + timedelta(days=28), invited=99,
            )
        )  # fmt: skip
    session.add(FigureQuarter(year=2026, number=3, closed_on=TODAY))
    session.commit()


def coded(session: Session, staff: Staff, group: str, begin: int, count: int, *themes: str) -> None:
    """So many texts of a cohort that praise these themes."""
    numbers = range(begin, begin + count)
    put(
        session,
        *(text(n, cohort=f"2026-3-{group}", said=f"Tak {n}. Meget venligt.") for n in numbers),
    )
    for number in numbers:
        actions.code(session, staff.coder, key(number), themes, Polarity.PRAISE, 3)
    session.commit()


def shown(session: Session) -> dict[tuple[str, str], int]:
    figures = queries.theme_figures_of(session, QUARTER)
    return {(one.unit, one.theme): one.n for one in figures if one.n is not None}


def test_a_quarter_is_closed_once_and_for_ever(
    session: Session, staff: Staff, ground: None
) -> None:
    coded(session, staff, "disability", 0, 40, "tone", "clarity")
    coded(session, staff, "children", 100, 30, "tone")
    assert queries.theme_figures_of(session, QUARTER) == ()
    actions.close(session, QUARTER, TODAY)
    session.commit()
    assert queries.closed_quarters(session) == [QUARTER]
    told = shown(session)
    assert told[AGENCY, "tone"] == 70
    assert told["office:one", "tone"] == 40
    assert told["office:two", "tone"] == 30
    assert {
        one.texts for one in queries.theme_figures_of(session, QUARTER) if one.unit == AGENCY
    } == {70}
    assert all(
        one.polarity == "praise" for one in queries.theme_figures_of(session, QUARTER) if one.n
    )
    before = queries.theme_figures_of(session, QUARTER)
    with pytest.raises(AlreadyClosed):
        actions.close(session, QUARTER, TODAY)
    session.rollback()
    actions.drop(session, "tone", decision(staff.owner, 3))
    feedback.withhold(session, staff.releaser, key(1), "", Refusal.IDENTIFIES)
    session.commit()
    assert queries.theme_figures_of(session, QUARTER) == before


def test_nine_are_hidden_and_so_is_what_would_tell_them(
    session: Session, staff: Staff, ground: None
) -> None:
    coded(session, staff, "disability", 0, 40, "tone")
    coded(session, staff, "children", 100, 9, "tone")
    coded(session, staff, "children", 200, 30, "clarity")
    actions.close(session, QUARTER, TODAY)
    told = shown(session)
    assert ("office:two", "tone") not in told
    assert not {(AGENCY, "tone"), ("office:one", "tone")} <= told.keys()
    assert told[AGENCY, "clarity"] == 30
    assert ("office:two", "clarity") not in told  # with the agency's it would tell a nought


def test_it_is_too_early(session: Session, staff: Staff, ground: None) -> None:
    for quarter, day in ((QUARTER, QUARTER.last), (Quarter(2026, 2), TODAY)):
        with pytest.raises(TooEarly):
            actions.close(session, quarter, day)


def test_texts_that_wait_hold_it_up_until_an_administrator_says_so(
    session: Session, staff: Staff, ground: None
) -> None:
    coded(session, staff, "disability", 0, 12, "tone")
    put(session, text(500), text(501))
    actions.code(session, staff.coder, key(0), {"tone"}, Polarity.PRAISE, 3)
    actions.code(session, staff.second, key(0), {"clarity"}, Polarity.PRAISE, 3)
    session.commit()
    with pytest.raises(TextsWait) as waiting:
        actions.close(session, QUARTER, TODAY)
    assert waiting.value.count == 3  # one of them is understood differently
    session.rollback()
    assert queries.closed_quarters(session) == []
    actions.close(session, QUARTER, TODAY, leave_rest=True)
    assert shown(session)[AGENCY, "tone"] == 11


def test_what_the_machine_may_say_by_itself_counts(
    session: Session, staff: Staff, ground: None
) -> None:
    put(session, *(text(n, question="went_well_text") for n in range(12)))
    told = {key(n): [Suggestion("tone", 0.95), Suggestion("clarity", 0.5)] for n in range(12)}
    actions.suggest(session, told, {"tone": 0.9})
    actions.code(session, staff.coder, key(0), {"clarity"}, Polarity.PRAISE, 3)  # a person knows
    actions.close(session, QUARTER, TODAY)
    assert shown(session)[AGENCY, "tone"] == 11


@pytest.fixture
def closed(session: Session, staff: Staff, ground: None) -> None:
    coded(session, staff, "disability", 0, 40, "tone")
    coded(session, staff, "children", 100, 30, "tone")
    coded(session, staff, "children", 200, 12, "clarity")
    actions.close(session, QUARTER, TODAY)
    session.commit()


def test_two_quotes_stand_in_exact_words(session: Session, staff: Staff, closed: None) -> None:
    actions.choose_quote(session, QUARTER, WHERE, key(1), " Meget venligt. ")
    actions.choose_quote(session, QUARTER, WHERE, key(2))
    actions.choose_quote(session, QUARTER, WHERE, key(2), "Tak 2.")  # chosen anew
    assert [one.text for one in queries.quotes_of(session, QUARTER, "tone", AGENCY)] == [
        "Meget venligt.",
        "Tak 2.",
    ]
    with pytest.raises(NotAQuote, match="full"):
        actions.choose_quote(session, QUARTER, WHERE, key(3))
    actions.drop_quote(session, QUARTER, WHERE, key(1))
    actions.choose_quote(session, QUARTER, WHERE, key(3))
    assert {one.key for one in queries.quotes_of(session, QUARTER)} == {key(2), key(3)}
    assert queries.quotes_of(session, QUARTER, "clarity") == []
    with pytest.raises(TextGone):
        actions.drop_quote(session, QUARTER, WHERE, key(1))


@pytest.mark.parametrize(
    ("where", "told", "code"),
    [
        (WHERE, (1, "Tak 2."), "missing"),
        (WHERE, (1, "venl"), "missing"),  # half a word
        (WHERE, (1, "1."), "short"),
        (WHERE, (200, ""), "other"),  # coded as another theme
        (replace(WHERE, polarity=Polarity.CRITICISM), (1, ""), "few"),
        (replace(WHERE, unit="office:three"), (1, ""), "few"),
        (replace(WHERE, unit="office:two"), (1, ""), "other"),  # of another office
    ],
)
def test_what_may_not_be_quoted(
    session: Session, closed: None, where: Where, told: tuple[int, str], code: str
) -> None:
    number, excerpt = told
    with pytest.raises(NotAQuote, match=code):
        actions.choose_quote(session, QUARTER, where, key(number), excerpt)
    session.rollback()
    assert queries.quotes_of(session, QUARTER) == []


def test_a_quote_goes_with_its_text(session: Session, staff: Staff, closed: None) -> None:
    actions.choose_quote(session, QUARTER, WHERE, key(1))
    session.commit()
    feedback.withhold(session, staff.releaser, key(1), "", Refusal.IDENTIFIES)
    session.commit()
    assert queries.quotes_of(session, QUARTER) == []
    assert session.scalars(select(ThemeQuote)).all() == []
    with pytest.raises(TextGone):
        actions.choose_quote(session, QUARTER, WHERE, key(1))


def test_only_fitting_texts_are_offered(session: Session, staff: Staff, closed: None) -> None:
    cohorts = queries.cohorts_of(session, QUARTER, "office:two")
    assert cohorts == ("2026-3-children",)
    found = queries.quotable(session, QUARTER, "tone", Polarity.PRAISE, cohorts)
    assert {one.key for one in found} == {key(n) for n in range(100, 130)}
    assert queries.quotable(session, QUARTER, "tone", Polarity.CRITICISM, cohorts) == []
