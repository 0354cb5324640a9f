"""Kept forms, on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from portal.kept_forms.actions import expire, keep, let_go
from portal.kept_forms.models import KeptForm
from portal.kept_forms.queries import kept_form, newest_of
from portal.kept_forms.rules import KEPT, MOST, MOST_BYTES, read, written
from portal.kept_forms.words import TooMuch, Typed
from portal.vault import SealError
from tests.rooms.feed.conftest import engine, session, vault
from tests.rooms.feed.examples import NOW

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from portal.vault import Vault

__all__ = ["engine", "session", "vault"]

ANNA, BENT = f"citizen:{uuid4()}", f"citizen:{uuid4()}"
TYPED = Typed("/deltag?side=2", "/deltag", (("called", "Anna"), ("kinds", "a"), ("kinds", "b")))
SECOND = timedelta(seconds=1)


def test_it_is_given_back_whole_to_its_account(session: Session, vault: Vault) -> None:
    which = keep(session, vault, ANNA, TYPED, NOW)
    found = newest_of(session, vault, ANNA, NOW)
    assert found == kept_form(session, vault, ANNA, which, NOW)
    assert found is not None
    assert (found.id, found.typed) == (which, TYPED)
    assert newest_of(session, vault, BENT, NOW) is None
    assert kept_form(session, vault, BENT, which, NOW) is None


def test_a_row_that_was_moved_to_another_account_opens_for_nobody(
    session: Session, vault: Vault
) -> None:
    keep(session, vault, ANNA, TYPED, NOW)
    session.execute(update(KeptForm).values(account=BENT))
    with pytest.raises(SealError):
        newest_of(session, vault, BENT, NOW)


def test_it_is_kept_for_a_day_to_the_second(session: Session, vault: Vault) -> None:
    keep(session, vault, ANNA, TYPED, NOW)
    assert newest_of(session, vault, ANNA, NOW + KEPT - SECOND)
    assert expire(session, NOW + KEPT - SECOND) == 0
    assert newest_of(session, vault, ANNA, NOW + KEPT) is None
    assert expire(session, NOW + KEPT) == 1


def test_the_newest_few_are_kept_for_each_account(session: Session, vault: Vault) -> None:
    keep(session, vault, BENT, TYPED, NOW)
    every = [keep(session, vault, ANNA, TYPED, NOW + SECOND * n) for n in range(MOST + 2)]
    left = set(session.scalars(select(KeptForm.id).where(KeptForm.account == ANNA)))
    assert left == set(every[-MOST:])
    assert newest_of(session, vault, BENT, NOW)


def test_only_its_account_lets_go_of_it(session: Session, vault: Vault) -> None:
    which = keep(session, vault, ANNA, TYPED, NOW)
    assert not let_go(session, BENT, which)
    assert let_go(session, ANNA, which)
    assert not let_go(session, ANNA, which)


def test_too_much_is_refused() -> None:
    for fields in ((("a", "x" * MOST_BYTES),), (("a", ""),) * 501):
        with pytest.raises(TooMuch):
            written(Typed("/", "/", fields))


@given(st.lists(st.tuples(st.text(), st.text()), max_size=10))
def test_any_text_is_read_as_it_was_written(fields: list[tuple[str, str]]) -> None:
    typed = Typed("/a", "/b", tuple(fields))
    assert read(written(typed)) == typed
