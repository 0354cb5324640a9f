"""Reads for those who code, and of what people have coded."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, func, not_, or_, select
from sqlalchemy.orm import aliased

from portal.feedback.models import FeedbackText
from portal.feedback.words import TextState
from portal.recognition.words import Labelled, Suggestion
from portal.themes import rules
from portal.themes.models import (
    StoredTheme,
    ThemeCoding,
    ThemeMark,
    ThemeQuarter,
    ThemeSuggestion,
)
from portal.themes.rules import PREFIX, TWICE
from portal.themes.rules.agreement import agreements as agreements_of
from portal.themes.rules.counting import agreed
from portal.themes.words import (
    Coding,
    CodingText,
    Disagreement,
    Polarity,
    Progress,
    TextGone,
    ThemeState,
)

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import InstrumentedAttribute, Session

    from portal.participation.words import Quarter
    from portal.themes.words import Agreement

TEXT = (
    FeedbackText.key,
    FeedbackText.version,
    FeedbackText.lang,
    FeedbackText.question,
    FeedbackText.text,
)
RELEASED = FeedbackText.state == TextState.RELEASED
MOST = 1_000  # texts that wait are counted up to here
SHOWN = 5  # suggestions beside a text
LAST_TWO = 31  # the place of a key's last two digits, counted from 1

_coded = exists().where(ThemeCoding.key == FeedbackText.key, ThemeCoding.settles.is_(False))


def in_quarter(quarter: Quarter) -> ColumnElement[bool]:
    """Whether a text is of this quarter: its cohort's name says so."""
    prefix = PREFIX.format(year=quarter.year, number=quarter.number)
    return FeedbackText.cohort.startswith(prefix, autoescape=True)


def _open() -> ColumnElement[bool]:
    """Whether the figures of the text's quarter are not fixed yet."""
    year, number = cast(ThemeQuarter.year, String), cast(ThemeQuarter.number, String)
    prefix = year + "-" + number + "-%"
    return not_(exists().where(FeedbackText.cohort.like(prefix)))


