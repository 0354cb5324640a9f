"""What somebody may look up in the log of who has looked. Errors are codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from portal.audit.words import Reason, Sought

if TYPE_CHECKING:
    from wtforms import Field
    from wtforms.form import BaseForm

LONGEST, LONGEST_TEXT = 100, 500
MOST_PAGES = 99_999
WHATS: Any = [what.value for what in Sought]  # the field's types know only pairs
REASONS: Any = [reason.value for reason in Reason]
WHOLE: Any = lambda told: (told or "").strip()  # noqa: E731 - a filter of WTForms
NUMBER = re.compile(r"(?<![0-9])[0-9]{6}[ -]?[0-9]{4}(?![0-9])")


def _numberless(_form: BaseForm, field: Field) -> None:
    """Refuse what may be a CPR number: what is written here is kept."""
    if NUMBER.search(field.data or ""):
        raise ValidationError("cpr")  # noqa: EM101 - a code
    if not all(one.isprintable() or one in "\r\n\t" for one in field.data or ""):
        raise ValidationError("unreadable")  # noqa: EM101 - a code


class LookUp(FlaskForm):
    """A look-up, and what it is for."""

    what = RadioField(choices=WHATS, validators=[InputRequired("what")])
    sought = StringField(
        filters=[WHOLE],
        validators=[DataRequired("missing"), Length(max=LONGEST, message="long"), _numberless],
    )
    reason = RadioField(choices=REASONS, validators=[InputRequired("reason")])
    text = TextAreaField(
        filters=[WHOLE], validators=[Length(max=LONGEST_TEXT, message="long"), _numberless]
    )
    side = IntegerField(validators=[Optional()])

    def codes(self) -> dict[str, str]:
        """What is wrong, by field. A choice that was not offered is as good as none."""
        wrong = {name: str(told[0]) for name, told in self.errors.items() if told}
        return wrong | {name: name for name in ("what", "reason") if name in wrong}

    def page(self) -> int:
        """Which page of the list; the first where none, or no such, is asked for."""
        return min(max(self.side.data or 1, 1), MOST_PAGES)
