"""`indblik panels expire`: the nightly job of the register of volunteers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.db import engine_for
from portal.identity.actions import person_with_cpr
from portal.panels.actions import volunteer
from portal.panels.models import Volunteer
from portal.panels.queries import purposes
from portal.panels.words import Kind, Offer, Reach
from tests.vaults import vault_with

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from click.testing import Result

OFFER = Offer((Kind.PANEL,), Reach.PHONE, "12345678", None)


def test_a_registration_ends_on_its_day(
    run: Callable[..., Result], env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, vault = engine_for(env["INDBLIK_DATABASE_URL"]), vault_with()  # fmt: skip
    with Session(engine) as session:
        for cpr, agreed in (("6102890102", date(2026, 11, 22)), ("6202890103", date(2026, 11, 23))):
            person = person_with_cpr(session, vault, cpr, None, clock.now())
            volunteer(session, vault, person, OFFER, purposes()[0], agreed)
        session.commit()
    said = []
    # The last day ends at midnight in Copenhagen, which is 23:00 in UTC.
    for moment in (datetime(2027, 11, 22, 22, 59, tzinfo=UTC),
                   datetime(2027, 11, 22, 23, 0, tzinfo=UTC)):  # fmt: skip
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        done = run("panels", "expire")
        assert done.exit_code == 0, done.output
        said.append(done.output)
    assert said == ["0 registrations deleted\n", "1 registrations deleted\n"]
    with Session(engine) as session:
        assert len(session.scalars(select(Volunteer)).all()) == 1
    engine.dispose()
