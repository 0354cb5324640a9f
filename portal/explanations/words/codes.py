"""Which texts must exist.

`CODES` maps each code to the placeholders that its text may use. Every placeholder stands for a
finished piece (a date in words, a name), never for a part of a sentence that must be inflected.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import product

from portal.cases.words import (
    Addressee,
    AgainResult,
    Area,
    Ending,
    Favour,
    LinkKind,
    MoveReason,
    Outcome,
    RequestKind,
    Role,
    Stage,
    SuspensionReason,
)
from portal.explanations.words.terms import TERMS

UNKNOWN = "unknown"
# The texts that count something, and the place that says how many: each plural has its own wording.
COUNTED = {
    "date.target": "weeks",
    "date.target_average": "weeks",
    "date.target_passed": "weeks",
    "date.limit": "weeks",
    "date.limit_passed": "weeks",
    "estimate.counted": "count",
    "estimate.met": "weeks",
}


def _known(codes: type[StrEnum]) -> tuple[str, ...]:
    return (*(str(code) for code in codes), UNKNOWN)


def _group(pattern: str, *choices: tuple[str, ...], holes: str = "") -> dict[str, frozenset[str]]:
    places = frozenset(holes.split())
    return {pattern.format(*chosen): places for chosen in product(*choices)}


NO_RANGE = ("too_few", "rarely_closes", "dormant", "pace", "coverage")
STAGES = tuple(str(stage) for stage in Stage)
OTHERS = ("party", "other_party", "authority", "doctor", "consultant", "other_authority", UNKNOWN)
BOARD_AREAS = (
    "student_grant",
    "special_education",
    "equal_treatment",
    "adoption",
    "working_environment",
    "psychologists",
)
BRANCHES = (
    "authority_changes",
    "authority_forwards",
    "authority_partly_changes",
    "work_starts",
    "more_information",
    "hearing",
    "assessment",
    "meeting",
    "decision",
    "new_decision_better",
    "new_decision_same",
    "reopening_granted",
    "reopening_refused",
    "reopening_refused_undecided",
    "resumed",
)

CODES: dict[str, frozenset[str]] = {
    # Where the case stands.
    **_group("stage.{}.name", STAGES),
    **_group("stage.reassessment.now", holes="authority"),
    **_group("stage.{}.now", tuple(s for s in STAGES if s not in {"reassessment", "returned"})),
    **_group("stage.returned.now", holes="authority"),
    **_group("stage.{}.next", STAGES),
    **_group("stage.closed.next_before", holes="authority"),  # the board never had the case
    **_group("stage.{}.maybe", STAGES),  # how it stands in what may come: never as certain
    **_group("badge.unclear"),
    **_group("badge.suspended"),
    **_group("badge.decided_again"),
    **_group("now.unclear"),
    **_group("now.decision_unclear"),
    **_group("now.urgent"),
    **_group("now.reopened", holes="date"),
    **_group("now.reopening_requested", holes="date"),
    **_group("now.reopening_refused", holes="date"),
    **_group("now.reopening_refused_undecided", holes="date"),
    **_group("now.suspended.{}", _known(SuspensionReason)),
    **_group("now.decision_withdrawn", holes="date"),
    **_group("now.meeting", holes="date"),
    **_group("now.meeting_held", holes="date"),
    # Waiting for somebody else's answer, or for the reader's.
    **_group("waiting.{}.due", OTHERS, holes="due"),
    **_group("waiting.{}.late", OTHERS, holes="due"),
    **_group("waiting.{}.undated", OTHERS),
    **_group("waiting.complainant.due", holes="due"),  # said to others than the one who must act
    **_group("waiting.complainant.late", holes="due"),
    **_group("waiting.complainant.undated"),
    # Who has the case.
    **_group("holder.authority", holes="authority since"),
    **_group("holder.authority_until", holes="authority since until"),
    **_group("holder.queue", holes="since"),
    **_group("holder.office", holes="office since"),
    **_group("holder.board", holes="since"),
    **_group("holder.nobody", holes="since"),
    **_group("holder.never_here", holes="authority"),
    **_group("holder.unclear"),
    # What the reader must do.
    **_group("act.{}.due", _known(RequestKind), holes="due"),
    **_group("act.{}.late", _known(RequestKind), holes="due"),
    **_group("act.{}.undated", _known(RequestKind)),
    **_group("act.{}.otherwise", _known(RequestKind)),  # what happens if not
    **_group("act.how", holes="number"),
    **_group("act.how_unnumbered"),
    **_group("act.sent"),
    **_group("act.moved", holes="old due"),
    **_group("act.moved_earlier", holes="old due"),
    **_group("act.nothing"),
    # Dates.
    **_group("date.announced", holes="date"),
    **_group("date.announced_passed", holes="date"),
    **_group("date.moved.{}", _known(MoveReason), holes="old date said"),
    **_group("date.moved_earlier", holes="old date said"),
    **_group("date.first", holes="date said"),
    **_group("date.none"),
    **_group("date.suspended", holes="date"),
    **_group("date.reassessment", holes="date"),
    **_group("date.reassessment_late", holes="date"),
    **_group("date.target", holes="date weeks"),
    **_group("date.target_average", holes="weeks"),
    **_group("date.target_passed", holes="date weeks"),
    **_group("date.limit", holes="date weeks"),
    **_group("date.limit_passed", holes="date weeks"),
    **_group("date.no_target"),
    **_group("date.restarted", holes="date"),
    **_group("date.urgent"),
    **_group("date.estimate_none"),
    **_group("date.what_moves"),
    # The estimate: what happened to cases like this one.
    **_group("estimate.range", holes="from_week to_week first last"),
    **_group("estimate.week", holes="week first last"),
    **_group("estimate.share"),
    **_group("estimate.half", holes="week"),
    **_group("estimate.late", holes="next"),
    **_group("estimate.beside_announced"),
    **_group("estimate.withheld.{}", NO_RANGE),
    **_group("estimate.stopped.{}", (*NO_RANGE, "suspended", "urgent"), holes="said"),
    **_group("estimate.counted", holes="count since until"),
    **_group("estimate.like.{}", ("all", "stage", "age", "area", "unit")),
    **_group("estimate.method"),
    **_group("estimate.met", holes="tenths weeks"),
    **_group("estimate.what_moves"),
    **_group("estimate.{}", ("first", "returned", "reopened"), holes="first last said"),
    **_group(
        "estimate.moved.{}",
        ("stage", "passed", "waited", "faster", "slower"),
        holes="first last old_first old_last said",
    ),
    # The decision.
    **_group("outcome.{}.short", (*_known(Outcome), "mixed")),
    **_group("outcome.{}.meaning", ("upheld", "annulled", "returned", "dismissed", UNKNOWN)),
    **_group("outcome.returned.meaning_again"),
    **_group("outcome.passed_on.meaning"),
    **_group("outcome.passed_on.meaning_to", holes="authority"),
    **_group("outcome.changed.meaning.{}", _known(Favour)),
    **_group("outcome.changed.issue.{}", _known(Favour)),
    **_group("outcome.mixed.meaning"),
    **_group(
        "outcome.{}.authority",
        ("upheld", "changed", "annulled", "returned", "dismissed", "passed_on", "mixed"),
        holes="authority",
    ),
    **_group("outcome.authority_due", holes="authority date"),
    **_group("outcome.authority_late", holes="authority date"),
    **_group("outcome.letter"),
    # After the decision.
    **_group("after.reopening"),
    **_group("after.ombudsman", holes="date"),
    **_group("after.ombudsman_passed", holes="date"),
    **_group("after.courts"),
    **_group("after.no_higher"),
    **_group("after.no_higher_board"),
    **_group("after.new_complaint"),
    **_group("after.right_authority"),
    **_group("returned.due", holes="authority date"),
    **_group("returned.late", holes="authority date"),
    **_group("returned.undated", holes="authority"),
    **_group("again.{}", _known(AgainResult), holes="authority date"),
    **_group("again.complain"),
    **_group("again.complain_until", holes="date"),
    **_group("again.complain_passed", holes="date"),
    **_group("ending.{}", _known(Ending), holes="date"),
    **_group("ending.{}.before", _known(Ending), holes="authority date"),
    # What was decided before the case was reopened.
    **_group(
        "earlier.{}",
        ("upheld", "annulled", "returned", "dismissed", "passed_on", "mixed", UNKNOWN),
        holes="date",
    ),
    **_group("earlier.changed.{}", _known(Favour), holes="date"),
    **_group("earlier.meanwhile"),
    # Areas in which a board decides, with Ankestyrelsen as its secretariat.
    **_group("board.{}.who", BOARD_AREAS),
    **_group("board.{}.short", BOARD_AREAS),
    # What may come.
    **_group("branch.{}", BRANCHES),
    **_group("branch.decision_board"),
    # What has happened, a line each.
    **_group(
        "moment.{}",
        (
            "filed",
            "received",
            "assigned",
            "assigned_again",
            "request_withdrawn",
            "resumed",
            "decision_withdrawn",
            "reopening_requested",
            "reopening_refused",
            "reopened",
            "urgent",
            "not_urgent",
            "unclear",
            "back",
        ),
    ),
    **_group("moment.stage.{}", STAGES),
    **_group("moment.request.{}", _known(Addressee)),
    **_group("moment.request_due.{}", _known(Addressee), holes="due"),
    **_group("moment.request_moved", holes="due"),
    **_group("moment.answered.{}", _known(Addressee)),
    **_group("moment.meeting", holes="due"),
    **_group("moment.suspended.{}", _known(SuspensionReason)),
    **_group("moment.announced", holes="due"),
    **_group("moment.decided.{}", (*_known(Outcome), "mixed")),
    **_group("moment.closed.{}", _known(Ending)),
    **_group("moment.again.{}", _known(AgainResult)),
    **_group("moment.continues"),
    # The reader's part in the case.
    **_group(
        "role.{}.banner", tuple(r for r in Role if r not in {"complainant", "party"}), holes="name"
    ),
    **_group("role.{}.banner_unnamed", tuple(r for r in Role if r not in {"complainant", "party"})),
    **_group("role.party.banner"),
    **_group("link.{}", _known(LinkKind), holes="number"),
    # Nothing to show.
    **_group("empty.{}", ("none", "not_received", "not_visible", "source_down")),
    **_group("empty.{}.next", ("none", "not_received", "not_visible", "source_down")),
    **_group("source.silent", holes="when"),
    **_group("source.silent_named", holes="system when"),
    # Areas of law: name in a sentence, heading, and what the area is about.
    **_group("area.{}.name", _known(Area)),
    **_group("area.{}.heading", _known(Area)),
    **_group("area.{}.about", _known(Area)),
    # Terms, explained where they stand.
    **_group("term.{}.name", TERMS),
    **_group("term.{}.meaning", TERMS),
}
