"""What came of what citizens said, for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template

from portal.changes.queries import published
from portal.pages.public import public
from portal.pages.shell import view
from portal.request import db

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@public.get("/i-sagde-vi-gjorde")
def changes() -> ResponseReturnValue:
    """What has been done, and what is under way; what is only planned is told to nobody."""
    found = published(db(), view().key)
    return render_template(
        "public/changes.html",
        done=[one for one in found if one.done],
        under_way=[one for one in found if not one.done],
    )
