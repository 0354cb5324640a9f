"""What was done with what citizens said: offices, figures, themes and quotes.

Everything goes the way that it goes in earnest; only the days lie behind us.
"""

from __future__ import annotations

from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING, Any

from portal import clock
from portal.cli.demo.closed import closed
from portal.cli.demo.opinions import STRANGE
from portal.cli.demo.people import HERE, toml
from portal.figures.actions import take_in_measurement
from portal.figures.words import Measured
from portal.i18n import STAFF_VIEWS
from portal.identity.actions import sign_in_staff
from portal.identity.words import StaffClaims, StaffRole
from portal.organisation.actions import take_in as take_in_offices
from portal.organisation.queries import read as offices_in
from portal.themes import actions
from portal.themes.queries import first_codebook, theme_figures_of, version
from portal.themes.rules.codebook import read as themes_in
from portal.themes.words import MOST_QUOTES, NotAQuote, Polarity, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from portal.cli.demo.opinions import Said
    from portal.cli.demo.quality import Heard
    from portal.vault import Vault

# Accounts that nobody can sign in with: who did what was done before the demonstration began.
ISSUER = "urn:example:earlier"
EVERY, APART = 8, 4  # one of so many texts is coded twice; one of so many of these is seen apart
QUOTED = ("agency:", "office:")  # the levels that are quoted from


def earlier(session: Session, vault: Vault, role: StaffRole, now: datetime, who: str = "") -> UUID:
    """The account of somebody who held a role earlier."""
    claims = StaffClaims(ISSUER, f"{role}{who}", None, frozenset({role}))
    return sign_in_staff(session, vault, claims, now).id


def organised(session: Session, now: datetime) -> None:
    """The offices, the codebook and the yearly measurement."""
    today = clock.day_of(now)
    told = (HERE / "organisation.toml").read_text("utf-8")
    take_in_offices(session, offices_in(told), today)
    actions.take_in(session, themes_in(first_codebook(), STAFF_VIEWS), now)
    take_in_measurement(session, _measured(today.year - 1))
    take_in_measurement(session, _measured(today.year - 2, less=0.02))


def _measured(year: int, less: float = 0) -> Iterator[Measured]:
    told: dict[str, Any] = {**toml("measured.toml")}
    for one in told["results"]:
        known: dict[str, Any] = {**one}
        unit, n = known.pop("unit"), known.pop("n")
        for dimension, share in known.items():
            yield Measured(year, unit, dimension, n, round(share - less, 2))


def worked_through(session: Session, vault: Vault, heard: Sequence[Heard], now: datetime) -> None:
    """Close the quarters that are over; code their texts, and choose quotes."""
    *over, running = heard
    coders = [earlier(session, vault, StaffRole.CODER, now, who) for who in ("1", "2")]
    owner = earlier(session, vault, StaffRole.THEME_OWNER, now)
    today, seen = clock.day_of(now), version(session)
    for each in over:
        closed(session, each.quarter, today)
        actions.take_in_codings(session, coders[0], _coded(each.texts))
        for one in _code_again(session, coders[1], each.texts, seen):
            actions.settle(session, owner, one.told.key, *_meant(one), seen)
        actions.close(session, each.quarter, today)
        _quote(session, each)
    begun = running.texts[: EVERY * APART]
    actions.take_in_codings(session, coders[0], _coded(begun))
    list(_code_again(session, coders[1], begun, seen))  # for the owner to settle


def _meant(one: Said) -> tuple[frozenset[str], Polarity]:
    return frozenset({one.theme} - {STRANGE}), Polarity(one.polarity)


def _coded(said: Sequence[Said]) -> list[tuple[str, frozenset[str], Polarity]]:
    return [(one.told.key, *_meant(one)) for one in said]


def _code_again(session: Session, coder: UUID, said: Sequence[Said], seen: int) -> Iterator[Said]:
    """A second coder says of some texts what the first one said; gives back where not."""
    for place, one in enumerate(said[::EVERY]):
        themes, polarity = _meant(one)
        if place % APART == 0:
            themes = frozenset({"fairness_and_trust"} ^ themes)
            yield one
        actions.code(session, coder, one.told.key, themes, polarity, seen)


def _quote(session: Session, each: Heard) -> None:
    """At most two quotes beside each figure that is shown."""
    drawing = Random(str(each.quarter))  # noqa: S311 - drawn for show
    for figure in theme_figures_of(session, each.quarter):
        if figure.n is None or not figure.unit.startswith(QUOTED):
            continue
        where = Where(figure.unit, figure.theme, Polarity(figure.polarity))
        fitting = [one.told.key for one in each.texts
                   if (one.theme, one.polarity) == (figure.theme, figure.polarity)]  # fmt: skip
        drawing.shuffle(fitting)
        _choose(session, each, where, fitting)


def _choose(session: Session, each: Heard, where: Where, fitting: Sequence[str]) -> None:
    chosen = 0
    for key in fitting:
        with suppress(NotAQuote):  # said in another office
            actions.choose_quote(session, each.quarter, where, key)
            chosen += 1
        if chosen == MOST_QUOTES:
            return
