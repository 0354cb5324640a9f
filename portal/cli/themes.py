"""`indblik themes`: the codebook, what the machine makes of texts, and the quarter that closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from sqlalchemy.orm import Session

from portal.cli.codebook import close, codebook
from portal.cli.evaluating import evaluate
from portal.cli.house import CannotRun, database, settings_or_stop
from portal.recognition.queries import embedder
from portal.recognition.rules.fitting import fitted
from portal.recognition.rules.proposing import proposals
from portal.recognition.words import Described, Labelled, TooFewThemes
from portal.themes import actions, queries
from portal.themes.words import Found, ThemeState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Engine

    from portal.recognition.rules.recogniser import Recogniser
    from portal.themes.words import CodingText

SAMPLE = 2000  # uncoded texts that tell how common themes are
BATCH = 500


@click.group()
def themes() -> None:
    """What people write about: the machine suggests and proposes, people decide."""


themes.add_command(close)
themes.add_command(codebook)
themes.add_command(evaluate)


@themes.command()
def train() -> None:
    """Learn from the confirmed labels, and suggest themes for all uncoded texts. Run it nightly."""
    with database(settings_or_stop()) as engine:
        click.echo(trained(engine))


def trained(engine: Engine) -> str:
    """Train, keep the model and its suggestions, and say what was done."""
    with Session(engine) as session:
        known = [one for one in queries.themes(session) if one.state == ThemeState.ACTIVE]
        labelled, new = queries.confirmed(session), queries.uncoded(session)
    described = [Described(one.code, one.said()) for one in known]
    step = max(1, len(new) // SAMPLE)
    sample = [Labelled(one.text, one.lang, ()) for one in new[::step]]
    try:
        found = fitted(embedder(), described, labelled, sample)
    except TooFewThemes as few:
        message = "The codebook has fewer than two themes. Take one in: `indblik themes codebook`."
        raise CannotRun(message) from few
    with Session(engine.execution_options(writes=True)) as session, session.begin():
        actions.keep_model(session, found.embedder.name, found.dump())
    for start in range(0, len(new), BATCH):
        _suggest(engine, found, new[start : start + BATCH])
    return (
        f"{len(labelled)} confirmed labels learned from; suggestions for {len(new)} texts;"
        f" {len(found.automatic)} of {len(found.themes)} themes are precise enough"
        " to be assigned by the machine."
    )


def _suggest(engine: Engine, found: Recogniser, texts: Sequence[CodingText]) -> None:
    said = found.suggestions([one.text for one in texts], [one.lang for one in texts])
    told = {one.key: row for one, row in zip(texts, said, strict=True)}
    with Session(engine.execution_options(writes=True)) as session, session.begin():
        actions.suggest(session, told, found.automatic)


@themes.command()
def propose() -> None:
    """Look for new patterns among the uncoded texts. People keep, merge, split or drop them."""
    with database(settings_or_stop()) as engine:
        click.echo(f"{proposed(engine)} patterns proposed.")


def proposed(engine: Engine) -> int:
    """Propose anew, in place of what nobody has decided on; how many."""
    with Session(engine) as session:
        new = queries.uncoded(session)
    texts, langs = [one.text for one in new], [one.lang for one in new]
    patterns = proposals(embedder().vectors(texts), langs, texts)
    found = [
        Found(
            one.words,
            tuple(new[place].key for place in one.members),
            tuple(new[place].key for place in one.near),
        )
        for one in patterns
    ]
    with Session(engine.execution_options(writes=True)) as session, session.begin():
        actions.propose(session, found)
    return len(found)
