"""For staff: records of the case systems that were rejected, and why. Nothing here opens one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template

from portal import i18n
from portal.audit.words import Act
from portal.clock import local
from portal.pages.access import note
from portal.pages.shell import gettext, view
from portal.pages.staff import staff
from portal.quarantine.queries import MOST, open_count, open_records
from portal.request import db

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from portal.feed.words import Reason
    from portal.quarantine.words import Kept


@staff.get("/karantaene")
def quarantine() -> ResponseReturnValue:
    """Each open record: when it came, from where, about which case, and what is wrong with it."""
    note(Act.QUARANTINE_VIEWED)
    rows = [_row(kept) for kept in open_records(db(), MOST)]
    count = open_count(db()) if len(rows) == MOST else len(rows)
    return render_template("staff/quarantine.html", rows=rows, count=count)


def _row(kept: Kept) -> tuple[str, str, str, str, str]:
    unknown = gettext("quarantine.unknown")
    came = i18n.plain_date(local(kept.received_at).date(), view())
    why = " ".join(_said(reason) for reason in kept.reasons)
    return came, kept.source or unknown, kept.subject or unknown, kept.event or unknown, why


def _said(reason: Reason) -> str:
    said = gettext("quarantine.reason." + reason.code)
    return f"{reason.field}: {said}" if reason.field else said
