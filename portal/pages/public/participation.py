"""The published list of keys, for everybody: as a page and as it is."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, cast

from flask import Response, current_app, render_template

from portal import clock
from portal.answers.rules import cohorts_of
from portal.answers.words import WrongList
from portal.pages.public import public

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from flask.typing import ResponseReturnValue

    from portal.answers.words import Cohort

UNAVAILABLE = 503
MARK = 16  # hexadecimal digits of a key's hash: enough to compare by eye


@public.get("/deltagelse/noegler")
def participation_keys() -> ResponseReturnValue:
    """What the keys are for, and which there are."""
    try:
        cohorts: Mapping[str, Cohort] = cohorts_of(_list())
    except (OSError, ValueError, WrongList):
        return render_template(
            "public/participation_keys.html", cohorts=None, today=None
        ), UNAVAILABLE
    newest = sorted(cohorts.values(), key=lambda one: (one.issue_from, one.name), reverse=True)
    return render_template(
        "public/participation_keys.html",
        cohorts=[(one, hashlib.sha256(one.key).hexdigest()[:MARK]) for one in newest],
        today=clock.day_of(clock.now()),
    )


@public.get("/deltagelse/noegler.jsonl")
def participation_list() -> ResponseReturnValue:
    """The list as the answer door reads it: JSON Lines."""
    return Response(_list(), mimetype="application/jsonl")


def _list() -> str:
    """The list; empty before there is a key. Raises OSError, UnicodeDecodeError."""
    file = cast("Path | None", current_app.extensions["cohorts_file"])
    try:
        return file.read_text("utf-8") if file else ""
    except FileNotFoundError:
        return ""