def in_open_quarter(key: ColumnElement[str] | InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether the text with this key is of a quarter whose figures are not fixed yet."""
    return key.in_(select(FeedbackText.key).where(_open()))


def _for(coder: UUID) -> ColumnElement[bool]:
    """Whether this coder has it to do: nobody has coded it, or one other and it is coded twice.

    What the machine may say by itself it has said; of that, people read the sample.
    """
    other = aliased(ThemeCoding)
    by_now = (
        select(func.count())
        .where(other.key == FeedbackText.key, other.settles.is_(False))
        .scalar_subquery()
    )
    mine = exists().where(
        ThemeCoding.key == FeedbackText.key,
        ThemeCoding.coder_id == coder,
        ThemeCoding.settles.is_(False),
    )
    twice = func.substr(FeedbackText.key, LAST_TWO, 2) < TWICE
    said = exists().where(ThemeSuggestion.key == FeedbackText.key, ThemeSuggestion.automatic)
    due = or_(and_(by_now == 0, or_(not_(said), twice)), and_(by_now == 1, twice))
    return and_(RELEASED, not_(mine), due, _open())


def next_for(session: Session, coder: UUID, after: str = "") -> CodingText | None:
    """The next text for this coder, in the order of random keys; from the start after the last."""
    statement = select(*TEXT).where(_for(coder)).order_by(FeedbackText.key).limit(1)
    beyond = statement.where(FeedbackText.key > after)
    row = session.execute(beyond).one_or_none()
    if row is None and after:
        row = session.execute(statement).one_or_none()
    return None if row is None else CodingText(*row)


def text_for(session: Session, key: str) -> CodingText:
    """One released text. Raises TextGone."""
    row = session.execute(select(*TEXT).where(FeedbackText.key == key, RELEASED)).one_or_none()
    if row is None:
        raise TextGone
    return CodingText(*row)


def own_coding(session: Session, coder: UUID, key: str) -> Coding | None:
    """What this coder has said of a text."""
    found = _codings(
        session,
        ThemeCoding.key == key,
        ThemeCoding.coder_id == coder,
        ThemeCoding.settles.is_(False),
    )
    return next(iter(found.get(key, {}).values()), None)


def progress(session: Session, coder: UUID) -> Progress:
    """How many this coder has coded, and how many wait; at most `MOST` + 1 are counted."""
    mine = select(func.count()).where(ThemeCoding.coder_id == coder, ThemeCoding.settles.is_(False))
    waiting = select(FeedbackText.key).where(_for(coder)).limit(MOST + 1).subquery()
    both = select(
        mine.scalar_subquery(), select(func.count()).select_from(waiting).scalar_subquery()
    )
    return Progress(*session.execute(both).one())


def suggestions(session: Session, key: str) -> tuple[Suggestion, ...]:
    """What the machine takes a text to be about, the surest first."""
    rows = session.execute(
        select(ThemeSuggestion.theme, ThemeSuggestion.confidence)
        .join(StoredTheme, StoredTheme.code == ThemeSuggestion.theme)
        .where(ThemeSuggestion.key == key, StoredTheme.state == ThemeState.ACTIVE)
        .order_by(ThemeSuggestion.confidence.desc(), ThemeSuggestion.theme)
        .limit(SHOWN)
    )
    return tuple(Suggestion(*row) for row in rows)


def machine_said(session: Session, *which: ColumnElement[bool]) -> dict[str, Coding]:
    """What the machine may say by itself, where nobody has coded the text."""
    rows = session.execute(
        select(FeedbackText.key, FeedbackText.question, ThemeSuggestion.theme)
        .join(ThemeSuggestion, ThemeSuggestion.key == FeedbackText.key)
        .where(RELEASED, ThemeSuggestion.automatic, not_(_coded), *which)
    )
    said: dict[str, tuple[str, set[str]]] = {}
    for key, question, theme in rows:
        said.setdefault(key, (question, set()))[1].add(theme)
    return {
        key: Coding(frozenset(named), rules.preset(question))
        for key, (question, named) in said.items()
    }


def uncoded(session: Session) -> list[CodingText]:
    """The released texts that nobody has coded, or that no theme fitted: where new ones may be."""
    named = exists().where(ThemeMark.key == FeedbackText.key)
    rows = session.execute(select(*TEXT).where(RELEASED, not_(named)).order_by(FeedbackText.key))
    return [CodingText(*row) for row in rows]


def _codings(
    session: Session, *which: ColumnElement[bool]
) -> dict[str, dict[tuple[UUID, bool], Coding]]:
    """Codings by text and by who said it, the settling one apart."""
    same = and_(
        ThemeMark.key == ThemeCoding.key,
        ThemeMark.coder_id == ThemeCoding.coder_id,
        ThemeMark.settles == ThemeCoding.settles,
    )
    rows = session.execute(
        select(
            ThemeCoding.key,
            ThemeCoding.coder_id,
            ThemeCoding.settles,
            ThemeCoding.polarity,
            ThemeMark.theme,
        )
        .join_from(ThemeCoding, ThemeMark, same, isouter=True)
        .join(FeedbackText, FeedbackText.key == ThemeCoding.key)
        .where(RELEASED, *which)
        .order_by(ThemeCoding.key, ThemeCoding.coder_id)
    )
    marks: dict[tuple[str, UUID, bool, str], set[str]] = defaultdict(set)
    for key, coder, settles, polarity, theme in rows:
        marks[key, coder, settles, polarity] |= {theme} - {None}
    found: dict[str, dict[tuple[UUID, bool], Coding]] = defaultdict(dict)
    for (key, coder, settles, polarity), named in marks.items():
        found[key][coder, settles] = Coding(frozenset(named), Polarity(polarity))
    return found


def counting(session: Session, *which: ColumnElement[bool]) -> dict[str, Coding]:
    """The coding that counts of each text that has one. Where people disagree, it has none."""
    decided = {
        key: agreed(
            [said for (_, settles), said in codings.items() if not settles],
            next((said for (_, settles), said in codings.items() if settles), None),
        )
        for key, codings in _codings(session, *which).items()
    }
    return {key: coding for key, coding in decided.items() if coding is not None}


def confirmed(session: Session) -> list[Labelled]:
    """What people agree on, for the machine to learn from; nothing of a theme that is no more."""
    active = set(
        session.scalars(select(StoredTheme.code).where(StoredTheme.state == ThemeState.ACTIVE))
    )
    decided = counting(session)
    rows = session.execute(
        select(FeedbackText.key, FeedbackText.text, FeedbackText.lang)
        .where(RELEASED, _coded)
        .order_by(FeedbackText.key)
    )
    return [
        Labelled(text, lang, tuple(sorted(decided[key].themes)))
        for key, text, lang in rows
        if key in decided and decided[key].themes <= active
    ]


def agreements(session: Session) -> tuple[Agreement, ...]:
    """How far two coders agree: over the sample that two code without seeing the other's."""
    themes = session.scalars(
        select(StoredTheme.code)
        .where(StoredTheme.state == ThemeState.ACTIVE)
        .order_by(StoredTheme.place)
    ).all()
    found = _codings(session, ThemeCoding.settles.is_(False), ThemeCoding.key.in_(_twice()))
    pairs = [
        tuple(codings.values())[:2] for key, codings in found.items() if rules.coded_twice(key)
    ]
    return agreements_of([(one, other) for one, other in pairs], themes)


def _twice() -> Select[str]:
    return (
        select(ThemeCoding.key)
        .where(ThemeCoding.settles.is_(False))
        .group_by(ThemeCoding.key)
        .having(func.count() > 1)
    )


def apart() -> ColumnElement[bool]:
    """Whether people understand a text differently, and nobody has settled it."""
    said, marked, settled = aliased(ThemeCoding), aliased(ThemeMark), aliased(ThemeCoding)
    people = (
        select(func.count())
        .where(said.key == FeedbackText.key, said.settles.is_(False))
        .correlate(FeedbackText)
        .scalar_subquery()
    )
    ways = (
        select(func.count(said.polarity.distinct()))
        .where(said.key == FeedbackText.key, said.settles.is_(False))
        .correlate(FeedbackText)
        .scalar_subquery()
    )
    not_by_all = (
        select(marked.theme)
        .where(marked.key == FeedbackText.key, marked.settles.is_(False))
        .group_by(marked.theme)
        .having(func.count() < people)
        .correlate(FeedbackText)
        .exists()
    )
    return and_(
        people > 1,
        or_(ways > 1, not_by_all),
        not_(exists().where(settled.key == FeedbackText.key, settled.settles.is_(True))),
    )


def disagreement(session: Session) -> Disagreement | None:
    """The first text that two people understand differently, for the owner to settle."""
    row = session.execute(
        select(*TEXT).where(RELEASED, apart()).order_by(FeedbackText.key).limit(1)
    ).one_or_none()
    if row is None:
        return None
    text = CodingText(*row)
    found = _codings(session, ThemeCoding.key == text.key, ThemeCoding.settles.is_(False))
    # In an order of their own: who said what is not told.
    said = sorted(found[text.key].values(), key=lambda one: (one.polarity, sorted(one.themes)))
    return Disagreement(text, tuple(said))
