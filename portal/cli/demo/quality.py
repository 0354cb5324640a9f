"""Three quarters that are over, and one that is not, with what invented citizens said of them."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy.orm import Session

from portal import clock
from portal.blind.rules import new_key, public_der
from portal.cases import words
from portal.cases.actions import record_many
from portal.cases.words import Area, Event
from portal.cli.demo.came_of import came_of
from portal.cli.demo.opinions import Profile, Said, drawn, ratings, seed, texts
from portal.cli.demo.past import STEPS
from portal.cli.demo.people import toml
from portal.cli.demo.stories import SOURCES, day
from portal.cli.demo.voices import EARLIER
from portal.cli.demo.work import organised, worked_through
from portal.feedback.actions import accept, take_in
from portal.feedback.rules import fingerprint
from portal.identity.actions import sign_in_staff
from portal.participation.models import ParticipationCohort
from portal.participation.rules import REDEEM, group_of, plans_of, quarter_of
from portal.questionnaire.queries import questionnaires

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from uuid import UUID

    from sqlalchemy import Engine

    from portal.cases.words import Happening
    from portal.participation.words import Plan, Quarter
    from portal.vault import Vault

CLOSED = 3  # quarters
SETTLED = timedelta(days=21)  # after the last day on which an answer of a quarter is taken
WRITES = 0.55  # texts for each answer
UNCODED = 90  # texts of a quarter that still runs
SHORT_KEY = 2048  # bits: nothing is signed with it any more
AUTHORITIES = (
    "Aarhus Kommune",
    "Esbjerg Kommune",
    "Københavns Kommune",
    "Odense Kommune",
    "Udbetaling Danmark",
    "Vejle Kommune",
)
DECISIONS = {
    "upheld": 0.62,
    "changed": 0.12,
    "annulled": 0.02,
    "returned": 0.17,
    "dismissed": 0.05,
}


class Heard(NamedTuple):
    """What there is to read of a quarter."""

    quarter: Quarter
    texts: list[Said]


def quarters(today: date) -> list[Quarter]:
    """The quarters that can be closed today, the oldest first."""
    newest = quarter_of(today).before
    while newest.after.last + REDEEM + SETTLED >= today:
        newest = newest.before
    return [newest.before.before, newest.before, newest][-CLOSED:]


def listened(engine: Engine, vault: Vault, now: datetime) -> None:
    """Put all of the quality work into a fresh database: what was said, and what came of it."""
    heard = gathered(engine, vault, now)
    with Session(engine.execution_options(writes=True)) as session:
        organised(session, now)
        worked_through(session, vault, heard, now)
        came_of(session, vault, [each.quarter for each in heard], now)
        session.commit()


def gathered(engine: Engine, vault: Vault, now: datetime) -> list[Heard]:
    """Put decisions, answers and released texts of these quarters into a fresh database."""
    today = clock.day_of(now)
    heard: list[Heard] = []
    over = quarters(today)
    with Session(engine.execution_options(writes=True)) as session:
        reader = sign_in_staff(session, vault, EARLIER, now).id
        for place, quarter in enumerate(over):
            _decided(session, quarter, place, now)
            said = _answered(session, quarter, place)
            heard.append(Heard(quarter, said))
        running = quarter_of(today).before
        cohort = f"{running.year}-{running.number}-other"
        drawing = Random(cohort)  # noqa: S311 - drawn for show
        fresh = list(texts(questionnaires()[-1].version, cohort, UNCODED, drawing))
        take_in(session, [], [one.told for one in fresh])
        heard.append(Heard(running, fresh))
        _released(session, reader, [one for each in heard for one in each.texts])
        session.commit()
    return heard


def _known() -> dict[str, Any]:
    return {**toml("quality.toml")}


def _decisions(place: int) -> dict[str, int]:
    """How many decisions there were of each coarse area: never as many as in another quarter."""
    return {
        group: round(count * Random(seed(place, group)).uniform(0.92, 1.12))  # noqa: S311 - drawn for show
        for group, count in _known()["decided"].items()
    }


def _answered(session: Session, quarter: Quarter, place: int) -> list[Said]:
    """The answers of a quarter, with its cohorts; its texts."""
    known, asked, decided = _known(), questionnaires()[-1], _decisions(place)
    said: list[Said] = []
    for plan in plans_of(quarter, decided):
        invited = sum(round(decided[group] * known["invited"]) for group in plan.groups)
        session.add(_cohort(plan, invited))
        for group in plan.groups:
            drawing = Random(seed(place, group))  # noqa: S311 - drawn for show
            share = known["invited"] * known["answered"] * drawing.uniform(0.9, 1.1)
            count = round(decided[group] * share)
            profile = Profile(group, place / (CLOSED - 1))
            told = list(ratings(asked, plan.name, profile, count, drawing))
            written = list(texts(asked.version, plan.name, round(count * WRITES), drawing))
            take_in(session, told, [one.told for one in written])
            said += written
    return said


def _cohort(plan: Plan, invited: int) -> ParticipationCohort:
    """A cohort whose time is over: the half of its key that signed is gone."""
    return ParticipationCohort(
        name=plan.name,
        groups=list(plan.groups),
        public=public_der(new_key(SHORT_KEY).public),
        private_sealed=None,
        issue_from=plan.issue_from,
        issue_until=plan.issue_until,
        redeem_until=plan.redeem_until,
        invited=invited,
    )


def _released(session: Session, reader: UUID, said: list[Said]) -> None:
    for one in said:
        accept(session, reader, one.told.key, fingerprint(one.told.text))


def _decided(session: Session, quarter: Quarter, place: int, now: datetime) -> None:
    """As many decisions as there were, so that what is asked has something to be asked about."""
    source = SOURCES["board"][0]
    told: dict[tuple[str, str], list[Event]] = {}
    for group, count in _decisions(place).items():
        drawing = Random(f"{seed(place, group)} decided")  # noqa: S311 - drawn for show
        areas = [str(area) for area in Area if group_of(area) == group] or [group]
        for number in range(count):
            subject = f"{quarter.year}-{quarter.number}-{group}-{number}"
            area = areas[number % len(areas)]
            told[source, subject] = list(_story(source, subject, area, quarter, drawing))
    record_many(session, told, now, {})


def _story(
    source: str, subject: str, area: str, quarter: Quarter, drawing: Random
) -> Iterator[Event]:
    """A case, from the decision that it came to in this quarter back to its beginning."""
    outcome = drawn(DECISIONS, drawing) or "upheld"
    received = words.Received(number=subject, area=area, authority=drawing.choice(AUTHORITIES))
    on = day(quarter.last, -drawing.randrange((quarter.last - quarter.first).days - 3))
    happened: list[tuple[date, Happening]] = []
    for step, median in reversed(STEPS[::3]):
        last = isinstance(step, words.Decided)
        happened.append((on, words.Decided(outcome=outcome) if last else step))
        on = day(on, -round(2 * median * drawing.lognormvariate(0, 0.5)) - 1)
    for place, (told_on, data) in enumerate(reversed([*happened, (on, received)])):
        at = datetime.combine(told_on, time(9), clock.COPENHAGEN)
        yield Event(source, f"{subject}-{place}", at, data, place)
