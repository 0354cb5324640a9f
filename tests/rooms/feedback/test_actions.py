from __future__ import annotations

import threading
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Session

from portal.db import Base, Instant
from portal.feedback.actions import accept, hide_more, take_in, withhold
from portal.feedback.models import FeedbackGone, FeedbackRatings, FeedbackRefusals, FeedbackText
from portal.feedback.queries import text_of, texts_in
from portal.feedback.rules import fingerprint
from portal.feedback.words import (
    Choice,
    NothingToHide,
    Refusal,
    TextNotFound,
    TextState,
    TextTaken,
)
from tests.rooms.feedback import examples

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from tests.rooms.feedback.conftest import Staff

ONE = examples.key(1)
TABLES = (FeedbackRatings, FeedbackText, FeedbackGone, FeedbackRefusals)


def seen(session: Session, staff: Staff, key: str = ONE) -> str:
    return fingerprint(text_of(session, staff.releaser, key).text)


def keys(session: Session, staff: Staff, state: TextState = TextState.WAITING) -> list[str]:
    return [found.key for found in texts_in(session, staff.releaser, state, limit=99)]


def test_what_is_released_by_the_door_is_kept_as_it_was(session: Session, staff: Staff) -> None:
    take_in(session, [examples.ratings(7)], [examples.text(1)])
    row = session.scalars(select(FeedbackRatings)).one()
    assert (row.key, row.cohort, row.version, row.lang) == (
        examples.key(7), examples.COHORT, "2026-1", "da",
    )  # fmt: skip
    assert row.ratings == {"trust": "high", "outcome": "in_part"}
    assert row.choices == {"well": ["call", "time"]}
    shown = text_of(session, staff.releaser, ONE)
    assert (shown.version, shown.lang, shown.question, shown.state) == (
        "2026-1", "da", "better", TextState.WAITING,
    )  # fmt: skip
    assert shown.text == examples.text(1).text
    assert "hurtigt" not in repr(shown) + repr(examples.text(1))


def test_the_same_key_a_second_time_changes_nothing(session: Session, staff: Staff) -> None:
    take_in(session, [examples.ratings(1)], [examples.text(1)])
    take_in(session, [], [])
    take_in(
        session,
        [examples.ratings(1, trust="low"), examples.ratings(2)],
        [examples.text(1, "x"), examples.text(2), examples.text(2, "y")],
    )
    told = {row.key: row.ratings for row in session.scalars(select(FeedbackRatings))}
    assert told[ONE]["trust"] == "high"
    assert len(told) == 2
    assert keys(session, staff) == [ONE, examples.key(2)]
    assert text_of(session, staff.releaser, ONE).text == examples.text(1).text


def test_an_accepted_text_is_released(session: Session, staff: Staff) -> None:
    take_in(session, [], [examples.text(1), examples.text(2)])
    accept(session, staff.releaser, ONE, seen(session, staff))
    assert keys(session, staff) == [examples.key(2)]
    assert keys(session, staff, TextState.RELEASED) == [ONE]
    take_in(session, [], [examples.text(1)])
    assert keys(session, staff, TextState.RELEASED) == [ONE]


def test_more_is_hidden_and_the_text_read_again(session: Session, staff: Staff) -> None:
    take_in(session, [], [examples.text(1, "Jeg er den eneste blinde på Læsø.")])
    hide_more(session, staff.releaser, ONE, seen(session, staff), Choice(("blinde på læsø",)))
    assert text_of(session, staff.releaser, ONE).text == "Jeg er den eneste ⟦more⟧."
    assert keys(session, staff) == [ONE]
    with pytest.raises(NothingToHide) as told:
        hide_more(session, staff.releaser, ONE, seen(session, staff), Choice(("Læsø", "er")))
    assert told.value.missing == ("Læsø",)
    assert text_of(session, staff.releaser, ONE).text == "Jeg er den eneste ⟦more⟧."


def test_a_text_that_is_withheld_is_gone(session: Session, staff: Staff) -> None:
    take_in(session, [], [examples.text(n) for n in range(1, 5)])
    for number, reason in ((1, Refusal.HURTS), (2, Refusal.NO_ANSWER), (3, Refusal.HURTS)):
        key = examples.key(number)
        told = withhold(session, staff.releaser, key, seen(session, staff, key), reason)
        assert told is TextState.WAITING
    assert keys(session, staff) == [examples.key(4)]
    counts = session.scalars(select(FeedbackRefusals).order_by(FeedbackRefusals.reason)).all()
    assert [(row.cohort, row.reason, row.count) for row in counts] == [
        (examples.COHORT, "hurts", 2),
        (examples.COHORT, "no_answer", 1),
    ]
    with pytest.raises(TextNotFound):
        text_of(session, staff.releaser, ONE)


def test_what_was_taken_out_does_not_come_back(session: Session, staff: Staff) -> None:
    take_in(session, [], [examples.text(1)])
    withhold(session, staff.releaser, ONE, "", Refusal.IDENTIFIES)
    take_in(session, [], [examples.text(1), examples.text(2)])
    assert keys(session, staff) == [examples.key(2)]
    assert session.scalars(select(FeedbackText.key)).all() == [examples.key(2)]


