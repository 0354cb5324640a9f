"""Whole pages as citizens meet them: cases in every situation, as plain text in one view."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from portal.cases import words
from portal.explanations.words import BOARD_AREAS, Passage
from tests.rooms.cases.stories import (
    ASSIGNED,
    AUTHORITY,
    FILED,
    INCOME,
    NUMBER,
    RECEIVED,
    RETURNED,
    UPHELD,
    case,
    entered,
    issue,
)
from tests.rooms.telling.readers import page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.cases.words import Happening, State
    from portal.pages.prose import Speaker
    from portal.telling.words import CasePage, Reader

ON_TIME, LATE = date(2026, 1, 26), date(2027, 6, 1)
DUE = date(2026, 2, 2)
AT_WORK = (RECEIVED, ASSIGNED)
SENT = Passage("act.sent")
MOVES = Passage("date.what_moves")


def _asked(addressee: str, kind: str = "documents", due: date | None = DUE) -> words.RequestMade:
    return words.RequestMade(request="r1", addressee=addressee, kind=kind, due=due)


def _courses() -> Iterator[tuple[str, tuple[Happening, ...]]]:
    yield "reassessment", (FILED,)
    yield "unclear", (*AT_WORK, entered("zz_new"))
    yield "reopened", (RECEIVED, UPHELD, words.Reopened())
    yield "reopening asked for", (RECEIVED, UPHELD, words.ReopeningRequested())
    yield "reopening refused", (RECEIVED, UPHELD, words.ReopeningRefused())
    yield "urgent", (RECEIVED, words.UrgencySet(urgent=True))
    yield "meeting", (*AT_WORK, entered("meeting"), words.MeetingScheduled(on=DUE))
    yield "called back", (*AT_WORK, UPHELD, words.DecisionWithdrawn())
    yield (
        "moved request",
        (*AT_WORK, INCOME, words.RequestMoved(request="r1", due=date(2026, 3, 2))),
    )
    yield "announced", (RECEIVED, words.DateAnnounced(on=date(2026, 5, 12), reason="first"))
    for stage in ("queued", "clarification", "hearing", "assessment", "meeting"):
        yield stage, (RECEIVED, entered(stage))
    for reason in (*words.SuspensionReason, "zz_new"):
        yield f"suspended {reason}", (*AT_WORK, words.Suspended(reason=reason))
    for kind in (*words.RequestKind, "zz_new"):
        yield f"asked for {kind}", (*AT_WORK, _asked("complainant", kind))
        yield f"asked for {kind} undated", (*AT_WORK, _asked("complainant", kind, None))
    for addressee in (*words.Addressee, "zz_new"):
        yield f"waiting for {addressee}", (*AT_WORK, _asked(addressee))
        yield f"waiting for {addressee} undated", (*AT_WORK, _asked(addressee, due=None))
    for move in (*words.MoveReason, "zz_new"):
        first = words.DateAnnounced(on=date(2026, 5, 12), reason="first")
        yield f"moved {move}", (*AT_WORK, first, replace(first, on=date(2026, 6, 9), reason=move))
    yield from _ended()
    yield from _before_and_again()


def _ended() -> Iterator[tuple[str, tuple[Happening, ...]]]:
    for outcome in (*words.Outcome, "zz_new"):
        yield f"decided {outcome}", (*AT_WORK, words.Decided(outcome=outcome, authority_due=DUE))
    for favour in (*words.Favour, "zz_new"):
        yield f"changed {favour}", (*AT_WORK, words.Decided(outcome="changed", favours=favour))
    apart = (issue("upheld"), issue("changed", "complainant"), issue("returned"))
    yield "mixed", (*AT_WORK, words.Decided(outcome="changed", issues=apart))
    yield "passed to", (*AT_WORK, words.Decided(outcome="passed_on", passed_to=AUTHORITY))
    for ending in (*words.Ending, "zz_new"):
        yield f"closed {ending}", (*AT_WORK, UPHELD, words.Closed(reason=ending))
    for result in (*words.AgainResult, "zz_new"):
        yield f"again {result}", (RECEIVED, RETURNED, words.AuthorityDecidedAgain(result=result))


def _before_and_again() -> Iterator[tuple[str, tuple[Happening, ...]]]:
    for ending in (*words.Ending, "zz_new"):
        yield f"closed {ending} at the authority", (FILED, words.Closed(reason=ending))
    for outcome in (*words.Outcome, "zz_new"):
        yield f"reopened {outcome}", (RECEIVED, words.Decided(outcome=outcome), words.Reopened())
    for favour in (*words.Favour, "zz_new"):
        made = words.Decided(outcome="changed", favours=favour)
        yield f"reopened changed {favour}", (RECEIVED, made, words.Reopened())
    apart = words.Decided(outcome="changed", issues=(issue("upheld"), issue("changed")))
    yield "reopened mixed", (RECEIVED, apart, words.Reopened())
    sooner = words.RequestMoved(request="r1", due=date(2026, 1, 28))
    yield "request moved to an earlier day", (*AT_WORK, INCOME, sooner)
    first = words.DateAnnounced(on=date(2026, 5, 12), reason="first")
    sooner_said = words.DateAnnounced(on=date(2026, 4, 14), reason="busy")
    yield "announced an earlier day", (*AT_WORK, first, sooner_said)
    yield "another caseworker", (*AT_WORK, ASSIGNED)
    for area in BOARD_AREAS:
        received = words.Received(number=NUMBER, area=area, authority=AUTHORITY)
        yield f"{area} assessed", (received, ASSIGNED, entered("assessment"))
        yield f"{area} decided", (received, ASSIGNED, UPHELD)


def _areas() -> Iterator[tuple[str, State]]:
    for area in (*words.Area, "zz_new"):
        yield area, case(words.Received(number=NUMBER, area=area, authority=AUTHORITY), ASSIGNED)


SITUATIONS: dict[str, State] = {
    **{name: case(*course) for name, course in _courses()},
    **dict(_areas()),
}


def paragraphs(state: State, today: date, reader: Reader, say: Speaker) -> list[str]:
    """What stands on the page as running text, a paragraph each: what is read from top to end."""
    told = page(state, today, reader)
    return [say.plain(passage) for passage in _running(told)]


def _running(told: CasePage) -> Iterator[Passage]:
    if told.banner:
        yield told.banner
    yield from (told.board,) if told.board else ()
    for task in told.tasks:
        yield task.what
        yield from (task.moved,) if task.moved else ()
        yield from (told.how, task.otherwise, SENT)
    if told.verdict:
        yield from told.verdict.meaning
        yield from told.verdict.authority
        yield from told.verdict.ways
    yield from told.earlier
    yield from (told.ending,) if told.ending else ()
    yield from told.now
    yield told.holder
    yield from (told.nothing,) if told.nothing else ()
    yield from (*told.dates, *told.date_history, *((MOVES,) if told.dates else ()))
    yield from (*told.coming, *told.branches)
    yield told.about
