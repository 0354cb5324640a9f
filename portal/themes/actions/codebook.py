"""Changes of the codebook by its owners, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, delete, exists, select
from sqlalchemy.orm import aliased

from portal.themes.actions.turns import PLAINLY, codebook_turn, insert, write_down
from portal.themes.models import StoredTheme, ThemeCoding, ThemeMark, ThemeSuggestion
from portal.themes.queries.coding import in_open_quarter
from portal.themes.rules.codebook import is_code
from portal.themes.words import (
    Decision,
    FaultyCodebook,
    Happening,
    NoSuchTheme,
    ThemeState,
    Wording,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session


def take_in(session: Session, told: Iterable[tuple[str, Wording]], now: datetime) -> int:
    """Add the themes of a file; how many were new. One that is there as told stays as it is.

    Raises FaultyCodebook naming each code that stands for something else already.
    """
    known = codebook_turn(session, None)
    told = list(told)
    taken = [
        f"{code}: is in the codebook already, {_difference(known[code], wording)}"
        for code, wording in told
        if code in known and _difference(known[code], wording)
    ]
    if taken:
        raise FaultyCodebook(tuple(taken))
    fresh = [(code, wording) for code, wording in told if code not in known]
    for code, wording in fresh:
        _add(session, code, wording)
        write_down(session, Decision(None, now), Happening.TAKEN_IN, code)
    return len(fresh)


def _difference(row: StoredTheme, told: Wording) -> str:
    if row.state != ThemeState.ACTIVE:
        return f"and is {row.state}: a code is never given again"
    same = row.titles == told.titles and row.descriptions == told.descriptions
    return "" if same else "with other words: its owner changes them on the page"


def _add(session: Session, code: str, told: Wording) -> None:
    places = session.scalars(select(StoredTheme.place)).all()
    session.add(
        StoredTheme(
            code=code,
            place=max(places, default=0) + 1,
            titles=dict(told.titles),
            descriptions=dict(told.descriptions),
            examples=_examples(told),
            state=ThemeState.ACTIVE,
            into=[],
        )
    )
    session.flush()


def _examples(told: Wording) -> dict[str, list[str]]:
    return {view: list(said) for view, said in told.examples.items()}


def add(
    session: Session,
    code: str,
    told: Wording,
    decision: Decision,
    happening: Happening = Happening.ADDED,
) -> None:
    """Add a theme under a code that has never been used. Raises CodebookMoved, FaultyCodebook."""
    known = codebook_turn(session, decision.seen)
    if code in known or not is_code(code):
        raise FaultyCodebook(("taken" if code in known else "code",))
    _add(session, code, told)
    write_down(session, decision, happening, code)


def edit(session: Session, code: str, told: Wording, decision: Decision) -> None:
    """Say in other words what a theme means. Raises CodebookMoved, NoSuchTheme."""
    row = _active(codebook_turn(session, decision.seen), code)
    row.titles, row.descriptions = dict(told.titles), dict(told.descriptions)
    row.examples = _examples(told)
    write_down(session, decision, Happening.EDITED, code)


def _active(known: dict[str, StoredTheme], code: str) -> StoredTheme:
    row = known.get(code)
    if row is None or row.state != ThemeState.ACTIVE:
        raise NoSuchTheme(code)
    return row


def merge(session: Session, code: str, into: str, decision: Decision) -> None:
    """Let one theme stand for another from now on; codings go with it where figures are open.

    Raises CodebookMoved, NoSuchTheme.
    """
    known = codebook_turn(session, decision.seen)
    if code == into:
        raise NoSuchTheme(into)
    row = _active(known, code)
    _active(known, into)
    _end(session, row, ThemeState.MERGED, (into,))
    open_marks = and_(ThemeMark.theme == code, _in_open_quarter())
    moved = select(ThemeMark.key, ThemeMark.coder_id, ThemeMark.settles).where(open_marks)
    rows = [{**row._mapping, "theme": into} for row in session.execute(moved)]  # noqa: SLF001 - SQLAlchemy's documented way to a row as a mapping
    if rows:
        session.execute(insert(session, ThemeMark).on_conflict_do_nothing(), rows)
    session.execute(delete(ThemeMark).where(open_marks), execution_options=PLAINLY)
    write_down(session, decision, Happening.MERGED, code, (into,))


def split(session: Session, code: str, into: Sequence[str], decision: Decision) -> None:
    """Let two or more themes take the place of one. What was coded so is to be coded again.

    Raises CodebookMoved, NoSuchTheme.
    """
    known = codebook_turn(session, decision.seen)
    row = _active(known, code)
    parts = tuple(dict.fromkeys(into))
    if len(parts) < 2 or code in parts:  # noqa: PLR2004 - one part would be a merge
        raise NoSuchTheme(code)
    for part in parts:
        _active(known, part)
    _end(session, row, ThemeState.SPLIT, parts)
    _again(session, code, alone=False)
    write_down(session, decision, Happening.SPLIT, code, parts)


def drop(session: Session, code: str, decision: Decision) -> None:
    """End a theme. Where it stood alone, the text is to be coded again.

    Raises CodebookMoved, NoSuchTheme.
    """
    row = _active(codebook_turn(session, decision.seen), code)
    _end(session, row, ThemeState.DROPPED, ())
    _again(session, code, alone=True)
    session.execute(
        delete(ThemeMark).where(ThemeMark.theme == code, _in_open_quarter()),
        execution_options=PLAINLY,
    )
    write_down(session, decision, Happening.DROPPED, code)


def _end(session: Session, row: StoredTheme, state: ThemeState, into: tuple[str, ...]) -> None:
    row.state, row.into = state, list(into)
    session.execute(
        delete(ThemeSuggestion).where(ThemeSuggestion.theme == row.code),
        execution_options=PLAINLY,
    )


def _again(session: Session, code: str, *, alone: bool) -> None:
    """Take back the codings with this theme, or those alone that have no other."""
    one, other = aliased(ThemeMark), aliased(ThemeMark)
    with_it = [_of(one), one.theme == code]
    without = exists().where(_of(other), other.theme != code)
    which = [exists().where(*with_it), in_open_quarter(ThemeCoding.key)]
    which += [~without] if alone else []
    session.execute(delete(ThemeCoding).where(*which), execution_options=PLAINLY)


def _of(mark: type[ThemeMark]) -> ColumnElement[bool]:
    return and_(
        mark.key == ThemeCoding.key,
        mark.coder_id == ThemeCoding.coder_id,
        mark.settles == ThemeCoding.settles,
    )


def _in_open_quarter() -> ColumnElement[bool]:
    return in_open_quarter(ThemeMark.key)