def test_a_text_that_identifies_somebody_is_withdrawn_after_release(
    session: Session, staff: Staff
) -> None:
    take_in(session, [], [examples.text(1)])
    accept(session, staff.releaser, ONE, seen(session, staff))
    told = withhold(session, staff.second, ONE, "", Refusal.IDENTIFIES)
    assert told is TextState.RELEASED
    assert keys(session, staff, TextState.RELEASED) == []
    assert session.scalars(select(FeedbackText)).all() == []


def test_a_second_decision_overwrites_nothing(session: Session, staff: Staff) -> None:
    take_in(session, [], [examples.text(1)])
    first = seen(session, staff)
    hide_more(session, staff.releaser, ONE, first, Choice(("hurtigt",)))
    for late in (
        lambda: accept(session, staff.second, ONE, first),
        lambda: hide_more(session, staff.second, ONE, first, Choice(("forstod",))),
        lambda: withhold(session, staff.second, ONE, first, Refusal.HURTS),
    ):
        with pytest.raises(TextTaken):
            late()
    assert text_of(session, staff.second, ONE).text == "Det gik ⟦more⟧, og jeg forstod det."
    accept(session, staff.releaser, ONE, seen(session, staff))
    with pytest.raises(TextTaken):
        withhold(session, staff.second, ONE, seen(session, staff), Refusal.HURTS)
    assert keys(session, staff, TextState.RELEASED) == [ONE]


def test_nobody_but_those_who_release_sees_or_decides(session: Session, staff: Staff) -> None:
    take_in(session, [], [examples.text(1)])
    told = seen(session, staff)
    for stranger in (staff.quality, uuid4()):
        assert texts_in(session, stranger, TextState.WAITING, limit=9) == []
        for act in (
            lambda who=stranger: text_of(session, who, ONE),
            lambda who=stranger: accept(session, who, ONE, told),
            lambda who=stranger: hide_more(session, who, ONE, told, Choice(("gik",))),
            lambda who=stranger: withhold(session, who, ONE, told, Refusal.IDENTIFIES),
        ):
            with pytest.raises(TextNotFound):
                act()
    assert keys(session, staff) == [ONE]


def test_of_two_at_the_same_moment_one_is_told(engine: Engine, session: Session,
                                               staff: Staff) -> None:  # fmt: skip
    take_in(session, [], [examples.text(n) for n in range(1, 21)])
    session.commit()
    for number in range(1, 21):
        key, told = examples.key(number), seen(session, staff, examples.key(number))
        session.rollback()
        assert sorted(_at_once(engine, staff, key, told)) == ["done", "taken"]
    assert len(keys(session, staff, TextState.RELEASED)) + len(keys(session, staff)) == 20


def _at_once(engine: Engine, staff: Staff, key: str, told: str) -> list[str]:
    """What becomes of two decisions about one text."""
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def decide(number: int) -> None:
        with Session(engine) as own:
            start.wait(5)
            try:
                if number:
                    accept(own, staff.releaser, key, told)
                else:
                    hide_more(own, staff.second, key, told, Choice(("hurtigt",)))
                own.commit()
                outcomes.append("done")
            except TextTaken:
                outcomes.append("taken")

    threads = [threading.Thread(target=decide, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    return outcomes


def test_nothing_of_a_time_a_person_or_an_order_is_kept() -> None:
    columns = {model.__tablename__: list(model.__table__.c.keys()) for model in TABLES}
    assert columns == {
        "feedback_ratings": ["key", "cohort", "version", "lang", "ratings", "choices"],
        "feedback_texts": ["key", "cohort", "version", "lang", "question", "text", "state"],
        "feedback_gone": ["key"],
        "feedback_refusals": ["cohort", "reason", "count"],
    }
    for model in TABLES:
        assert not model.__table__.foreign_keys
        assert not [c for c in model.__table__.c if c.default or c.server_default or c.identity]


def test_what_hangs_on_a_text_tells_no_time_and_goes_with_it() -> None:
    """Nothing leads to ratings at all, and to a text only what is said about its words."""
    own = {model.__tablename__ for model in TABLES}
    hanging = {
        table.name: (table, key)
        for name, table in Base.metadata.tables.items() if name not in own
        for key in table.foreign_keys if key.column.table.name in own
    }  # fmt: skip
    assert {name: key.column.table.name for name, (_, key) in hanging.items()} == dict.fromkeys(
        ["theme_codings", "theme_suggestions", "theme_proposal_texts", "theme_quotes"],
        "feedback_texts",
    )
    for table, key in hanging.values():
        assert key.ondelete == "CASCADE"
        assert not [c for c in table.c if isinstance(c.type, Instant) or c.identity]


def test_rows_lie_in_the_order_of_their_keys(engine: Engine, session: Session) -> None:
    order = [5, 3, 9, 1, 7]
    take_in(session, map(examples.ratings, order), map(examples.text, order))
    session.commit()
    hidden = "ctid" if engine.dialect.name == "postgresql" else None
    for table in ("feedback_ratings", "feedback_texts"):
        by = f"ORDER BY {hidden}" if hidden else ""
        lying = session.execute(text(f"SELECT key FROM {table} {by}")).scalars().all()  # noqa: S608 - our own names
        assert lying == sorted(lying)
        if not hidden:
            assert "WITHOUT ROWID" in str(
                session.scalar(
                    text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": table}
                )
            )
    assert "feedback_texts" in inspect(engine).get_table_names()
