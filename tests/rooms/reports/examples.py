"""Invented quarters, closed with these tables: written down, not counted from answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert
from sqlalchemy.orm import Session

from portal.feedback.models import FeedbackText
from portal.figures.models import FigureQuarter, FigureUnit, StoredFigure, StoredMeasurement
from portal.figures.words import Outcome
from portal.organisation.words import AGENCY, Level, Unit
from portal.participation.words import Quarter
from portal.questionnaire.queries import questionnaires
from portal.reports.rules.seeing import lists, measures
from portal.themes.models import StoredTheme, ThemeCount, ThemeQuarter, ThemeQuote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Engine

DEPARTMENT = Unit(Level.DEPARTMENT, "ydelser", "Ydelser", AGENCY.key)
OFFICE = Unit(Level.OFFICE, "pension", "Kontor for pension", DEPARTMENT.key)
GROUP = Unit(Level.GROUP, "benefits", "benefits", OFFICE.key)
GONE = Unit(Level.OFFICE, "gammelt", "=Det gamle kontor", DEPARTMENT.key)  # closed after 2025-4
FIRST, SECOND, THIRD, FOURTH = (Quarter(2025, 4), *(Quarter(2026, n) for n in (1, 2, 3)))
QUARTERS = (FIRST, SECOND, THIRD, FOURTH)
ASKED = questionnaires()[-1]
MEASURES = [code for held in (*measures(ASKED).values(), *lists(ASKED).values()) for code in held]
# Of how many, and of them in per cent; the dismissed are hidden.
ANSWERS = {"all": (330, 58), "better": (120, 78), "same": (140, 41), "sent_back": (50, 63),
           "unknown": (20, 52)}  # fmt: skip
HIDDEN = Outcome.DISMISSED
VIEWS = ("da", "da-simple", "en")


def units_in(quarter: Quarter) -> tuple[Unit, ...]:
    return (AGENCY, DEPARTMENT, OFFICE, GROUP, *((GONE,) if quarter == FIRST else ()))


def close(session: Session, quarter: Quarter, moved: int = 0) -> None:
    """Write a closed quarter, whose shares are moved by so many per cent."""
    session.add(FigureQuarter(year=quarter.year, number=quarter.number, closed_on=quarter.last))
    session.flush()
    when = {"year": quarter.year, "number": quarter.number}
    for place, unit in enumerate(units_in(quarter)):
        session.add(FigureUnit(**when, place=place, level=unit.level, code=unit.code,
                               name=unit.name, inside=unit.inside, decided=1300, invited=1234,
                               answered=None if unit == GONE else 330))  # fmt: skip
    session.flush()
    rows = [
        {**when, "unit": unit.key, "outcome": outcome, "language": language, "measure": measure,
         "n": n, "of": of}
        for unit in units_in(quarter)
        for language in ("all", "danish", "other")
        for outcome in ("all", *Outcome)
        for measure in MEASURES
        for n, of in [cell(outcome, measure, moved) if language == "all" else (None, None)]
    ]  # fmt: skip
    session.execute(insert(StoredFigure), rows)


def cell(outcome: str, measure: str, moved: int) -> tuple[int | None, int | None]:
    """What a quarter shows."""
    if outcome == HIDDEN:
        return None, None
    n, share = ANSWERS[outcome]
    share = share // 2 if "." in measure else share + MEASURES.index(measure) - 4
    return n, n * (share + moved) // 100


def close_all(session: Session, quarters: Sequence[Quarter] = QUARTERS) -> None:
    """Quarters one after the other, each a little better, with the measurement of a year."""
    for number, quarter in enumerate(quarters):
        close(session, quarter, 3 * number)
    for dimension, share in (("clarity", 0.83), ("remarks", 0.71), ("expression", 0.9)):
        session.add(StoredMeasurement(year=2026, unit=OFFICE.key, dimension=dimension, n=200,
                                      share=share))  # fmt: skip
    session.flush()


SAID = "Brevet var *klart*, men #panic() og $x$ stod der. <b>Tak</b> أنا 🙂"


def theme(session: Session, code: str = "reasons", place: int = 1) -> None:
    titles = {view: f"Begrundelsen ({view})" for view in VIEWS}
    session.add(StoredTheme(code=code, place=place, titles=titles, descriptions=titles,
                            examples={}, state="active", into=[]))  # fmt: skip
    session.flush()


def code_quarter(session: Session, quarter: Quarter, n: int | None = 24) -> None:
    """Fix the theme figures of a quarter: this many texts criticise the reasons."""
    session.add(ThemeQuarter(year=quarter.year, number=quarter.number, whole=True))
    session.flush()
    for unit in (AGENCY, DEPARTMENT, OFFICE):
        for polarity, count in (("criticism", n), ("praise", None)):
            when = {"year": quarter.year, "number": quarter.number}
            session.add(ThemeCount(**when, unit=unit.key, theme="reasons", polarity=polarity,
                                   n=count, texts=60))  # fmt: skip
    session.flush()


def quote(session: Session, key: str, quarter: Quarter, said: str = SAID) -> None:
    """Quote a whole released text as criticism of the reasons, for the office."""
    asked = {"version": "2026-1", "question": "could_be_better_text", "lang": "da"}
    session.add(FeedbackText(key=key, cohort="x", text=said, state="released", **asked))
    session.flush()
    when = {"year": quarter.year, "number": quarter.number}
    session.add(ThemeQuote(key=key, unit=OFFICE.key, theme="reasons", polarity="criticism",
                           begin=0, until=len(said), **when))  # fmt: skip
    session.flush()


def fill(engine: Engine) -> None:
    """Four quarters, two of them coded, with a quote in each."""
    with Session(engine.execution_options(writes=True)) as session:
        close_all(session)
        theme(session)
        for number, quarter in enumerate((SECOND, THIRD), 1):
            code_quarter(session, quarter)
            quote(session, f"{number:032x}", quarter)
        session.commit()
