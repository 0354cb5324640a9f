"""Whatever happens on the way, the end is what the feed says when it is told in order.

INDBLIK_SEQUENCES sets how many feeds are tried (a tenth of them on PostgreSQL).
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import event
from sqlalchemy.orm import Session

from portal.db import Base, engine_for
from portal.feed.rules import names_in
from portal.quarantine.actions import replay, take_in
from portal.quarantine.queries import open_records
from portal.quarantine.words import Door
from portal.settings import Key
from tests.rooms.feed.examples import NOW
from tests.rooms.feed.sequences import Feed, emptied, feeds, held
from tests.vaults import vault_with

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Engine

SEQUENCES = int(os.environ.get("INDBLIK_SEQUENCES", "150"))
VAULT = vault_with(Key("cpr", b"c" * 32), Key("data", b"d" * 32))
MOST_STATEMENTS = 40  # that one batch is let run before the crash


class Crash(BaseException):
    """The process ends here; nothing catches it on the way, as nothing would."""


@contextmanager
def crashing(engine: Engine, after: int) -> Iterator[None]:
    """End at the statement of this number, if there are so many."""
    left = [after]

    def count(*_: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Crash

    event.listen(engine, "before_cursor_execute", count)
    try:
        yield
    except Crash:
        pass
    finally:
        event.remove(engine, "before_cursor_execute", count)


class Telling(RuleBasedStateMachine):
    """A case system that tells a feed by fits and starts."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.feed = Feed((), {})
        self.order: Sequence[int] = ()
        self.expected: dict[str, list[str]] = {}

    @initialize(feed=feeds(), draw=st.data())
    def begin(self, feed: Feed, draw: st.DataObject) -> None:
        """What is told in order comes first, and is what all else must end in."""
        self.feed, self.order = feed, draw.draw(st.permutations(range(len(feed.records))))
        with Session(self.engine) as session:
            emptied(session)
            self._take_in(session, [*feed.broken.values(), *feed.records])
            session.commit()
            self.expected = held(session)
            emptied(session)

    def _take_in(self, session: Session, records: Sequence[bytes]) -> None:
        take_in(session, VAULT, records, NOW, Door.FILE, range(len(records)))

    def _drawn(self, draw: st.DataObject) -> list[bytes]:
        """Some of the records, in any order, some told twice, some told wrong."""
        number = st.integers(0, len(self.feed.records) - 1)
        told = draw.draw(st.lists(st.tuples(number, st.booleans()), min_size=1, max_size=6))
        return [
            self.feed.broken.get(one, self.feed.records[one]) if wrong else self.feed.records[one]
            for one, wrong in told
        ]

    @rule(draw=st.data())
    def tell(self, draw: st.DataObject) -> None:
        with Session(self.engine) as session:
            self._take_in(session, self._drawn(draw))
            session.commit()

    @rule(draw=st.data(), after=st.integers(0, MOST_STATEMENTS))
    def crash(self, draw: st.DataObject, after: int) -> None:
        records = self._drawn(draw)
        with crashing(self.engine, after), Session(self.engine) as session:
            self._take_in(session, records)
            session.commit()

    @rule(draw=st.data(), well=st.booleans())
    def settle(self, draw: st.DataObject, *, well: bool) -> None:
        """Replay what is in quarantine, as it is or corrected."""
        with Session(self.engine) as session:
            kept = open_records(session)
            if not kept:
                return
            one = draw.draw(st.sampled_from(kept))
            right = next(r for r in self.feed.records if names_in(r)[1] == one.event)
            replay(session, VAULT, one.id, NOW, right if well else None)
            session.commit()

    def teardown(self) -> None:
        """All is told at last, in an order of its own: then the end is the same."""
        told = [
            record
            for number in self.order
            for record in (self.feed.records[number], self.feed.broken.get(number))
            if record is not None
        ]
        with Session(self.engine) as session:
            for start in range(0, len(told), 5):
                self._take_in(session, told[start : start + 5])
                session.commit()
            assert held(session) == self.expected


def _engine(url: str) -> Engine:
    made = engine_for(url)
    if made.dialect.name == "sqlite":  # here it is not the disk that is tried
        event.listen(made, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    Base.metadata.create_all(made)
    return made


@pytest.mark.properties
@pytest.mark.parametrize(("database", "part"), [("sqlite_url", 1), ("postgres_url", 10)])
def test_every_way_of_telling_ends_the_same(
    request: pytest.FixtureRequest, database: str, part: int
) -> None:
    class Here(Telling):
        engine = _engine(request.getfixturevalue(database))

    chosen = settings(
        max_examples=max(1, SEQUENCES // part),
        stateful_step_count=6,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(Here, settings=chosen)
    finally:
        Here.engine.dispose()
