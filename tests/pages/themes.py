"""What the tests of coding, codebook and themes share: a stage with a codebook and texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from tests.rooms.themes.examples import codebook, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.feedback.models import FeedbackText
    from tests.pages.conftest import Stage


def set_up(stage: Stage, *texts: FeedbackText) -> None:
    """A codebook of three themes, and released texts."""
    did(stage, codebook)
    did(stage, lambda session: session.add_all(texts or (text(1), text(2))))


def did(stage: Stage, what: Callable[[Session], object]) -> None:
    """Do something in the database."""
    with Session(stage.engine.execution_options(writes=True)) as session:
        what(session)
        session.commit()


def read(stage: Stage, what: Callable[[Session], Any]) -> Any:  # noqa: ANN401 - what it reads
    """Read something in the database."""
    with Session(stage.engine) as session:
        return what(session)


def hidden_in(page: str, mark: str = "<form") -> dict[str, str]:
    """The hidden fields of the form that holds this mark."""
    form = next(one for one in page.split("<form")[1:] if mark in f"<form{one}")
    form = form.partition("</form>")[0]
    return dict(re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', form))


def errors_in(page: str) -> list[str]:
    """The fields that the summary of errors leads to."""
    summary = page.partition("error-summary")[2].partition("</ul>")[0]
    return re.findall(r'href="#([\w-]+)"', summary)


def checked_in(page: str) -> set[str]:
    """The values that are ticked."""
    return set(re.findall(r'value="([\w-]+)"[^>]* checked', page))
