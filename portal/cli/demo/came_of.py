"""What came of it: invented changes with their public words, and ideas."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from portal import clock
from portal.changes import actions
from portal.changes.queries import change_of
from portal.changes.queries.measured import groups_of
from portal.changes.words import By, IdeaState, Indicator, Plan, Proposal, Seen, Status, Told
from portal.cli.demo.people import toml
from portal.cli.demo.work import earlier
from portal.i18n import STAFF_VIEWS
from portal.identity.words import StaffRole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from portal.participation.words import Quarter
    from portal.vault import Vault

FIRST = -320  # the day on which the changes were made


def came_of(session: Session, vault: Vault, quarters: Sequence[Quarter], now: datetime) -> None:
    """Put changes and ideas into a fresh database."""
    today = clock.day_of(now)
    told: dict[str, Any] = {**toml("changes.toml")}
    owner = earlier(session, vault, StaffRole.THEME_OWNER, now)
    editor = earlier(session, vault, StaffRole.EDITOR, now)
    made = [_change(session, (owner, editor), one, quarters, today) for one in told["changes"]]
    for one in told["ideas"]:
        became = one.get("change")
        proposal = Proposal(
            one["title"],
            one["text"],
            tuple(one["units"]),
            IdeaState(one["state"]),
            one.get("reason", ""),
            None if became is None else made[became],
        )
        actions.add_idea(session, By(owner, today + timedelta(days=one["made"])), proposal)


def _change(
    session: Session,
    who: tuple[UUID, UUID],
    one: dict[str, Any],
    quarters: Sequence[Quarter],
    today: date,
) -> UUID:
    owner, editor = who
    key = actions.make(session, By(owner, _day(today, FIRST)), _plan(one, quarters, today))
    for days, status, reason in one["moves"]:
        by = By(owner, _day(today, days))
        actions.move(session, by, _seen(session, key), Status(status), reason)
    words = {view: Told(**told) for view, told in one.get("words", {}).items()}
    if words:
        actions.write_words(session, _seen(session, key), words)
    if "published" in one:
        by = By(editor, _day(today, one["published"]))
        groups = groups_of(session, one["unit"], today)
        actions.publish(session, by, _seen(session, key), STAFF_VIEWS, groups)
    return key


def _plan(one: dict[str, Any], quarters: Sequence[Quarter], today: date) -> Plan:
    after = quarters[one["after"]] if "after" in one else None
    indicator = Indicator(
        one["measure"], one["measured_unit"], one["outcome"], quarters[one["before"]], after
    )
    named = {name: one[name] for name in ("theme", "unit", "title", "owner", "effect")}
    return Plan(**named, due=_day(today, one["due"]), indicator=indicator)


def _seen(session: Session, key: UUID) -> Seen:
    return Seen(key, change_of(session, key).version)


def _day(today: date, days: int) -> date:
    return today + timedelta(days=days)
