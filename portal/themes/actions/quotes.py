"""Choosing exact words that are shown beside a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from portal.feedback.models import FeedbackText
from portal.suppression.words import LEAST
from portal.themes.actions.turns import PLAINLY, insert, text_turn
from portal.themes.models import ThemeCount, ThemeQuote
from portal.themes.queries.coding import counting
from portal.themes.queries.ground import ground_of
from portal.themes.rules.quoting import span
from portal.themes.words import MOST_QUOTES, NotAQuote, TextGone

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from portal.participation.words import Quarter
    from portal.themes.words import Where


def choose_quote(
    session: Session, quarter: Quarter, where: Where, key: str, excerpt: str = ""
) -> None:
    """Quote a text, or the part of it that is given. A second choice of a text replaces the first.

    Raises TextGone, and NotAQuote: "few" where no figure is shown, "other" where people do not say
    that the text is about this, "full" where there are two, and what `span` raises.
    """
    text = text_turn(session, key)
    _allowed(session, quarter, where)
    _fits(session, quarter, where, key)
    begin, until = span(text, excerpt)
    others = session.scalar(
        select(func.count())
        .select_from(ThemeQuote)
        .where(*_there(quarter, where), ThemeQuote.key != key)
    )
    if (others or 0) >= MOST_QUOTES:
        raise NotAQuote("full")  # noqa: EM101 - a code
    place = {"year": quarter.year, "number": quarter.number, "begin": begin, "until": until}
    session.execute(
        insert(session, ThemeQuote)
        .values(key=key, unit=where.unit, theme=where.theme, polarity=where.polarity, **place)
        .on_conflict_do_update(index_elements=["key", "unit", "theme", "polarity"], set_=place)
    )


def _allowed(session: Session, quarter: Quarter, where: Where) -> None:
    """A figure of at least ten is shown; its row is locked, so that a third quote waits."""
    count = session.scalar(
        select(ThemeCount.n)
        .where(
            ThemeCount.year == quarter.year,
            ThemeCount.number == quarter.number,
            ThemeCount.unit == where.unit,
            ThemeCount.theme == where.theme,
            ThemeCount.polarity == where.polarity,
        )
        .with_for_update()
    )
    if count is None or count < LEAST:
        raise NotAQuote("few")  # noqa: EM101 - a code


def _fits(session: Session, quarter: Quarter, where: Where, key: str) -> None:
    said = counting(session, FeedbackText.key == key).get(key)
    cohort = session.scalar(select(FeedbackText.cohort).where(FeedbackText.key == key))
    inside = cohort in ground_of(session, quarter).cohorts_of(where.unit)
    if said is None or where.theme not in said.themes or said.polarity != where.polarity:
        raise NotAQuote("other")  # noqa: EM101 - a code
    if not inside:
        raise NotAQuote("other")  # noqa: EM101 - a code


def _there(quarter: Quarter, where: Where) -> tuple[ColumnElement[bool], ...]:
    return (
        ThemeQuote.year == quarter.year,
        ThemeQuote.number == quarter.number,
        ThemeQuote.unit == where.unit,
        ThemeQuote.theme == where.theme,
        ThemeQuote.polarity == where.polarity,
    )


def drop_quote(session: Session, quarter: Quarter, where: Where, key: str) -> None:
    """Quote a text no more. Raises TextGone where it is not quoted there."""
    gone = session.scalar(
        delete(ThemeQuote)
        .where(*_there(quarter, where), ThemeQuote.key == key)
        .returning(ThemeQuote.key),
        execution_options=PLAINLY,
    )
    if gone is None:
        raise TextGone
