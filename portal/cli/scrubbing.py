"""Commands about what citizens write: train what hides names in it, and measure that."""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portal.scrubbing.queries import CASED, DATA, LOWER, scrubber, trained
from portal.scrubbing.rules.reading import comments, sentences
from portal.scrubbing.rules.scoring import scores_of_comments, scores_of_sentences
from portal.scrubbing.words import WrongFile

if TYPE_CHECKING:
    from portal.scrubbing.words import Score

GZIP = b"\x1f\x8b"
TRAINING = "da_ddt-ud-train.iob2.gz"


@click.group()
def feedback() -> None:
    """Feedback that nobody can trace: what hides names in free text."""


@feedback.command()
@click.option("--entities", type=click.Path(exists=True, file_okay=False, path_type=Path),
              required=True, help=f"The folder with {TRAINING}.")  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path),
              help=f"Write the model here, and {LOWER} beside it.")  # fmt: skip
def train(entities: Path, out: Path | None) -> None:
    """Train the two models on marked Danish sentences. The same input gives the same files."""
    out = out or DATA / CASED
    try:
        marked = sentences(_text(entities / TRAINING))
    except (WrongFile, UnicodeDecodeError, OSError, EOFError) as wrong:
        message = f"cannot use {TRAINING}: {wrong}"
        raise click.ClickException(message) from wrong
    for file, cased in ((out, True), (out.parent / LOWER, False)):
        file.write_bytes(trained(marked, cased=cased))
        click.echo(f"{file.name}: {file.stat().st_size} bytes from {len(marked)} sentences")


@feedback.command()
@click.argument("files", nargs=-1, required=True,
                type=click.Path(exists=True, dir_okay=False, path_type=Path))  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Figures for a program.")
def evaluate(files: tuple[Path, ...], *, as_json: bool) -> None:
    """What share of the identifiers marked in FILES is hidden, and what else is.

    FILES are comments (JSON Lines), measured in characters, or entity files (IOB2 or columns of
    word and tag), measured in words; gzip is allowed.
    """
    figures = {str(file): _scores(file) for file in files}
    if as_json:
        found = {
            name: {lang: asdict(score) for lang, score in scores.items()}
            for name, scores in figures.items()
        }
        click.echo(json.dumps(found, indent=2))
        return
    for name, scores in figures.items():
        click.echo(name)
        for lang, score in scores.items():
            click.echo(table(lang, score))


def _scores(file: Path) -> dict[str, Score]:
    try:
        text = _text(file)
        if text.lstrip().startswith("{"):
            return scores_of_comments(comments(text), scrubber())
        return scores_of_sentences(sentences(text), scrubber())
    except (WrongFile, UnicodeDecodeError, OSError, EOFError) as wrong:
        message = f"cannot use {file.name}: {wrong}"
        raise click.ClickException(message) from wrong


def table(lang: str, score: Score) -> str:
    """One language's figures as lines of text."""
    lines = [f"  {lang}"]
    lines += [
        f"    {kind:<12} {100 * share:6.1f} % hidden of {score.marked[kind]:>5}"
        for kind, share in score.hidden.items()
    ]
    lines.append(f"    plain words  {score.plain_hidden_per_1000:6.1f} of 1,000 hidden")
    if score.must_stay:
        lines.append(f"    must stay    {score.stayed} of {score.must_stay} left intact")
    return "\n".join(lines)


def _text(file: Path) -> str:
    data = file.read_bytes()
    return (gzip.decompress(data) if data.startswith(GZIP) else data).decode()
