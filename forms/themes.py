"""What those may send who code texts, own the codebook or choose quotes.

Errors are codes, which the page turns into sentences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Regexp, ValidationError

from portal.themes.rules.codebook import LONGEST_TEXT, LONGEST_TITLE, MOST_EXAMPLES, is_code
from portal.themes.words import Coding, Polarity, Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wtforms import Field
    from wtforms.form import BaseForm

POLARITIES: Any = [polarity.value for polarity in Polarity]  # the field's types know only pairs
LONGEST_WHY = 1_000
LONGEST_CODE = 40
VERSION = Regexp(r"^\d{1,9}$", message="forged")


class _Named(SelectMultipleField):
    """Codes that the room looks up: which there are is not the form's to know."""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what could be no code."""
        del form
        if not all(is_code(told) for told in self.data or ()):
            raise ValidationError("forged")  # noqa: EM101 - a code


class CodeText(FlaskForm):
    """What a text is about. That no theme fits is an answer, and has to be said."""

    version = HiddenField(validators=[InputRequired("forged"), VERSION])
    themes = _Named(choices=(), validate_choice=False)
    none = BooleanField()
    polarity = RadioField(choices=POLARITIES, validators=[InputRequired("polarity")])

    def validate_themes(self, field: Field) -> None:
        """Either themes, or that none fits."""
        if not field.data and not self.none.data:
            raise ValidationError("empty")  # noqa: EM101 - a code
        if field.data and self.none.data:
            raise ValidationError("both")  # noqa: EM101 - a code

    def seen(self) -> int:
        """The version of the codebook that the form was made for."""
        return int(self.version.data or 0)

    def coding(self) -> Coding:
        """What was said."""
        return Coding(frozenset(self.themes.data or ()), Polarity(self.polarity.data))


class Reasoned(FlaskForm):
    """A change of the codebook, with its reason and the version that it was decided on."""

    version = HiddenField(validators=[InputRequired("forged"), VERSION])
    why = TextAreaField(
        validators=[InputRequired("why"), Length(max=LONGEST_WHY, message="why_long")]
    )

    def seen(self) -> int:
        """The version of the codebook that the form was made for."""
        return int(self.version.data or 0)

    def validate_why(self, field: Field) -> None:
        """Words, not only spaces."""
        if not (field.data or "").strip():
            raise ValidationError("why")  # noqa: EM101 - a code


class Into(Reasoned):
    """Other themes that take the place of one."""

    into = _Named(choices=(), validate_choice=False)

    def validate_into(self, field: Field) -> None:
        """At least one."""
        if not field.data:
            raise ValidationError("into")  # noqa: EM101 - a code


class Chosen(Reasoned):
    """Some of the texts of a proposal."""

    texts = SelectMultipleField(choices=(), validate_choice=False)


class NewCode(Reasoned):
    """The code of a new theme. It is never changed and never given again."""

    code = StringField(validators=[InputRequired("code"), Length(max=LONGEST_CODE, message="code")])

    def validate_code(self, field: Field) -> None:
        """Small letters, digits and _."""
        if not is_code((field.data or "").strip()):
            raise ValidationError("code")  # noqa: EM101 - a code


class QuoteText(FlaskForm):
    """The part of a text that is to be quoted; all of it where nothing is given."""

    key = HiddenField(validators=[InputRequired("forged")])
    excerpt = TextAreaField(validators=[Length(max=LONGEST_TEXT * 5, message="long")])


def wording_of(told: dict[str, str], views: Sequence[str]) -> tuple[Wording, dict[str, str]]:
    """What was written of a theme in each view, and the codes of the fields that are wrong.

    The fields are named <what>-<view>, as there are as many as there are views.
    """
    said = {
        (what, view): told.get(f"{what}-{view}", "").strip()
        for what in ("title", "description", "examples")
        for view in views
    }
    examples = {
        view: tuple(filter(None, (line.strip() for line in said["examples", view].splitlines())))
        for view in views
    }
    made = Wording(
        {view: said["title", view] for view in views},
        {view: said["description", view] for view in views},
        examples,
    )
    return made, {
        f"{what}-{view}": fault
        for (what, view), text in said.items()
        if (fault := _fault(what, text, examples[view]))
    }


def _fault(what: str, text: str, examples: tuple[str, ...]) -> str | None:
    if what == "examples":
        wrong = len(examples) > MOST_EXAMPLES or any(len(one) > LONGEST_TEXT for one in examples)
        return "examples" if wrong else None
    if not text:
        return f"{what}_missing"
    longest = LONGEST_TITLE if what == "title" else LONGEST_TEXT
    return f"{what}_long" if len(text) > longest else None
