"""What a person may answer after a decision. Messages are keys of the catalogs.

A plain form: there is no session that a token against forged requests could be bound to. Whoever
holds a participation token may answer with it, wherever the form was filled in.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from wtforms import Field, Form, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from portal.questionnaire.words import MOST_CHARACTERS, Kind

if TYPE_CHECKING:
    from wtforms.form import BaseForm

    from portal.questionnaire.words import Question, Questionnaire

PREFIX = "svar-"  # before a question's code: apart from the fields that belong to no question
TOO_LONG = "door.error.too_long"
NOT_OFFERED = "door.error.not_offered"


class AnswerForm(Form):
    """The questions of one version. Nothing has to be answered."""


class _One(RadioField):
    def pre_validate(self, form: BaseForm) -> None:
        del form
        if self.data and self.data not in {value for value, *_ in self.iter_choices()}:
            raise ValidationError(NOT_OFFERED)


class _Any(SelectMultipleField):
    def pre_validate(self, form: BaseForm) -> None:
        del form
        if not set(self.data or ()) <= {value for value, *_ in self.iter_choices()}:
            raise ValidationError(NOT_OFFERED)


@cache
def answer_form(questionnaire: Questionnaire) -> type[AnswerForm]:
    """The form of this version: one field for each question, by PREFIX and code."""
    fields = {PREFIX + one.code: _field(one) for one in questionnaire.questions()}
    return type("VersionForm", (AnswerForm,), fields)


def _field(question: Question) -> Field:
    offered: Any = list(question.answers)  # its types know only pairs, which are on their way out
    if question.kind is Kind.RATING:
        return _One(choices=offered, validators=[Optional()])
    if question.kind is Kind.CHOICES:
        return _Any(choices=offered)
    return TextAreaField(validators=[Length(max=MOST_CHARACTERS, message=TOO_LONG)])
