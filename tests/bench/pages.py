"""How many pages a second, how late the slow ones are, and whether the number of cases matters."""

from __future__ import annotations

from contextlib import ExitStack
from statistics import quantiles
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from portal import clock
from portal.keys.queries import vault_of
from tests.bench.ground import ground, serving
from tests.bench.load import Visit, latencies, throughput
from tests.bench.loading import load, spread
from tests.bench.stories import patterns
from tests.bench.tables import spread_of, table
from tests.bench.visitors import Visitor, visitors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.bench.ground import Ground
    from tests.bench.tables import Effort

FEW, MANY = 1_000, 200_000  # cases
VISITORS = 200
CONNECTIONS = 16
RATE = 100  # a second, where lateness is measured
PORTAL, BARE = "wsgi:app", "tests.bench.bare:app"
CASE, BARE_PAGE, NOTED = "case page", "bare page", "bare page + 1 insert and commit"
CASE_FEW, LIST, LIST_FEW = "case page, few cases", "case list", "case list, few cases"

T = TypeVar("T")


class Subject(NamedTuple):
    """One page of one server, asked for by many visitors in turn."""

    port: int
    visits: Sequence[Visit]


def run(effort: Effort) -> str:
    """Measure, and give the tables back as Markdown."""
    with ground() as base, ExitStack() as servers:
        subjects = _subjects(base, servers)
        rates = _rates(subjects, effort)
        late = _lateness({name: subjects[name] for name in (CASE, BARE_PAGE)}, effort)
    return "\n\n".join((_speed_table(rates), _late_table(late), _size_table(rates)))


def _subjects(base: Ground, servers: ExitStack) -> dict[str, Subject]:
    many, bare, people = _served(base, servers, MANY, PORTAL, BARE)
    few, _, others = _served(base, servers, FEW, PORTAL, None)
    return {
        CASE: Subject(many, [one.case_page() for one in people]),
        BARE_PAGE: Subject(bare, [one.bare_page() for one in people]),
        NOTED: Subject(bare, [one.bare_page("/noted") for one in people]),
        CASE_FEW: Subject(few, [one.case_page() for one in others]),
        LIST: Subject(many, [one.list_page() for one in people]),
        LIST_FEW: Subject(few, [one.list_page() for one in others]),
    }


def _served(
    base: Ground, servers: ExitStack, cases: int, app: str, other: str | None
) -> tuple[int, int, list[Visitor]]:
    """A database with so many cases; the ports of the applications on it; who comes."""
    database, now = base.database(), clock.now()
    vault = vault_of(database.settings)
    accounts = load(database.dsn, vault, patterns(now), cases, now)
    people = visitors(database, spread(accounts, VISITORS))
    port = servers.enter_context(serving(database, app))
    return port, servers.enter_context(serving(database, other)) if other else 0, people


def _rates(subjects: dict[str, Subject], effort: Effort) -> dict[str, list[float]]:
    """Answers a second of each subject in each round. The subjects take turns."""

    def one(subject: Subject) -> float:
        return throughput(subject.port, subject.visits, effort.seconds, CONNECTIONS)

    return _in_turns(subjects, effort.rounds, one)


def _lateness(subjects: dict[str, Subject], effort: Effort) -> dict[str, list[list[float]]]:
    def one(subject: Subject) -> list[float]:
        return latencies(subject.port, subject.visits, effort.steady, RATE)

    return _in_turns(subjects, max(1, effort.rounds // 2), one)


def _in_turns(
    subjects: dict[str, Subject], rounds: int, one: Callable[[Subject], T]
) -> dict[str, list[T]]:
    """Each subject once in each round, after one that does not count."""
    found: dict[str, list[T]] = {name: [] for name in subjects}
    for turn in range(rounds + 1):
        for name, subject in subjects.items():
            measured = one(subject)
            if turn:
                found[name].append(measured)
    return found


# --- Tables.


def _speed_table(rates: dict[str, list[float]]) -> str:
    lines = [
        f"| {name} | {spread_of(rates[name]).shown(0)} | {_ratio(rates, CASE, name)} |"
        for name in (CASE, BARE_PAGE, NOTED)
    ]
    return table(("page", "answers a second", "case page to this"), lines)


def _late_table(late: dict[str, list[list[float]]]) -> str:
    lines = [
        f"| {name} | {_share(runs, 50)} | {_share(runs, 95)} | {_share(runs, 99)} |"
        for name, runs in late.items()
    ]
    head = (f"page, at {RATE} a second", "p50 in ms", "p95 in ms", "p99 in ms")
    return table(head, lines)


def _size_table(rates: dict[str, list[float]]) -> str:
    lines = [
        f"| {name} | {spread_of(rates[small]).shown(0)} | {spread_of(rates[name]).shown(0)} "
        f"| {_ratio(rates, small, name)} |"
        for name, small in ((CASE, CASE_FEW), (LIST, LIST_FEW))
    ]
    head = ("page", f"answers a second, {FEW:,} cases", f"{MANY:,} cases", "few to many")
    return table(head, lines)


def _ratio(rates: dict[str, list[float]], over: str, under: str) -> str:
    """Of the two in the same round, so that what disturbed a round disturbed both."""
    pairs = zip(rates[over], rates[under], strict=True)
    return spread_of(one / other for one, other in pairs).shown(2)


def _share(runs: Sequence[Sequence[float]], percent: int) -> str:
    return spread_of(quantiles(run, n=100)[percent - 1] for run in runs).shown(1)
