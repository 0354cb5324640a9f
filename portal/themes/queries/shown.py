"""Reads of what is shown: figures that are fixed, and exact quotes beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, func, not_, or_, select

from portal.feedback.models import FeedbackText
from portal.participation.words import Quarter
from portal.suppression.words import LEAST
from portal.themes.models import ThemeCoding, ThemeCount, ThemeQuarter, ThemeQuote, ThemeSuggestion
from portal.themes.queries.coding import RELEASED, TEXT, apart, counting, in_quarter
from portal.themes.words import CodingText, Quote, ThemeFigure

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from portal.themes.words import Polarity


def closed_quarters(session: Session) -> list[Quarter]:
    """The quarters whose theme figures are fixed, newest first."""
    rows = session.execute(
        select(ThemeQuarter.year, ThemeQuarter.number).order_by(
            ThemeQuarter.year.desc(), ThemeQuarter.number.desc()
        )
    )
    return [Quarter(*row) for row in rows]


def theme_figures_of(session: Session, quarter: Quarter) -> tuple[ThemeFigure, ...]:
    """The figures of a quarter; none before they are fixed."""
    rows = session.execute(
        select(
            ThemeCount.unit, ThemeCount.theme, ThemeCount.polarity, ThemeCount.n, ThemeCount.texts
        )
        .where(ThemeCount.year == quarter.year, ThemeCount.number == quarter.number)
        .order_by(ThemeCount.unit, ThemeCount.theme, ThemeCount.polarity)
    )
    return tuple(ThemeFigure(*row) for row in rows)


def waiting_in(session: Session, quarter: Quarter) -> int:
    """How many released texts of a quarter nobody has coded, or two people differently."""
    coded = exists().where(ThemeCoding.key == FeedbackText.key)
    said = exists().where(ThemeSuggestion.key == FeedbackText.key, ThemeSuggestion.automatic)
    return (
        session.scalar(
            select(func.count())
            .select_from(FeedbackText)
            .where(RELEASED, in_quarter(quarter), or_(not_(or_(coded, said)), apart()))
        )
        or 0
    )


def quotes_of(
    session: Session, quarter: Quarter, theme: str | None = None, unit: str | None = None
) -> list[Quote]:
    """Exact words of released texts, where enough others say alike; all of a quarter without more.

    The figure stands in the WHERE: where none is shown, there is no quote.
    """
    told: list[ColumnElement[bool]] = [
        ThemeQuote.year == quarter.year,
        ThemeQuote.number == quarter.number,
    ]
    told += [] if theme is None else [ThemeQuote.theme == theme]
    told += [] if unit is None else [ThemeQuote.unit == unit]
    return [quote for _, quote in _quotes(session, *told)]


def every_quote(session: Session) -> list[tuple[Quarter, Quote]]:
    """All that is quoted, the newest quarter first: what a search looks into."""
    found = _quotes(session)
    return sorted(found, key=lambda one: one[0], reverse=True)


def _quotes(session: Session, *told: ColumnElement[bool]) -> list[tuple[Quarter, Quote]]:
    shown = and_(
        ThemeCount.year == ThemeQuote.year,
        ThemeCount.number == ThemeQuote.number,
        ThemeCount.unit == ThemeQuote.unit,
        ThemeCount.theme == ThemeQuote.theme,
        ThemeCount.polarity == ThemeQuote.polarity,
        ThemeCount.n >= LEAST,
    )
    rows = session.execute(
        select(
            ThemeQuote.key,
            ThemeQuote.theme,
            ThemeQuote.polarity,
            ThemeQuote.unit,
            FeedbackText.lang,
            FeedbackText.text,
            ThemeQuote.begin,
            ThemeQuote.until,
            ThemeQuote.year,
            ThemeQuote.number,
        )
        .join(ThemeCount, shown)
        .join(FeedbackText, FeedbackText.key == ThemeQuote.key)
        .where(RELEASED, *told)
        .order_by(ThemeQuote.unit, ThemeQuote.theme, ThemeQuote.polarity, ThemeQuote.key)
    )
    return [
        (Quarter(row.year, row.number), Quote(*row[:5], row.text[row.begin : row.until]))
        for row in rows
    ]


def quotable(
    session: Session, quarter: Quarter, theme: str, polarity: Polarity, cohorts: Collection[str]
) -> list[CodingText]:
    """The released texts of these cohorts that are coded so: what an owner may quote from."""
    decided = counting(session, in_quarter(quarter), FeedbackText.cohort.in_(cohorts))
    wanted = {
        key for key, said in decided.items() if theme in said.themes and said.polarity == polarity
    }
    rows = session.execute(
        select(*TEXT)
        .where(RELEASED, in_quarter(quarter), FeedbackText.cohort.in_(cohorts))
        .order_by(FeedbackText.key)
    )
    return [CodingText(*row) for row in rows if row.key in wanted]
