"""`indblik themes evaluate`: how well themes are recognised in texts whose themes are known."""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portal.i18n import STAFF_VIEWS
from portal.recognition.queries import embedder
from portal.recognition.rules.evaluating import evaluated
from portal.recognition.rules.reading import KNOWN, comments, sentences, table, usable
from portal.recognition.rules.trying import Plan
from portal.recognition.words import Described, WrongFile
from portal.themes.queries import first_codebook
from portal.themes.rules.codebook import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.recognition.rules.evaluating import Alone, Figures, Groups, Part, Spread
    from portal.recognition.rules.reading import Case

GZIP = b"\x1f\x8b"


@click.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--labels", type=click.IntRange(1), required=True,
              help="How many confirmed labels a theme are learned from.")  # fmt: skip
@click.option("--train-lang", "lang", help="Learn from labels in this language only: da.")
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True,
              help="How often the texts are parted anew.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=6, show_default=True)
@click.option("--top", type=click.IntRange(1, 3), help="How many themes are the answer.")
@click.option("--column", default="label", show_default=True, help="Of a table: the themes.")
@click.option("--undescribed", is_flag=True, help="Do without descriptions of the themes.")
@click.option("--json", "as_json", is_flag=True, help="Figures for a program.")
def evaluate(  # noqa: PLR0913, PLR0917 - one for each option
    file: Path, labels: int, lang: str | None, rounds: int, seed: int, top: int | None,
    column: str, *, undescribed: bool, as_json: bool,
) -> None:  # fmt: skip
    """How well themes are recognised in FILE, when so many labels a theme are learned from.

    FILE holds comments (JSON Lines with text, lang, themes), a table (CSV with label and
    feedback, in English), or sentences of one language (TSV with index_id, category, text; its
    name begins with the language), or is a folder of such; gzip is allowed.
    """
    try:
        cases = usable(_cases(file, column))
        _check(cases, lang)
    except (WrongFile, UnicodeDecodeError, OSError, EOFError) as wrong:
        message = f"cannot use {file.name}: {wrong}"
        raise click.ClickException(message) from wrong
    described = [] if undescribed else _described(cases)
    figures = evaluated(embedder(), described, cases, Plan(labels, rounds, seed, lang), top)
    if as_json:
        click.echo(json.dumps(asdict(figures), indent=2))
        return
    click.echo(f"{file.name}: {labels} labels a theme, {rounds} rounds, {embedder().name}")
    click.echo(shown(figures))


def _cases(file: Path, column: str) -> list[Case]:
    if file.is_dir():
        files = sorted(one for one in file.iterdir() if ".tsv" in one.suffixes)
        return [case for one in files for case in sentences(_text(one), one.name)]
    if ".tsv" in file.suffixes:
        return sentences(_text(file), file.name)
    if ".csv" in file.suffixes:
        return table(_text(file), "en", column)
    return comments(_text(file))


def _check(cases: Sequence[Case], lang: str | None) -> None:
    if lang is None:
        return
    here = sorted({case.labelled.lang for case in cases})
    if lang not in KNOWN or lang not in here:
        message = f"no texts in the language {lang}; there are {', '.join(here)}"
        raise WrongFile(message)
    if len({theme for c in cases if c.labelled.lang == lang for theme in c.labelled.themes}) < 2:  # noqa: PLR2004 to choose from
        message = f"no two themes to choose from in the language {lang}"
        raise WrongFile(message)


def _described(cases: Sequence[Case]) -> list[Described]:
    """What is known of a theme beforehand: as our codebook describes it, else by its name."""
    told = dict(read(first_codebook(), STAFF_VIEWS))
    found = []
    for code in sorted({theme for case in cases for theme in case.labelled.themes}):
        texts = [code.replace("_", " ")]
        if code in told:
            one = told[code]
            texts = [*one.titles.values(), *one.descriptions.values()]
            texts += [text for few in one.examples.values() for text in few]
        found.append(Described(code, tuple(texts)))
    return found


def shown(figures: Figures) -> str:
    """The figures as lines of text."""
    ranks = "; ".join(f"{k}: {_spread(one)}" for k, one in figures.by_k.items())
    lines = [
        f"answer: the {figures.k} best-ranked; macro-F1 by how many: {ranks}",
        f"{'':<10} {'texts':>6}  {'macro-F1':<19}  accuracy of the first",
        _part("all", figures.whole),
        *(_part(lang, part) for lang, part in figures.languages.items()),
        "F1 of each theme",
        *(f"  {theme:<28} {f1:.3f}" for theme, f1 in figures.themes.items()),
        "calibration error in 10 bins, and by chance alone if all confidence were true",
        f"  first suggestions  {_error(figures.calibration_first, figures.chance_first)}",
        f"  all suggestions    {_error(figures.calibration_all, figures.chance_all)}",
    ]
    return "\n".join((*lines, _alone(figures.alone), _groups(figures.groups)))


def _error(error: Spread, chance: float) -> str:
    return f"{_spread(error)}  {chance:.3f}"


def _alone(alone: Alone) -> str:
    precision = "–" if alone.precision is None else f"{alone.precision:.3f}"
    texts = f"{alone.share:.1%} of the texts"
    return f"assigned by the machine alone: {texts}, precision {precision} of {alone.assigned}"


def _groups(groups: Groups) -> str:
    return (
        f"groups without labels: NMI {groups.nmi:.3f}, AMI {groups.ami:.3f}; of languages:"
        f" NMI {groups.language_nmi:.3f}, AMI {groups.language_ami:.3f}"
        f" (before centring: NMI {groups.language_nmi_before:.3f})"
    )


def _part(name: str, part: Part) -> str:
    return f"{name:<10} {part.texts:>6}  {_spread(part.macro_f1)}  {_spread(part.accuracy)}"


def _spread(one: Spread) -> str:
    return f"{one.mean:.3f} ({one.low:.3f}–{one.high:.3f})"


def _text(file: Path) -> str:
    data = file.read_bytes()
    return (gzip.decompress(data) if data.startswith(GZIP) else data).decode()
