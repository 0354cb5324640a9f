"""Coding of texts by people. Each person's coding is that person's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete

from portal.themes.actions.turns import PLAINLY, as_it_is, insert, text_turn
from portal.themes.models import ThemeCoding, ThemeMark
from portal.themes.queries.codebook import version
from portal.themes.rules import today_of
from portal.themes.words import CodebookMoved

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from sqlalchemy.orm import Session

    from portal.themes.words import Polarity


def code(  # noqa: PLR0913, PLR0917 - what one form says
    session: Session, coder: UUID, key: str, themes: Collection[str], polarity: Polarity,
    seen_version: int,
) -> dict[str, str]:  # fmt: skip
    """Keep what a coder says of a text; the later corrects the former of the same coder.

    Gives back which of the chosen themes others stand for by now. Raises TextGone, NoSuchTheme,
    Stale where one is no more, and CodebookMoved where that version has never been.
    """
    return _keep(session, _Whose(key, coder, settles=False), themes, polarity, seen_version)


def settle(  # noqa: PLR0913, PLR0917 - as above
    session: Session, owner: UUID, key: str, themes: Collection[str], polarity: Polarity,
    seen_version: int,
) -> dict[str, str]:  # fmt: skip
    """Keep what the owner says where two coders disagree. It counts, and both codings stay.

    Gives back, and raises, what `code` does.
    """
    session.execute(
        delete(ThemeCoding).where(ThemeCoding.key == key, ThemeCoding.settles.is_(True)),
        execution_options=PLAINLY,
    )
    return _keep(session, _Whose(key, owner, settles=True), themes, polarity, seen_version)


def take_in_codings(
    session: Session, coder: UUID, codings: Iterable[tuple[str, Collection[str], Polarity]]
) -> None:
    """Keep what one person has said of many texts elsewhere, such as before there was a portal.

    By key, themes as they are now, and polarity; the person has coded none of the texts here.
    """
    told = [(_Whose(key, coder, settles=False)._asdict(), themes, polarity)
            for key, themes, polarity in codings]  # fmt: skip
    rows = [whose | {"polarity": polarity} for whose, _, polarity in told]
    marks = [whose | {"theme": theme} for whose, themes, _ in told for theme in sorted(themes)]
    if rows:
        session.execute(insert(session, ThemeCoding), rows)
    if marks:
        session.execute(insert(session, ThemeMark), marks)


class _Whose(NamedTuple):
    key: str
    coder_id: UUID
    settles: bool


def _keep(
    session: Session,
    whose: _Whose,
    themes: Collection[str],
    polarity: Polarity,
    seen_version: int,
) -> dict[str, str]:
    text_turn(session, whose.key)
    by_now = today_of(as_it_is(session), themes)
    if seen_version > version(session):
        raise CodebookMoved
    session.execute(
        insert(session, ThemeCoding)
        .values(**whose._asdict(), polarity=polarity)
        .on_conflict_do_update(index_elements=list(_Whose._fields), set_={"polarity": polarity})
    )
    session.execute(
        delete(ThemeMark).where(
            ThemeMark.key == whose.key,
            ThemeMark.coder_id == whose.coder_id,
            ThemeMark.settles.is_(whose.settles),
        ),
        execution_options=PLAINLY,
    )
    rows = [whose._asdict() | {"theme": theme} for theme in sorted(set(by_now.values()))]
    if rows:
        session.execute(insert(session, ThemeMark), rows)
    return {was: theme for was, theme in by_now.items() if was != theme}
