"""New patterns proposed among 20,000 uncoded texts: how long it takes, and how much memory.

By itself: `python -m tests.bench proposals`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

import numpy as np

from portal.recognition.queries import embedder
from portal.recognition.rules.proposing import proposals
from tests.bench import tables
from tests.bench.memory import memory_while

SIZES = 5_000, 20_000
QUICK_SIZES = 200, 400
# Invented; each text is put together anew, so that none is there twice.
OPENINGS = (
    *("Jeg synes, at", "Det var sådan, at", "For mig var det svært, at", "Min mor oplevede, at"),
    *("Efter et halvt år så jeg, at", "Kort sagt:", "I think that", "What I saw was that"),
)
MATTERS = (
    *(
        "ventetiden blev længere for hvert brev",
        "ingen ringede tilbage",
        "brevet var svært at læse",
    ),
    *("lægens erklæring ikke blev læst", "kommunen og nævnet sagde to ting", "de var venlige"),
    *("log ind ikke virkede på telefonen", "mine oplysninger stod forkert", "grundene manglede"),
    *("nobody told me what happens now", "my letter was answered point by point"),
)
ENDINGS = (
    *("og det gik ud over min økonomi", "selv om jeg havde skrevet det to gange", "desværre"),
    *(
        "og det er jeg glad for",
        "så jeg måtte spørge igen",
        "which surprised me",
        "og så var det det",
    ),
)


def run(effort: tables.Effort) -> str:
    """Measure, and give the table back as Markdown."""
    sizes = QUICK_SIZES if effort.rounds < tables.FULL.rounds else SIZES
    lines = []
    for size in sizes:
        found, held = _measured(size)
        shown = (
            *(f"{size:,}", f"{found['embedding']:.0f} s", f"{found['proposing']:.1f} s"),
            *(f"{found['processor']:.0f} s", f"{found['proposals']:.0f}", f"{held:.0f} MB"),
        )
        lines.append(f"| {' | '.join(shown)} |")
    head = ("texts", "embedding", "proposing", "of both cores", "proposals", "most memory")
    return tables.table(head, lines)


def _measured(size: int) -> tuple[dict[str, float], float]:
    """A process of its own, as the command is one."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.proposals", str(size)], stdout=subprocess.PIPE
    ) as process:
        held = max(memory_while(process))
        said = process.stdout.read() if process.stdout else b""
    found: dict[str, float] = json.loads(said)
    return found, held


def texts_of(size: int) -> tuple[list[str], list[str]]:
    """So many texts of one to three sentences, and their languages."""
    random = np.random.default_rng(6)
    texts = [
        " ".join(
            f"{random.choice(OPENINGS)} {random.choice(MATTERS)} {random.choice(ENDINGS)}."
            for _ in range(random.integers(1, 4))
        )
        + f" ({number})"
        for number in range(size)
    ]
    return texts, random.choice(["da", "da", "da", "en"], size).tolist()


def _step(size: int) -> dict[str, float]:
    texts, langs = texts_of(size)
    begun = time.perf_counter()
    vectors = embedder().vectors(texts)
    embedded = time.perf_counter()
    found = proposals(vectors, langs, texts)
    ended = time.perf_counter()
    return {
        "embedding": embedded - begun,
        "proposing": ended - embedded,
        "processor": time.process_time(),
        "proposals": len(found),
    }


if __name__ == "__main__":
    print(json.dumps(_step(int(sys.argv[1]))))
