"""What somebody who releases texts may send. Each form names the text as it was read.

Errors are codes, which the page turns into sentences.
"""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from portal.feedback.rules import numbers_in
from portal.feedback.words import Choice, Refusal

FINGERPRINT = 64
LONGEST_PHRASES = 5_000
LONGEST_NUMBERS = 500
REASONS: Any = [reason.value for reason in Refusal]  # the field's types know only pairs


class Accept(FlaskForm):
    """Release the text as it stands."""

    seen = HiddenField(validators=[DataRequired("forged"), Length(FINGERPRINT, FINGERPRINT)])


class HideMore(Accept):
    """Hide what stands in the text, by its words or by their numbers."""

    phrases = TextAreaField(validators=[Length(max=LONGEST_PHRASES, message="long")])
    numbers = StringField(validators=[Length(max=LONGEST_NUMBERS, message="long")])

    def choice(self) -> Choice:
        """What was asked for: a phrase a line, and the numbers."""
        lines = (line.strip() for line in (self.phrases.data or "").splitlines())
        return Choice(tuple(filter(None, lines)), numbers_in(self.numbers.data or ""))


class Withhold(Accept):
    """Take the text out for good."""

    reason = RadioField(choices=REASONS, validators=[InputRequired("reason")])
