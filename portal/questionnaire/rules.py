"""Which questionnaire holds, what may stand in an answer, and whether the texts are whole."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from portal.questionnaire.words import (
    MOST_CHARACTERS,
    Content,
    Kind,
    NothingAnswered,
    UnknownVersion,
    WrongAnswer,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from portal.questionnaire.words import Question, Questionnaire, Wording

# Signs that nobody sees: they would turn a text around, or part what belongs together. Joiners
# stay: emoji and several scripts are written with them.
UNSEEN = re.compile("[\u00ad\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
LINE_END = re.compile("\r\n?|[\u0085\u2028\u2029]")


def current(questionnaires: Iterable[Questionnaire], day: date) -> Questionnaire:
    """The questionnaire that an answer begun on this day is given under.

    Raises UnknownVersion where none is valid yet.
    """
    valid = [one for one in questionnaires if one.valid_from <= day]
    if not valid:
        raise UnknownVersion
    return max(valid, key=lambda one: one.valid_from)


def begun(questionnaires: Iterable[Questionnaire], version: str, day: date) -> Questionnaire:
    """The questionnaire that a form was begun under, however old. Raises UnknownVersion."""
    for one in questionnaires:
        if one.version == version and one.valid_from <= day:
            return one
    raise UnknownVersion


def cleaned(text: str) -> str:
    """A text without the signs that nobody can see, its lines ended alike."""
    text = UNSEEN.sub("", LINE_END.sub("\n", unicodedata.normalize("NFC", text)))
    return "".join(map(_shown, text)).strip()


def _shown(sign: str) -> str:
    if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"}:
        return sign
    return ""


def checked(
    questionnaire: Questionnaire,
    lang: str,
    ratings: Mapping[str, str],
    choices: Mapping[str, Sequence[str]],
    texts: Mapping[str, str],
) -> Content:
    """An answer that holds what its questionnaire offers, and nothing else.

    What is empty is left out. Raises WrongAnswer, or NothingAnswered where nothing is left.
    """
    content = Content(
        version=questionnaire.version,
        lang=lang,
        ratings={
            one.code: _option(one, ratings[one.code])
            for one in questionnaire.questions(Kind.RATING)
            if ratings.get(one.code)
        },
        choices={
            one.code: tuple(_option(one, chosen) for chosen in _in_order(one, choices[one.code]))
            for one in questionnaire.questions(Kind.CHOICES)
            if choices.get(one.code)
        },
        texts={
            one.code: _short(one, text)
            for one in questionnaire.questions(Kind.TEXT)
            if (text := cleaned(texts.get(one.code, "")))
        },
    )
    if not (content.ratings or content.choices or content.texts):
        raise NothingAnswered
    return content


def _in_order(question: Question, chosen: Sequence[str]) -> list[str]:
    """What was chosen, each once, in the order in which it was offered."""
    place = {option: number for number, option in enumerate(question.options)}
    return sorted(set(chosen), key=lambda option: place.get(option, len(place)))


def _option(question: Question, option: str) -> str:
    if option not in question.answers:
        raise WrongAnswer(question.code)
    return option


def _short(question: Question, text: str) -> str:
    if len(text) > MOST_CHARACTERS:
        raise WrongAnswer(question.code)
    return text


def faults(questionnaire: Questionnaire) -> Iterator[str]:
    """What is wrong with a questionnaire: a sentence each."""
    codes = [question.code for question in questionnaire.questions()]
    codes += [page.code for page in questionnaire.pages]
    yield from (f"{code} stands twice" for code in sorted({c for c in codes if codes.count(c) > 1}))
    for page in questionnaire.pages:
        if not page.questions:
            yield f"{page.code} asks nothing"
    for question in questionnaire.questions():
        if bool(question.answers) is (question.kind is Kind.TEXT):
            yield f"{question.code} cannot be answered"
        if (question.scale is not None) is not (question.kind is Kind.RATING):
            yield f"{question.code} has a scale, or lacks one"


def wording_faults(questionnaire: Questionnaire, wording: Wording) -> Iterator[str]:
    """What a view does not say of a questionnaire, or says of none: a sentence each."""
    pages = {page.code for page in questionnaire.pages}
    questions = {question.code for question in questionnaire.questions()}
    yield from _differences("the page", pages, wording.pages)
    yield from _differences("the question", questions, wording.questions)
    yield from (f"hints at the question {code}, which is not asked"
                for code in sorted(wording.hints.keys() - questions))  # fmt: skip
    offered = {
        question.scale.code if question.scale else question.code: question.answers
        for question in questionnaire.questions(Kind.RATING, Kind.CHOICES)
    }
    yield from _differences("the options of", set(offered), wording.options)
    for code in sorted(offered.keys() & wording.options.keys()):
        yield from _differences(f"the option of {code}", set(offered[code]), wording.options[code])


def _differences(what: str, wanted: set[str], said: Mapping[str, object]) -> Iterator[str]:
    yield from (f"does not say {what} {code}" for code in sorted(wanted - said.keys()))
    yield from (f"says {what} {code}, which is not there" for code in sorted(said.keys() - wanted))
    yield from (f"says nothing for {what} {code}" for code in sorted(wanted & said.keys())
                if isinstance(said[code], str) and not str(said[code]).strip())  # fmt: skip
