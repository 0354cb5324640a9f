"""The linkage attack: 1,000 people answer through the real doors, and nobody can say who said what.

The attacker has both databases in every dump (in mid-week and after each release), with places and
transaction numbers, the audit log to the moment, the private keys, and is told who answered in
which interval. Chance is what is left then: to guess within the group. Every bound is one that
chance alone goes beyond less than once in a million, whatever the random numbers of a run are.
"""

from __future__ import annotations

import random
from dataclasses import replace
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from forms.answers import PREFIX
from portal.answers.words import Pool
from portal.cli.database import OF_ANSWERS, upgraded
from portal.cli.house import vault_of
from portal.cli.keys import initialised
from portal.db import engine_for
from tests.anonymity.attacks import ATTACKS, scenes
from tests.anonymity.chance import bound, tail
from tests.anonymity.dumps import ratings_said, seen
from tests.anonymity.people import AREAS, Moment, moments, people
from tests.anonymity.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from portal.door.settings import DoorSettings
    from portal.settings import Settings
    from tests.anonymity.attacks import Scene
    from tests.anonymity.people import Citizen, Fields

    Make = Callable[[str, int], World]

PEOPLE = 1_000
FEW = 400  # for the second server, and for the stores that leak on purpose


@pytest.fixture
def make(
    settings: Settings, door_settings: DoorSettings, request: pytest.FixtureRequest
) -> Iterator[Make]:
    """Worlds on either kind of database; both of its databases on one server, as it is worst."""
    made: list[World] = []

    def world(kind: str, size: int) -> World:
        url, door = settings.database_url, door_settings.database_url
        if kind == "postgresql":
            cluster = request.getfixturevalue("postgres")
            url, door = cluster.url(cluster.create()), cluster.url(cluster.create())
        ours = replace(settings, database_url=url)
        upgraded(url)
        engine = engine_for(url)
        initialised(engine, ours.keks)
        engine.dispose()
        upgraded(door, OF_ANSWERS)
        surroundings = replace(door_settings, database_url=door)
        citizens = people(size, random.Random(5))  # noqa: S311 - the same people in each run
        made.append(World(url, surroundings, vault_of(ours), citizens))
        return made[-1]

    yield world
    for one in made:
        one.portal.dispose()


def ratings_of(fields: Fields) -> str:
    """The ratings and choices of an answer, as dumps show them."""
    chosen = {name.removeprefix(PREFIX): value for name, value in fields.items()
              if name.startswith(PREFIX) and value and not name.endswith("_text")}  # fmt: skip
    lists = {name: value for name, value in chosen.items() if isinstance(value, list)}
    return ratings_said({name: v for name, v in chosen.items() if name not in lists}, lists)


def truth_of(citizens: Iterable[Citizen]) -> dict[str, Citizen]:
    """Who said what: by ratings and by each text."""
    truth: dict[str, Citizen] = {}
    for one in citizens:
        truth[ratings_of(one.fields)] = one
        truth |= {str(v): one for name, v in one.fields.items() if name.endswith("_text")}
    return truth


def attacked(world: World) -> tuple[list[Scene], dict[str, Citizen]]:
    """The groups of ratings and of texts, once it is sure that every answer is there."""
    truth, found = truth_of(world.citizens), seen(world.dumps)
    assert {one.says for one in (*found.ratings, *found.texts)} == truth.keys()
    assert len(found.ratings) == len(world.citizens)
    assert len(found.texts) == 2 * len(world.citizens)
    parts = (found.ratings, found.texts)
    return [one for part in parts for one in scenes(part, truth, world.dumps)], truth


def results(given: Sequence[Scene], truth: dict[str, Citizen]) -> dict[str, tuple[int, float, int]]:
    """Of each attack: how many guesses were right, how many chance gets, of how many."""
    found = {}
    for name, attack in ATTACKS.items():
        right, chance, guesses = 0, 0.0, 0
        for scene in given:
            matched = attack(scene)
            right += sum(truth[entry.says] is guess for entry, guess in matched)
            chance += len(matched) / len(scene.people)
            guesses += len(matched)
        found[name] = (right, chance, guesses)
    return found


def shown(what: str, found: dict[str, tuple[int, float, int]]) -> None:
    for name, (right, chance, guesses) in found.items():
        print(  # noqa: T201 - shown by a long run
            f"{what}: {name:<12} {right:>5} of {guesses} right, "
            f"chance {chance:.1f}, bound {bound(chance)}"
        )


