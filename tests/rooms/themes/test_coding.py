"""Coding by people, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from portal.feedback import actions as feedback
from portal.feedback.words import Refusal, TextState
from portal.recognition.words import Suggestion
from portal.themes import actions, queries
from portal.themes.models import (
    ThemeCoding,
    ThemeMark,
    ThemeProposalText,
    ThemeQuarter,
    ThemeSuggestion,
)
from portal.themes.words import (
    CodebookMoved,
    Coding,
    Found,
    NoSuchTheme,
    Polarity,
    Progress,
    Stale,
    TextGone,
    ThemeState,
)
from tests.rooms.themes.examples import TWICE, decision, key, put, text, wording

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.rooms.themes.conftest import Staff

CRITICISM, PRAISE = Polarity.CRITICISM, Polarity.PRAISE


def coding(polarity: Polarity, *themes: str) -> Coding:
    return Coding(frozenset(themes), polarity)


def test_each_text_goes_to_one_coder_in_the_order_of_its_key(
    session: Session, staff: Staff
) -> None:
    waiting = text(4, state=TextState.WAITING)
    put(session, text(3), text(1), text(2), waiting)
    first = queries.next_for(session, staff.coder)
    assert first is not None
    assert first.key == key(1)
    assert actions.code(session, staff.coder, key(1), {"tone"}, PRAISE, 3) == {}
    for coder in (staff.coder, staff.second):
        found = queries.next_for(session, coder)
        assert found is not None
        assert found.key == key(2)
    beyond = queries.next_for(session, staff.coder, key(3))  # from the start after the last
    assert beyond is not None
    assert beyond.key == key(2)
    assert queries.progress(session, staff.coder) == Progress(1, 2)
    assert queries.own_coding(session, staff.coder, key(1)) == coding(PRAISE, "tone")
    assert queries.own_coding(session, staff.second, key(1)) is None


def test_a_sample_goes_to_a_second_coder_and_to_no_third(session: Session, staff: Staff) -> None:
    put(session, text(1, TWICE))
    actions.code(session, staff.coder, key(1, TWICE), {"tone"}, PRAISE, 3)
    assert queries.next_for(session, staff.coder) is None
    assert queries.next_for(session, staff.second) is not None
    actions.code(session, staff.second, key(1, TWICE), {"tone"}, PRAISE, 3)
    assert queries.next_for(session, staff.third) is None


def test_the_later_of_one_coder_corrects_the_former(session: Session, staff: Staff) -> None:
    put(session, text(1))
    actions.code(session, staff.coder, key(1), {"tone", "clarity"}, PRAISE, 3)
    actions.code(session, staff.coder, key(1), {"waiting_time"}, CRITICISM, 3)
    assert queries.own_coding(session, staff.coder, key(1)) == coding(CRITICISM, "waiting_time")
    assert session.scalar(select(func.count()).select_from(ThemeMark)) == 1
    actions.code(session, staff.coder, key(1), (), CRITICISM, 3)  # no theme fits
    assert queries.own_coding(session, staff.coder, key(1)) == coding(CRITICISM)


def test_two_at_once_keep_one_coding_each_until_the_owner_settles(
    session: Session, staff: Staff
) -> None:
    put(session, text(1))
    actions.code(session, staff.coder, key(1), {"tone", "clarity"}, CRITICISM, 3)
    assert queries.disagreement(session) is None
    actions.code(session, staff.second, key(1), {"tone"}, CRITICISM, 3)
    found = queries.disagreement(session)
    assert found is not None
    assert found.codings == (
        coding(CRITICISM, "clarity", "tone"),
        coding(CRITICISM, "tone"),
    )
    assert queries.confirmed(session) == []
    actions.settle(session, staff.owner, key(1), {"clarity"}, PRAISE, 3)
    actions.settle(session, staff.owner, key(1), {"clarity"}, CRITICISM, 3)
    assert queries.disagreement(session) is None
    assert [one.themes for one in queries.confirmed(session)] == [("clarity",)]
    assert queries.own_coding(session, staff.second, key(1)) == coding(CRITICISM, "tone")
    assert queries.own_coding(session, staff.owner, key(1)) is None


def test_praise_against_criticism_is_a_disagreement_too(session: Session, staff: Staff) -> None:
    put(session, text(1), text(2))
    for number, other in ((1, CRITICISM), (2, PRAISE)):
        actions.code(session, staff.coder, key(number), {"tone"}, CRITICISM, 3)
        actions.code(session, staff.second, key(number), {"tone"}, other, 3)
    found = queries.disagreement(session)
    assert found is not None
    assert found.text.key == key(2)


@pytest.mark.parametrize("state", [None, TextState.WAITING])
def test_a_text_that_is_not_released_cannot_be_coded(
    session: Session, staff: Staff, state: TextState | None
) -> None:
    if state:
        put(session, text(1, state=state))
    with pytest.raises(TextGone):
        actions.code(session, staff.coder, key(1), {"tone"}, PRAISE, 3)
    with pytest.raises(TextGone):
        queries.text_for(session, key(1))


def test_what_was_never_in_the_codebook_is_refused(session: Session, staff: Staff) -> None:
    put(session, text(1))
    with pytest.raises(NoSuchTheme):
        actions.code(session, staff.coder, key(1), {"tone", "weather"}, PRAISE, 3)
    with pytest.raises(CodebookMoved):
        actions.code(session, staff.coder, key(1), {"tone"}, PRAISE, 4)
    session.rollback()
    assert queries.own_coding(session, staff.coder, key(1)) is None


def test_a_theme_is_merged_while_another_codes_it(session: Session, staff: Staff) -> None:
    put(session, text(1), text(2), text(3))
    actions.code(session, staff.coder, key(1), {"tone"}, PRAISE, 3)
    actions.code(session, staff.coder, key(2), {"tone", "clarity"}, PRAISE, 3)
    actions.merge(session, "tone", "clarity", decision(staff.owner, 3))
    assert queries.own_coding(session, staff.coder, key(1)) == coding(PRAISE, "clarity")
    assert queries.own_coding(session, staff.coder, key(2)) == coding(PRAISE, "clarity")
    moved = actions.code(session, staff.coder, key(3), {"tone", "waiting_time"}, PRAISE, 3)
    assert moved == {"tone": "clarity"}
    expected = coding(PRAISE, "clarity", "waiting_time")
    assert queries.own_coding(session, staff.coder, key(3)) == expected
    actions.merge(session, "clarity", "waiting_time", decision(staff.owner, 4))
    moved = actions.code(session, staff.coder, key(3), {"tone"}, PRAISE, 3)
    assert moved == {"tone": "waiting_time"}  # onward through both


def test_a_theme_is_dropped_or_split_while_another_codes_it(session: Session, staff: Staff) -> None:
    put(session, text(1), text(2), text(3))
    actions.code(session, staff.coder, key(1), {"tone"}, PRAISE, 3)
    actions.code(session, staff.coder, key(2), {"tone", "clarity"}, PRAISE, 3)
    actions.drop(session, "tone", decision(staff.owner, 3))
    assert queries.own_coding(session, staff.coder, key(1)) is None  # to be coded again
    assert queries.own_coding(session, staff.coder, key(2)) == coding(PRAISE, "clarity")
    with pytest.raises(Stale) as dropped:
        actions.code(session, staff.coder, key(3), {"tone", "clarity"}, PRAISE, 3)
    assert dropped.value.gone == {"tone": ThemeState.DROPPED}
    for code in ("short", "plain"):
        actions.add(session, code, wording("x"), decision(staff.owner))
    actions.split(session, "clarity", ("short", "plain"), decision(staff.owner, 6))
    assert queries.own_coding(session, staff.coder, key(2)) is None
    with pytest.raises(Stale) as parted:
        actions.code(session, staff.coder, key(3), {"clarity"}, PRAISE, 3)
    assert parted.value.gone == {"clarity": ThemeState.SPLIT}


def test_a_text_that_is_withdrawn_takes_all_with_it(session: Session, staff: Staff) -> None:
    put(session, text(1), text(2))
    for number in (1, 2):
        actions.code(session, staff.coder, key(number), {"tone"}, PRAISE, 3)
    actions.suggest(session, {key(1): [Suggestion("tone", 0.9)]}, {})
    actions.propose(session, [Found(("x",), (key(1),), (key(1),))])
    session.commit()
    feedback.withhold(session, staff.releaser, key(1), "", Refusal.IDENTIFIES)
    session.commit()
    for model in (ThemeCoding, ThemeMark, ThemeSuggestion, ThemeProposalText):
        assert key(1) not in session.scalars(select(model.key)).all()
    assert session.scalars(select(ThemeMark.key)).all() == [key(2)]
    assert queries.proposals(session) == []


def test_what_the_machine_says_by_itself_waits_for_nobody_but_the_sample(
    session: Session, staff: Staff
) -> None:
    put(session, text(1), text(2), text(3, TWICE))
    told = {one: [Suggestion("tone", 0.95), Suggestion("clarity", 0.2)] for one in
            (key(1), key(3, TWICE))}  # fmt: skip
    actions.suggest(session, told, {"tone": 0.9})
    assert queries.suggestions(session, key(1)) == (
        Suggestion("tone", 0.95),
        Suggestion("clarity", 0.2),
    )
    assert queries.progress(session, staff.coder) == Progress(0, 2)
    actions.suggest(session, {key(1): [Suggestion("weather", 0.5)]}, {})
    assert queries.suggestions(session, key(1)) == ()
    assert queries.progress(session, staff.coder) == Progress(0, 3)


def test_texts_of_a_closed_quarter_are_not_shown_for_coding(session: Session, staff: Staff) -> None:
    put(session, text(1), text(2, cohort="2026-4-all"))
    session.add(ThemeQuarter(year=2026, number=3, whole=True))
    session.flush()
    found = queries.next_for(session, staff.coder)
    assert found is not None
    assert found.key == key(2)
    assert {one.key for one in queries.uncoded(session)} == {key(1), key(2)}
