"""The front page of staff: what opens for the one who is signed in, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flask import render_template

from portal.pages.access import may_open
from portal.pages.staff import staff

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


class Part(NamedTuple):
    """A part of the page: catalog keys of its heading and text, and endpoints with their names."""

    title: str
    text: str
    links: tuple[tuple[str, str], ...]


PARTS = (
    Part(
        "staff.home.texts.title", "staff.home.texts.text", (("staff.codes", "staff.codes.title"),)
    ),
    Part("problems.home.title", "problems.home.text", (("staff.problems", "problems.title"),)),
    Part(
        "quarantine.home.title",
        "quarantine.home.text",
        (("staff.quarantine", "quarantine.title"),),
    ),
    Part(
        "estimates.home.title",
        "estimates.home.text",
        (("staff.estimates", "estimates.staff.title"), ("staff.owed", "estimates.owed.title")),
    ),
    Part(
        "release.home.title",
        "release.home.text",
        (("staff.release", "release.title"), ("staff.released", "release.released.title")),
    ),
    Part("coding.home.title", "coding.home.text", (("staff.coding", "coding.title"),)),
    Part("themes.home.title", "themes.home.text", (("staff.themes", "themes.title"),)),
    Part(
        "codebook.home.title",
        "codebook.home.text",
        (
            ("staff.codebook", "codebook.title"),
            ("staff.proposals", "proposals.title"),
            ("staff.codebook_agreement", "agreement.title"),
        ),
    ),
    Part(
        "changes.home.title",
        "changes.home.text",
        (("staff.changes", "changes.title"), ("staff.ideas", "changes.ideas.title")),
    ),
    Part(
        "figures.home.title",
        "figures.home.text",
        (("staff.figures", "figures.title"), ("staff.reports", "reports.title")),
    ),
    Part(
        "access_log.home.title",
        "access_log.home.text",
        (("staff.access_log", "access_log.title"),),
    ),
    Part(
        "requests.home.title",
        "requests.home.text",
        (("staff.rights_requests", "requests.title"),),
    ),
    Part("panels.home.title", "panels.home.text", (("staff.volunteers", "panels.staff.title"),)),
)


@staff.get("")
def home() -> ResponseReturnValue:
    """What there is for this member of staff."""
    parts = (_open(part) for part in PARTS)
    return render_template("staff/home.html", parts=[part for part in parts if part.links])


def _open(part: Part) -> Part:
    return part._replace(links=tuple(link for link in part.links if may_open(link[0])))