@pytest.mark.stored
@pytest.mark.parametrize(
    ("kind", "size"),
    [
        ("sqlite", PEOPLE),
        ("postgresql", FEW),  # the same code: the other server alone is new
        pytest.param("postgresql", PEOPLE, marks=pytest.mark.matrix),
    ],
)
def test_nobody_can_say_who_gave_which_answer(make: Make, kind: str, size: int) -> None:
    world = make(kind, size)
    world.run()
    given, truth = attacked(world)
    found = results(given, truth)
    shown(f"{kind}, all", found)
    for name, (right, chance, _) in found.items():
        assert right < bound(chance), name
    for way in (True, False):  # with script and without: the dumps tell no more of these
        found = results([part for one in given if (part := _of(one, truth, script=way))], truth)
        shown(f"{kind}, {'with' if way else 'without'} script", found)
        for name, (right, chance, _) in found.items():
            assert right < bound(chance), name
    _weaker_without_script(world)
    _told_by_intervals(world, truth)


def _of(scene: Scene, truth: dict[str, Citizen], *, script: bool) -> Scene | None:
    """The group's answers that came one way, among all people who answered that way."""
    entries = [one for one in scene.entries if truth[one.says].script is script]
    persons = [one for one in scene.people if one.script is script]
    return scene._replace(entries=entries, people=persons) if entries else None


def _weaker_without_script(world: World) -> None:
    """The stated weakness: who also recorded the portal's process knows that somebody answered.

    Which answer it was, the dumps do not say to them either.
    """
    spent = {bytes(row["hash"]) for dump in world.dumps for row in dump.door["spent"]}
    known = {n for n, token in world.recorded.items() if sha256(token).digest() in spent}
    without = {one.number for one in world.citizens if not one.script}
    assert known == without
    blinded = {bytes(row["blinded"]) for row in world.dumps[-1].portal["participation_tokens"]}
    assert not blinded & spent


def _told_by_intervals(world: World, truth: dict[str, Citizen]) -> None:
    """What the group itself tells: it is smaller, the more dumps there are."""
    for what, some in {"the last dump": world.dumps[-1:], "after releases": world.dumps[1::2],
                       "in mid-week, too": world.dumps}.items():  # fmt: skip
        found = scenes(seen(some).ratings, truth, some)
        chance = len(found) / len(world.citizens)
        print(f"{what}: one of {1 / chance:.0f} at best, {chance:.1%}")  # noqa: T201 - as above
    assert len(scenes(seen(world.dumps[-1:]).ratings, truth, world.dumps[-1:])) <= len(AREAS)


@pytest.mark.stored
def test_who_watches_each_moment_links_all(make: Make) -> None:
    """What no store can keep from somebody who looks at it after each answer. It is stated."""
    world = make("sqlite", 30)
    with patch("tests.anonymity.world.moments", _watched):
        world.run()
    given, truth = attacked(world)
    right, _, guesses = results(given, truth)["place"]
    assert right == guesses == 90


def _watched(citizens: list[Citizen]) -> Iterator[Moment]:
    for moment in moments(citizens):
        yield moment
        if moment.what == "answers":
            yield Moment(moment.at, "dump")


def in_order_of_arrival(pools: Iterable[Pool]) -> Pool:
    """Leaks: what comes later stands behind what was there."""
    parts = list(pools)
    return Pool(
        tuple(one for pool in parts for one in pool.ratings),
        tuple(one for pool in parts for one in pool.texts),
    )


def counted() -> Iterator[str]:
    """Leaks: keys that count, as those of many databases do."""
    for number in NUMBERS:
        yield f"{number:032x}"


NUMBERS = count()


@pytest.mark.stored
@pytest.mark.parametrize(
    ("leak", "attacks"),
    [("together", ["place"]), ("_keys", ["key", "transaction"])],  # by transaction once released
    ids=["rows in the order of arrival", "keys that count"],
)
def test_the_attack_finds_a_store_that_leaks(make: Make, leak: str, attacks: Sequence[str]) -> None:
    world = make("sqlite", FEW)
    leaky = {"together": in_order_of_arrival, "_keys": counted}[leak]
    with patch(f"portal.answers.actions.{leak}", leaky):
        world.run()
    found = results(*attacked(world))
    shown(leak, found)
    for attack in attacks:
        right, chance, guesses = found[attack]
        assert right > bound(chance), attack
        assert right > guesses / 4, attack


def test_the_bound_is_what_it_says() -> None:
    """Against the true distribution of chance, where groups are alike: sums of fixed points."""
    assert tail(10, 10) == 1
    assert tail(10, bound(10)) <= 1e-6 < tail(10, bound(10) - 1)
    dice = random.Random(1)  # noqa: S311 - no secret
    sums = []
    for _ in range(2_000):
        orders = [dice.sample(range(12), 12) for _ in range(10)]
        sums.append(sum(place == one for order in orders for place, one in enumerate(order)))
    assert max(sums) < bound(10)
    assert sum(one >= 18 for one in sums) / len(sums) <= tail(10, 18)
