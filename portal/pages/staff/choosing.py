"""What a change may name, in the words of the reader's view: themes, units, measures, quarters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from flask import current_app

from portal.changes.rules import followed, name_of
from portal.i18n import VIEWS
from portal.organisation.queries import units_on
from portal.organisation.words import AGENCY
from portal.pages.shell import gettext, view
from portal.questionnaire.queries import questionnaires, wordings
from portal.request import db
from portal.themes.queries import themes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from portal.changes.words import Known
    from portal.participation.words import Quarter
    from portal.questionnaire.words import Wordings

NOTHING = ("", "–")  # what stands first where nothing is chosen yet

Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Names:
    """The names of themes and units today."""

    themes: Mapping[str, str]
    states: Mapping[str, tuple[str, tuple[str, ...]]]
    units: Mapping[str, str]

    def theme(self, code: str) -> str:
        """A theme by its title; the one that it was merged into, where it was."""
        now = followed(code, self.states)
        if now is None:
            return gettext("changes.theme.gone") % {"title": self.themes.get(code, code)}
        return self.themes[now]

    def unit(self, key: str) -> str:
        """A unit by its name; one that is no more by its code."""
        return self.units.get(key, key.partition(":")[2])

    def theme_options(self, known: Known) -> Options:
        """The themes that a change may come of."""
        active = [code for code, (state, _) in known.themes.items() if state == "active"]
        return [NOTHING, *((code, self.themes[code]) for code in active)]

    def unit_options(self) -> Options:
        """The units that there are."""
        return [NOTHING, *self.units.items()]


def names_on(day: date) -> Names:
    """What themes and units are called. Two reads."""
    listed, chosen = themes(db()), view().key
    return Names(
        {one.code: one.title(chosen) for one in listed},
        {one.code: (str(one.state), one.into) for one in listed},
        {
            unit.key: gettext("changes.agency") if unit == AGENCY else unit.name
            for unit in units_on(db(), day)
        },
    )


@lru_cache(maxsize=1)
def _wordings(folder: Path) -> Wordings:
    return wordings(folder, questionnaires(), VIEWS)


def measure_name(code: str) -> str:
    """A question as it was asked; of a list the option, with what was asked."""
    said = _wordings(current_app.extensions["translations"])[_newest(), view().key]
    question, _, option = code.partition(".")
    asked = said.questions.get(question, question)
    if not option:
        return asked
    return f"{asked} {said.options.get(question, {}).get(option, option)}"


@lru_cache(maxsize=1)
def _newest() -> str:
    return questionnaires()[-1].version


def quarter_name(quarter: Quarter) -> str:
    return gettext("changes.quarter") % {"number": quarter.number, "year": quarter.year}


def outcome_name(code: str) -> str:
    return gettext("changes.outcome." + code)


def quarter_options(quarters: Iterable[Quarter]) -> Options:
    return [NOTHING, *((name_of(one), quarter_name(one)) for one in quarters)]


def options(codes: Iterable[str], name: object) -> Options:
    """Codes with their names, by name."""
    named = [(code, name(code)) for code in codes] if callable(name) else []
    return [NOTHING, *sorted(named, key=lambda one: one[1])]
