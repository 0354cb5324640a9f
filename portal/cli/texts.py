"""The texts of the views beside the Danish ones: what is missing or differs."""

from __future__ import annotations

from pathlib import Path

import click

from portal.i18n import DEFAULT, KNOWN, STAFF_VIEWS, View, plurals
from portal.translating.actions import fill_in
from portal.translating.queries import glossary, saying
from portal.translating.rules import faults, table, term_faults
from portal.translating.words import Saying, Unreadable

ROOT = Path(__file__).parents[2] / "translations"
OTHERS = [key for key in KNOWN if key != DEFAULT.key]
VIEW = click.argument("views", nargs=-1, type=click.Choice(OTHERS), metavar="[VIEW]...")
FOLDER = click.option(
    "--folder", default=ROOT, show_default="translations/", help="Where the views are.",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)  # fmt: skip


@click.group()
def texts() -> None:
    """The texts of the views."""


@texts.command()
@VIEW
@FOLDER
def check(views: tuple[str, ...], folder: Path) -> None:
    """Say what is missing or differs in the views; in all of them where none is named.

    Exit code 1 where anything is wrong.
    """
    wrong = 0
    for key in views or OTHERS:
        for fault in found_in(folder, KNOWN[key]):
            click.echo(f"{key}: {fault}")
            wrong += 1
    click.echo(f"{wrong} faults" if wrong else "nothing is missing, and nothing differs")
    if wrong:
        raise click.exceptions.Exit(1)


@texts.command()
@VIEW
@FOLDER
def update(views: tuple[str, ...], folder: Path) -> None:
    """Add what is missing in the views to their files: empty, with Danish and English beside."""
    for key in views or OTHERS:
        view = KNOWN[key]
        staff = key in STAFF_VIEWS
        original, english = (_said(folder, KNOWN[one], staff=staff) for one in ("da", "en"))
        said = _said(folder, view, staff=staff)
        lacking = [one for place, one in original.items() if place not in said]
        beside = {"da": original, "en": english}
        fill_in(folder / key, lacking, beside, plurals(view), view.plural_rule)
        click.echo(f"{key}: {len(lacking)} added")


GLOSSARY_PAGE = """# The glossary

One word for each term of the law and of the office, in each language that has a glossary. This page
is made of `translations/<view>/glossary.toml` by `indblik texts glossary`; a test holds it to that.

A text whose Danish original uses a term is to use the word of its own language for it: `indblik
texts check` looks for its forms. Where a text says it otherwise on purpose, the glossary of its
view names the text under `[exceptions]`, with the reason. Easy-read Danish has no glossary: it says
the terms in easier words. No glossary has been read by a lawyer who translates into the language
([translating.md](translating.md)).

"""


@texts.command("glossary")
@FOLDER
def glossary_page(folder: Path) -> None:
    """Print the glossaries side by side, as docs/glossary.md holds them."""
    click.echo(GLOSSARY_PAGE + glossary_table(folder))


def glossary_table(folder: Path) -> str:
    """The glossaries side by side."""
    found = {view.name: glossary(folder / key) for key, view in KNOWN.items()}
    return table({name: one for name, one in found.items() if one})


def found_in(folder: Path, view: View) -> list[str]:
    """What is wrong with the texts of a view, a line each."""
    staff = view.key in STAFF_VIEWS
    original = _said(folder, DEFAULT, staff=staff)
    try:
        said = _said(folder, view, staff=staff)
        terms, danish = glossary(folder / view.key), glossary(folder / DEFAULT.key)
    except Unreadable as unreadable:
        return [str(unreadable)]
    rewritten = view.locale == DEFAULT.locale
    excused = terms.exceptions if terms else {}
    found = faults(original, said, plurals(view), excused, rewritten=rewritten)
    if rewritten or danish is None:
        return found
    if terms is None:
        return ["glossary.toml: is missing", *found]
    return [*found, *term_faults(original, said, danish, terms)]


def _said(folder: Path, view: View, *, staff: bool) -> Saying:
    return saying(folder / view.key, plurals(view), staff=staff)
