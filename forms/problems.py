"""A problem that somebody has met on a page, and what staff may answer.

Errors are codes, which the page turns into sentences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Regexp, ValidationError

from portal.i18n import DEFAULT, VIEWS
from portal.problems.rules import LONGEST_MEANS, LONGEST_PAGE
from portal.problems.words import Answer, Met, Status

if TYPE_CHECKING:
    from wtforms import Field
    from wtforms.form import BaseForm

LONGEST = 2_000
LONGEST_STATE = 80
STATUSES: Any = [Status.HANDLED.value, Status.ANSWERED.value]  # the field's types know only pairs


def _readable(_form: BaseForm, field: Field) -> None:
    """Refuse characters that no keyboard writes: they could make a text say another thing."""
    if not all(one.isprintable() or one in "\r\n\t" for one in field.data or ""):
        raise ValidationError("wrong")  # noqa: EM101 - a code


def _said(_form: BaseForm, field: Field) -> None:
    if not (field.data or "").strip():
        raise ValidationError("text")  # noqa: EM101 - a code


TEXT = (InputRequired("text"), Length(max=LONGEST, message="long"), _readable, _said)


class Problem(FlaskForm):
    """What was wrong and where. Who tells is not asked."""

    page = StringField(validators=[Length(max=LONGEST_PAGE, message="long"), _readable])
    state = StringField(
        validators=[Length(max=LONGEST_STATE, message="long"), Regexp(r"[\w.-]*$", 0, "wrong")]
    )
    view = StringField()
    text = TextAreaField(validators=TEXT)
    means = StringField(validators=[Length(max=LONGEST_MEANS, message="long"), _readable])

    def met(self) -> Met:
        """What was told, where the form was valid."""
        view = self.view.data if self.view.data in VIEWS else DEFAULT.key
        page, state = self.page.data or "", self.state.data or ""
        return Met(page, state, view, _plain(self.text.data), _plain(self.means.data))


class _Status(RadioField):
    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what was not offered. The field's own message is no code."""
        del form
        if self.data not in STATUSES:
            raise ValidationError("status")  # noqa: EM101 - a code


class Reply(FlaskForm):
    """What became of it."""

    status = _Status(choices=STATUSES, validators=[InputRequired("status")])
    text = TextAreaField(validators=TEXT)

    def answer(self) -> Answer:
        """What was answered, where the form was valid."""
        return Answer(Status(self.status.data), _plain(self.text.data))


def _plain(told: str | None) -> str:
    return (told or "").strip()
