"""What somebody who volunteers may send. Errors are codes, which the page turns into sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from portal.panels.rules import LONGEST_ADDRESS, contact_of
from portal.panels.words import Kind, Offer, WrongContact

if TYPE_CHECKING:
    from wtforms import Field
    from wtforms.form import BaseForm

LONGEST_NAME = 80
KINDS: Any = [kind.value for kind in Kind]  # the field's types know only pairs


class _Kinds(SelectMultipleField):
    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is not offered. The field's own message would repeat it."""
        del form
        if not set(self.data or ()) <= set(KINDS):
            raise ValidationError("kinds")  # noqa: EM101 - a code


class Volunteer(FlaskForm):
    """What for, how to be reached, and the consent in the version that was read."""

    kinds = _Kinds(choices=KINDS, validators=[InputRequired("kinds")])
    contact = StringField(
        validators=[InputRequired("contact"), Length(max=LONGEST_ADDRESS, message="contact_wrong")]
    )
    called = StringField(validators=[Length(max=LONGEST_NAME, message="called_long")])
    version = HiddenField()
    agree = BooleanField(validators=[InputRequired("agree")])

    def validate_contact(self, field: Field) -> None:
        """An address or a number that an invitation can reach."""
        try:
            contact_of(field.data or "")
        except WrongContact:
            raise ValidationError("contact_wrong") from None  # noqa: EM101 - a code

    def validate_called(self, field: Field) -> None:
        """Words on one line."""
        if not (field.data or "").strip().isprintable():
            raise ValidationError("called_wrong")  # noqa: EM101 - a code

    def offer(self) -> Offer:
        """What was volunteered for. Raises WrongContact where the form was not valid."""
        reach, contact = contact_of(self.contact.data or "")
        kinds = tuple(Kind(kind) for kind in self.kinds.data or ())
        return Offer(kinds, reach, contact, (self.called.data or "").strip() or None)
