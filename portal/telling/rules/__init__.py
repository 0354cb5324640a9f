"""From a case and its dates to what is told: which passages, with which values, in which order.

A passage whose value is not known is not said: the page says instead that it cannot tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.cases.rules import ENDED, WORKING
from portal.cases.words import Area, Role, Stage
from portal.explanations.words import Audience, Passage
from portal.telling.rules import boards
from portal.telling.rules.asked import ACTING, is_asked, nothing, tasks
from portal.telling.rules.course import branches, coming, timeline
from portal.telling.rules.expected import date_history, dates_told
from portal.telling.rules.lasting import last_days
from portal.telling.rules.outcome import earlier, ending, outcome_of, verdict
from portal.telling.rules.place import decision_unclear, holder, now
from portal.telling.rules.said import known
from portal.telling.words import Card, CasePage

if TYPE_CHECKING:
    from datetime import date

    from portal.cases.words import State
    from portal.deadlines.words import Dates
    from portal.telling.words import Reader

__all__ = ["ACTING", "audience_of", "badge_of", "card_of", "is_asked", "page_of"]


def audience_of(reader: Reader) -> Audience:
    """Whom the texts speak to."""
    if reader.role is Role.COMPLAINANT:
        return Audience.CITIZEN
    return Audience.PARTY if reader.role is Role.PARTY else Audience.REPRESENTATIVE


def page_of(state: State, dates: Dates, reader: Reader, today: date) -> CasePage:
    """The whole page of a case."""
    area = known(state.area, Area)
    return CasePage(
        audience=audience_of(reader),
        heading=Passage(f"area.{area}.heading"),
        about=Passage(f"area.{area}.about"),
        board=boards.who(state),
        complained_of=boards.complained_of(state),
        badge=badge_of(state),
        banner=banner(reader),
        tasks=tuple(tasks(state, reader, today)),
        now=tuple(now(state, reader, today)),
        holder=holder(state, dates, today),
        verdict=verdict(state, dates, today),
        earlier=tuple(earlier(state)),
        ending=ending(state),
        dates=tuple(dates_told(state, dates)),
        date_history=tuple(date_history(state)),
        coming=tuple(coming(state, dates)),
        branches=tuple(branches(state)),
        timeline=tuple(timeline(state)),
        what_moves=_what_moves(state),
        how=_how(state),
        nothing=nothing(state, reader, today),
        last_days=tuple(last_days(state, dates, reader, today)),
    )


def card_of(state: State, dates: Dates, reader: Reader, today: date) -> Card:
    """A case in the list."""
    return Card(
        audience=audience_of(reader),
        heading=Passage(f"area.{known(state.area, Area)}.heading"),
        board=boards.short(state),
        badge=badge_of(state),
        banner=banner(reader),
        now=next(now(state, reader, today)),
        expected=next(dates_told(state, dates), None),
        task=next(tasks(state, reader, today), None),
        ended=_is_over(state) and not any(tasks(state, reader, today)),
    )


def _what_moves(state: State) -> Passage | None:
    at_work = state.stage in WORKING and not state.suspended and not state.stage_unclear
    return Passage("date.what_moves") if at_work else None


def _how(state: State) -> Passage:
    """How to send what is asked for; a case that is still at the authority has no number yet."""
    if state.number is None:
        return Passage("act.how_unnumbered")
    return Passage("act.how", {"number": state.number})


def _is_over(state: State) -> bool:
    """Whether nobody is at work on the case: not the board, and not the authority."""
    ended = state.stage in {Stage.DECIDED, Stage.CLOSED} or state.decided_again is not None
    return ended and state.stage in ENDED and not state.reopening_requested


def badge_of(state: State) -> Passage:
    """Where the case is, in a few words: the outcome once there is one."""
    if decision_unclear(state):
        return Passage("outcome.unknown.short")
    if state.stage_unclear or state.stage is None:
        return Passage("badge.unclear")
    if state.stage is Stage.DECIDED and state.decision:
        return Passage(f"outcome.{outcome_of(state, state.decision)}.short")
    if state.suspended and state.stage in WORKING:
        return Passage("badge.suspended")
    if state.decided_again and state.stage is Stage.RETURNED:
        return Passage("badge.decided_again")
    return Passage(f"stage.{state.stage}.name")


def banner(reader: Reader) -> Passage | None:
    if reader.role is Role.COMPLAINANT:
        return None
    if reader.role is Role.PARTY:
        return Passage("role.party.banner")
    if reader.acts_for_name is None:
        return Passage(f"role.{reader.role}.banner_unnamed")
    return Passage(f"role.{reader.role}.banner", {"name": reader.acts_for_name})
