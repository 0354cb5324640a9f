"""What somebody may ask of the data about them, and what staff may answer.

Errors are codes, which the page turns into sentences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from portal.rights.words import About, Answer, Now, Right, Verdict, Wish

if TYPE_CHECKING:
    from collections.abc import Collection

    from wtforms import Field
    from wtforms.form import BaseForm

LONGEST = 4_000
CASE = "case:"  # before the key of a case, where one is chosen
VERDICTS: Any = [verdict.value for verdict in Verdict]  # the field's types know only pairs
NOW: Any = [now.value for now in Now]


def _readable(_form: BaseForm, field: Field) -> None:
    """Refuse characters that no keyboard writes: they could make a text say another thing."""
    told = field.data or ""
    if not told.strip():
        raise ValidationError("text")  # noqa: EM101 - a code
    if not all(one.isprintable() or one in "\r\n\t" for one in told):
        raise ValidationError("text_wrong")  # noqa: EM101 - a code


TEXT = (InputRequired("text"), Length(max=LONGEST, message="text_long"), _readable)


class _About(RadioField):
    """What the request is about: one of the person's own cases, which the page has offered."""

    offered: Collection[str] = ()

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what was not offered. The field's own message would repeat it."""
        del form
        if self.data not in self.offered:
            raise ValidationError("about")  # noqa: EM101 - a code


class Request(FlaskForm):
    """A correction or an erasure, in the person's own words."""

    about = _About(choices=(), validators=[InputRequired("about")])
    text = TextAreaField(validators=TEXT)

    def offer(self, cases: Collection[UUID]) -> None:
        """Say what may be chosen."""
        plain = {About.PERSON.value, About.OTHER.value}
        self.about.offered = plain | {f"{CASE}{case}" for case in cases}

    def wish(self, right: Right) -> Wish:
        """What was asked for, where the form was valid."""
        chosen, text = self.about.data, (self.text.data or "").strip()
        if chosen.startswith(CASE):
            return Wish(right, About.CASE, UUID(chosen.removeprefix(CASE)), text)
        return Wish(right, About(chosen), None, text)


class _Chosen(SelectMultipleField):
    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is not offered, as above."""
        del form
        if not set(self.data or ()) <= set(NOW):
            raise ValidationError("now")  # noqa: EM101 - a code


class Erase(FlaskForm):
    """What is to be deleted at once."""

    now = _Chosen(choices=NOW, validators=[InputRequired("now")])

    def chosen(self) -> list[Now]:
        """What was chosen, where the form was valid."""
        return [one for one in Now if one in (self.now.data or ())]


class Reply(FlaskForm):
    """The answer of staff."""

    verdict = RadioField(choices=VERDICTS, validators=[InputRequired("verdict")])
    text = TextAreaField(validators=TEXT)

    def answer(self) -> Answer:
        """What was answered, where the form was valid."""
        return Answer(Verdict(self.verdict.data), (self.text.data or "").strip())
