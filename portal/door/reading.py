"""What a form of the door brings: a ticket, a place among the questions, all answers so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from werkzeug.datastructures import MultiDict

from forms.answers import PREFIX, answer_form
from portal.door.marking import wishes
from portal.questionnaire.rules import checked, cleaned
from portal.questionnaire.words import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from forms.answers import AnswerForm
    from portal.questionnaire.words import Content, Page, Question, Questionnaire

NOTICE, CHECK, SEND = "oplysning", "tjek", "send"
TICKET = ("cohort", "token", "signature")
MOST_FIELD = 1024  # characters of a field of the ticket; a key of 4096 bits makes 683
MOST_HIDDEN = 2_000  # of the words to hide


@dataclass(frozen=True, slots=True)
class Given:
    """A form as it came, its texts without the signs that nobody sees."""

    plain: Mapping[str, str]  # ticket, version, place: fields that a person does not fill in
    hide: str  # words that the person wants hidden, as typed
    answers: MultiDict[str, str]

    @property
    def wishes(self) -> tuple[str, ...]:
        """The words to hide."""
        return wishes(self.hide)

    def place(self, questionnaire: Questionnaire) -> str:
        """The page that the form was on: a number, or a name."""
        return _place(self.plain["side"], questionnaire, NOTICE)

    def wanted(self, questionnaire: Questionnaire) -> str:
        """Where the person wants to go; where they are, if no button says."""
        return _place(self.plain["til"], questionnaire, self.place(questionnaire))


def _place(name: str, questionnaire: Questionnaire, otherwise: str) -> str:
    known = {NOTICE, CHECK, SEND, *(str(n + 1) for n in range(len(questionnaire.pages)))}
    return name if name in known else otherwise


def given(fields: MultiDict[str, str]) -> Given:
    """What these fields hold. Whatever else there is in them is left alone."""
    names = (*TICKET, "version", "side", "til")
    answers: MultiDict[str, str] = MultiDict(
        (name, cleaned(value))
        for name, value in fields.items(multi=True)
        if name.startswith(PREFIX)
    )
    plain = {name: fields.get(name, "")[:MOST_FIELD] for name in names}
    return Given(plain, cleaned(fields.get("skjul", ""))[:MOST_HIDDEN], answers)


@dataclass(frozen=True, slots=True)
class Filled:
    """A form under its version, looked at."""

    questionnaire: Questionnaire
    form: AnswerForm

    def chosen(self, question: Question) -> Sequence[str]:
        """What was answered: codes, or one text; nothing where it was left out."""
        data = self.form[PREFIX + question.code].data
        if not data:
            return ()
        return tuple(data) if isinstance(data, list) else (data,)

    def error(self, question: Question) -> str | None:
        """The key of what is wrong with an answer."""
        found = self.form[PREFIX + question.code].errors
        return str(found[0]) if found else None

    def wrong(self, page: Page) -> list[Question]:
        """The questions of a page whose answers cannot be taken."""
        return [question for question in page.questions if self.error(question)]

    def is_blank(self, page: Page) -> bool:
        """Whether nothing on a page was answered."""
        return not any(self.chosen(question) for question in page.questions)

    def elsewhere(self, page: Page | None) -> Iterator[tuple[str, str]]:
        """The answers of all other pages, to be carried along: names and values of fields."""
        for other in self.questionnaire.pages:
            if other != page:
                for question in other.questions:
                    yield from ((PREFIX + question.code, one) for one in self.chosen(question))

    def content(self, lang: str) -> Content:
        """The answer, its texts as typed. Raises WrongAnswer, NothingAnswered."""
        of = self.questionnaire.questions
        return checked(
            self.questionnaire,
            lang,
            {one.code: answer for one in of(Kind.RATING) for answer in self.chosen(one)},
            {one.code: self.chosen(one) for one in of(Kind.CHOICES)},
            self.texts(),
        )

    def texts(self) -> dict[str, str]:
        """The texts as typed, by question; those that were left out are not among them."""
        of = self.questionnaire.questions
        return {one.code: text for one in of(Kind.TEXT) for text in self.chosen(one)}


def filled(questionnaire: Questionnaire, answers: MultiDict[str, str]) -> Filled:
    """The answers under the version that they were begun under, each looked at."""
    form = answer_form(questionnaire)(answers)
    form.validate()
    return Filled(questionnaire, form)
