"""`python -m tests.bench [NAME …]`: measure, print the tables, and keep them in the docs."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import answers, estimates, feed, pages, proposals, quality, tables

if TYPE_CHECKING:
    from collections.abc import Callable

DOCS = Path(__file__).parent.parent.parent / "docs" / "benchmarks.md"
BENCHMARKS: dict[str, Callable[[tables.Effort], str]] = {
    "pages": pages.run,
    "estimates": estimates.run,
    "feed": feed.run,
    "answers": answers.run,
    "proposals": proposals.run,
    "quality": quality.run,
}


def main() -> None:
    """Run the benchmarks that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}")
    parser.add_argument("--quick", action="store_true", help="a short look; nothing is kept")
    asked = parser.parse_args()
    unknown = set(asked.names) - BENCHMARKS.keys()
    if unknown:
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    for name in asked.names or BENCHMARKS:
        shown = BENCHMARKS[name](tables.QUICK if asked.quick else tables.FULL)
        print(shown)
        if not asked.quick:
            keep(name, shown)


def keep(name: str, shown: str) -> None:
    """Put the tables in their place in docs/benchmarks.md."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    place = re.compile(f"{re.escape(begin)}.*{re.escape(end)}", re.DOTALL)
    text = DOCS.read_text("utf-8")
    DOCS.write_text(place.sub(lambda _: f"{begin}\n\n{shown}\n\n{end}", text), "utf-8")


if __name__ == "__main__":
    main()
