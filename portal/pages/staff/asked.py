"""What was asked, in the reader's view, beside what somebody wrote in answer."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from flask import current_app

from portal.i18n import VIEWS
from portal.pages.shell import view
from portal.questionnaire.queries import questionnaires, wordings

if TYPE_CHECKING:
    from pathlib import Path

    from portal.questionnaire.words import Wordings


@lru_cache(maxsize=1)
def _wordings(folder: Path) -> Wordings:
    return wordings(folder, questionnaires(), VIEWS)


def question_of(version: str, question: str) -> str:
    """The question in the reader's view; its code where the version is not known here."""
    said = _wordings(current_app.extensions["translations"]).get((version, view().key))
    return said.questions.get(question, question) if said else question
