"""What somebody may send about changes and ideas. Each names the version that it was made for.

Errors are codes, which the page turns into sentences. What may be chosen is known to the page.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from portal.changes.rules import quarter_named
from portal.changes.words import (
    LONGEST_OWNER,
    LONGEST_REASON,
    LONGEST_SAID,
    LONGEST_TEXT,
    LONGEST_TITLE,
    IdeaState,
    Indicator,
    Plan,
    Proposal,
    Status,
    Told,
)

LONGEST_CODE = 100
LONGEST_WORD = 10  # a quarter is written 2026-3, a day 2026-11-22
STATUSES: Any = [status.value for status in Status]  # the field's types know only pairs
STATES: Any = [state.value for state in IdeaState]
WHOLE: Any = lambda told: (told or "").strip()  # noqa: E731 - a filter of WTForms


def _needed(longest: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - as WTForms has it
    return {
        "filters": [WHOLE],
        "validators": [DataRequired("missing"), Length(max=longest, message="long")],
        **more,
    }


class Seen(FlaskForm):
    """Which version it was made for; none for what is new."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    @property
    def seen(self) -> int:
        """The version; one that there is never where none was sent."""
        return self.version.data if self.version.data is not None else -1

    def codes(self) -> dict[str, str]:
        """What is wrong, by field."""
        return {name: str(told[0]) for name, told in self.errors.items() if name and told}


class PlanForm(Seen):
    """What a theme owner says of a change."""

    title = StringField(**_needed(LONGEST_TITLE))
    theme = StringField(**_needed(LONGEST_CODE))
    unit = StringField(**_needed(LONGEST_CODE))
    owner = StringField(**_needed(LONGEST_OWNER))
    due = DateField(validators=[InputRequired("missing")])
    effect = TextAreaField(**_needed(LONGEST_TEXT))
    measure = StringField(**_needed(LONGEST_CODE))
    measured_unit = StringField(**_needed(LONGEST_CODE))
    outcome = StringField(**_needed(LONGEST_CODE))
    before = StringField(**_needed(LONGEST_WORD))
    after = StringField(filters=[WHOLE], validators=[Length(max=LONGEST_WORD, message="long")])

    def codes(self) -> dict[str, str]:
        """What is wrong, by field: also a quarter or a day that cannot be read."""
        found = super().codes()
        if "due" in found and self.due.raw_data and self.due.raw_data[0]:
            found["due"] = "day"
        for name in ("before", "after"):
            told = self[name].data
            if told and name not in found and quarter_named(told) is None:
                found[name] = "quarter"
        return found

    def plan(self) -> Plan:
        """What was said. Only where `codes` found nothing wrong."""
        before, day = quarter_named(self.before.data or ""), self.due.data
        if before is None or day is None:
            raise ValueError
        indicator = Indicator(
            self.measure.data or "",
            self.measured_unit.data or "",
            self.outcome.data or "",
            before,
            quarter_named(self.after.data or ""),
        )
        return Plan(
            self.theme.data or "",
            self.unit.data or "",
            self.title.data or "",
            self.owner.data or "",
            day,
            self.effect.data or "",
            indicator,
        )


class Move(Seen):
    """Where a change goes, and why."""

    status = RadioField(choices=STATUSES, validators=[InputRequired("missing")])
    reason = TextAreaField(**_needed(LONGEST_REASON))


class Publish(Seen):
    """Let citizens read of it."""


class Withdraw(Seen):
    """Take it back, and why."""

    reason = TextAreaField(**_needed(LONGEST_REASON))


class WordsForm(Seen):
    """What citizens are to read, in each view. A part may still be missing: it is a draft."""

    def told(self, views: tuple[str, ...], sent: Any) -> dict[str, Told]:  # noqa: ANN401 - a form as it came
        """What was written, by view; of a view that nothing was written in, nothing."""
        parts = {
            view: tuple(str(sent.get(f"{part}-{view}", "")).strip() for part in PARTS)
            for view in views
        }
        return {view: Told(*written) for view, written in parts.items() if any(written)}

    def faults(self, told: dict[str, Told]) -> dict[str, str]:
        """What is too long, by field."""
        lengths = dict(zip(PARTS, (LONGEST_TITLE, LONGEST_SAID, LONGEST_SAID), strict=True))
        return {
            f"{part}-{view}": "long"
            for view, one in told.items()
            for part, longest in lengths.items()
            if len(getattr(one, part)) > longest
        }


PARTS = ("title", "said", "did")


class _Units(SelectMultipleField):
    def pre_validate(self, form: Any) -> None:  # noqa: ANN401 - of WTForms
        """Take what was chosen: the page knows what there is."""


class IdeaForm(Seen):
    """A suggestion that crosses areas, and what became of it."""

    title = StringField(**_needed(LONGEST_TITLE))
    text = TextAreaField(**_needed(LONGEST_TEXT))
    units = _Units(choices=[], validators=[InputRequired("missing")])
    state = RadioField(choices=STATES, validators=[InputRequired("missing")])
    reason = TextAreaField(filters=[WHOLE], validators=[Length(max=LONGEST_REASON, message="long")])
    change = StringField(filters=[WHOLE], validators=[Length(max=LONGEST_CODE, message="long")])

    def proposal(self) -> Proposal:
        """What was said. Only where the form is valid; a change that is no key is none known."""
        return Proposal(
            self.title.data or "",
            self.text.data or "",
            tuple(dict.fromkeys(self.units.data or ())),
            IdeaState(self.state.data),
            self.reason.data or "",
            _key(self.change.data or ""),
        )


def _key(told: str) -> UUID | None:
    try:
        return UUID(told) if told else None
    except ValueError:
        return UUID(int=0)
