"""Where a view says less, more or other than the Danish text does."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from portal.translating.words import Glossary, Said, Saying, Term

PLACE = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
LINK = re.compile(r"\[\[([a-z_]+)\|([^\]|]+)\]\]")
ADDRESS = re.compile(r"https?://[^\s)»“”\"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+45[\d ]+\d")
EXAMPLE = re.compile(r"^(?:navn|name)@")  # each language makes up its own
NUMBER = re.compile(r"\d+(?:[.,:\u00a0\u202f]\d+)*")
SEPARATOR = re.compile(r"[.,:\u00a0\u202f]")
OTHER_DIGIT = re.compile(r"[\u0660-\u0669\u06f0-\u06f9]")
LOOSE_PERCENT = re.compile(r"%(?!\(\w+\)s)")
STAFF = "staff/"  # staff know the terms, and their texts are held to less
SAME = 3  # so many words alike in both are not a coincidence of names


def faults(
    original: Saying,
    said: Saying,
    plurals: Sequence[str],
    excused: Container[str],
    *,
    rewritten: bool,
) -> list[str]:
    """What is wrong with what a view says, a line each; empty where it says all that Danish does.

    An excused key differs on purpose: in numbers, addresses, terms. A rewritten view tells the
    same in easier words of the same language: it may leave some of that out.
    """
    found = [
        *(f"{key}: is missing" for key in original if key not in said),
        *(f"{key}: is a text that nothing says" for key in said if key not in original),
    ]
    for key, one in original.items():
        if key in said:
            wrong = list(_text_faults(one, said[key], plurals, rewritten=rewritten))
            compared = not rewritten and not one.file.startswith(STAFF)
            if compared and one.key not in excused:
                wrong += _differences(one, said[key])
            found += [f"{key}: {fault}" for fault in dict.fromkeys(wrong)]
    return found


def _text_faults(
    original: Said, said: Said, plurals: Sequence[str], *, rewritten: bool
) -> Iterator[str]:
    if said.version != original.version:
        yield f"is version {said.version} of the original's {original.version}"
    for audience, forms in original.wordings.items():
        counted, theirs = "" not in forms, said.wordings.get(audience, {})
        yield from _form_faults(plurals if counted else (), theirs)
        for form in filter(str.strip, theirs.values()):
            yield from _sign_faults(original.file, form)
            # "One week" needs no number: a counted text may leave the number out.
            wanted, found = _places(" ".join(forms.values())), _places(form)
            if found - wanted or (wanted - found and not counted and not rewritten):
                yield f"has the places {sorted(found)} instead of {sorted(wanted)}"


def _differences(original: Said, said: Said) -> Iterator[str]:
    for audience, forms in original.wordings.items():
        danish = " ".join(forms.values())
        for form in filter(str.strip, said.wordings.get(audience, {}).values()):
            for what, of in (("addresses", _addresses), ("terms", _terms), ("numbers", _numbers)):
                wanted, found = of(danish), of(form)
                if wanted != found and ("" in forms or what != "numbers"):
                    yield f"has the {what} {sorted(found)} instead of {sorted(wanted)}"
            if danish == form and len(_plain(danish).split()) > SAME:
                yield "is the Danish text"


def _form_faults(plurals: Sequence[str], forms: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the forms; there are to be those of these plurals, or one of no name."""
    wanted = plurals or ("",)
    if plurals and set(plurals) - forms.keys():
        yield f"needs a form for each of: {', '.join(plurals)}"
    elif forms.keys() - set(wanted):
        yield f"has forms that are not asked for: {', '.join(forms.keys() - set(wanted))}"
    for name, form in forms.items():
        if not form.strip():
            yield f"says nothing for {name}" if name else "says nothing"


def _sign_faults(file: str, form: str) -> Iterator[str]:
    if OTHER_DIGIT.search(form):
        yield "has digits that are not 0-9"
    if file.endswith(".po") and LOOSE_PERCENT.search(form.replace("%%", "")):
        yield "has a % that is not written %%"


def _plain(text: str) -> str:
    return ADDRESS.sub(" ", PLACE.sub(" ", text))


def _places(text: str) -> set[str]:
    return {one or other for one, other in PLACE.findall(text)}


def _addresses(text: str) -> set[str]:
    return {one.rstrip(".") for one in ADDRESS.findall(text) if not EXAMPLE.search(one)}


def _terms(text: str) -> set[str]:
    return {code for code, _ in LINK.findall(text)}


def _numbers(text: str) -> set[str]:
    return {SEPARATOR.sub(".", one) for one in NUMBER.findall(_plain(text))}


def term_faults(
    original: Saying, said: Saying, danish: Glossary, glossary: Glossary
) -> Iterator[str]:
    """Where a view says a term in another way than its glossary; and where that lacks a term."""
    for term in sorted(danish.terms.keys() - glossary.terms.keys()):
        yield f"glossary.toml: {term}: is missing"
    for key in glossary.exceptions.keys() - {one.key for one in original.values()}:
        yield f"glossary.toml: exceptions: {key}: is no text"
    shared = {term: one for term, one in danish.terms.items() if one.forms}
    for key, one in original.items():
        if key not in said or one.key in glossary.exceptions or one.file.startswith(STAFF):
            continue
        text = _all_of(said[key])
        for term in _used(shared, _all_of(one)) if text.strip() else ():
            wanted = glossary.terms.get(term)
            if wanted and not _begun(wanted.forms).search(text):
                yield f"{key}: does not use the glossary's word for {term}: {wanted.word}"


def _used(terms: Mapping[str, Term], text: str) -> Iterator[str]:
    small = text.lower()
    for term, one in terms.items():
        # To look for the letters is quick, and most texts have few terms.
        near = any(form.lower() in small for form in one.forms)
        if near and _whole(one.forms).search(text):
            yield term


def _all_of(said: Said) -> str:
    forms = (form for forms in said.wordings.values() for form in forms.values())
    return LINK.sub(r"\2", " ".join(forms))  # what is shown, without the code behind it


@cache
def _whole(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)", re.IGNORECASE)


@cache
def _begun(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these beginnings of words; in Arabic behind what is written together with them."""
    joined = any("\u0600" <= sign <= "\u06ff" for form in forms for sign in form)
    before = "" if joined else r"(?<!\w)"
    return re.compile(rf"{before}(?:{'|'.join(map(re.escape, forms))})", re.IGNORECASE)


def table(glossaries: Mapping[str, Glossary]) -> str:
    """The glossaries side by side, by the names of their views: a page of docs."""
    first = next(iter(glossaries.values()))
    rows = [
        ["Term", *glossaries],
        ["---"] * (len(glossaries) + 1),
        *(
            [f"`{term}`", *(_word(one.terms.get(term)) for one in glossaries.values())]
            for term in sorted(first.terms)
        ),
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _word(term: Term | None) -> str:
    return term.word if term else "–"
