"""A broker changes under way: its keys, its name, what it tells, its clock.

Each time the door is closed, the person is told what to do, whoever runs the portal finds it in the
log, and nothing that was there before is lost.
"""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import ECKey
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db import engine_for
from portal.identity.models import Account, Person
from portal.identity_log.models import SignInAttempt
from portal.pages.oidc.memory import Memory, check_keys
from portal.pages.oidc.wire import ProviderDown
from tests.pages.public.conftest import BACK_OF, CITIZENS, Browser, World, is_in
from tests.servers.lying import DISCOVERY, Lying, lying_provider

if TYPE_CHECKING:
    from collections.abc import Callable

CPR, NAME = "6101901234", "Opfundet Person"


def changed_key(lying: Lying) -> None:
    """It signs with a key that it does not publish."""
    published = lying.document("/jwks")
    lying.says("/jwks", published)
    lying.key = ECKey.generate_key("P-256", auto_kid=True)


def changed_name(lying: Lying) -> None:
    """It calls itself otherwise in its tokens."""
    lying.changed |= {"iss": "https://new.example"}


def clock_behind(lying: Lying) -> None:
    lying.ahead = -3600


def clock_ahead(lying: Lying) -> None:
    lying.ahead = 3600


def number_as_number(lying: Lying) -> None:
    lying.says("/userinfo", {"sub": "subject-1", "cpr": int(CPR), "name": NAME})


def name_as_parts(lying: Lying) -> None:
    lying.says("/userinfo", {"sub": "subject-1", "cpr": CPR, "name": {"full": NAME}})


def level_as_list(lying: Lying) -> None:
    lying.changed |= {"acr": ["https://data.gov.dk/concept/core/nsis/Substantial"]}


def level_as_number(lying: Lying) -> None:
    lying.changed |= {"acr": 3}


def time_as_text(lying: Lying) -> None:
    lying.changed |= {"exp": "2030-01-01T00:00:00Z"}


def subject_as_number(lying: Lying) -> None:
    lying.changed |= {"sub": CPR}
    lying.says("/userinfo", {"sub": CPR, "cpr": CPR, "name": NAME})


CHANGES: list[tuple[Any, str]] = [
    (changed_key, "an id_token signed with a key that is not published"),
    (changed_name, "refused: wrong_issuer"),
    (clock_behind, "the provider's clock seems -360"),
    (clock_ahead, "the provider's clock seems 3"),
    (number_as_number, "refused: wrong_type"),
    (name_as_parts, "refused: wrong_type"),
    (level_as_list, "refused: wrong_type"),
    (level_as_number, "refused: wrong_type"),
    (time_as_text, "refused: no_moment"),
    (subject_as_number, "refused: subject_is_cpr"),
]


def attempt(world: World, browser: Browser) -> int:
    """Try to sign in; the status of the page that the person meets."""
    asked = parse_qs(urlsplit(browser.begin()).query)
    world.lying.nonce = asked["nonce"][0]
    query = {"state": asked["state"][0], "code": "x"}
    answer = browser.client.get(BACK_OF[CITIZENS], query_string=query)
    if answer.status_code != 303:
        assert "<h1>Der er en fejl hos os</h1>" in answer.text
        assert world.settings.phone in answer.text  # whom to ask
    return answer.status_code


def counted(world: World) -> tuple[int, int]:
    with Session(engine_for(world.settings.database_url)) as session:
        people = session.scalar(select(func.count()).select_from(Person)) or 0
        return people, session.scalar(select(func.count()).select_from(Account)) or 0


@pytest.mark.parametrize(
    ("change", "logged"), CHANGES, ids=lambda one: getattr(one, "__name__", "")
)
def test_a_change_at_the_broker(
    world: World, change: Callable[[Lying], None], logged: str, caplog: pytest.LogCaptureFixture
) -> None:
    inside = world.signed_in()
    before = counted(world)
    right = dict(world.lying.bodies), dict(world.lying.changed), world.lying.key
    change(world.lying)
    newcomer = Browser(world.app.test_client())
    assert attempt(world, newcomer) == 502  # closed, and said to be an error that is not theirs
    assert not is_in(newcomer)
    errors = [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert any(logged in one.getMessage() for one in errors), [e.getMessage() for e in errors]
    assert CPR not in caplog.text
    assert is_in(inside)  # who was in stays in
    assert counted(world) == before  # and no second person was made
    with Session(engine_for(world.settings.database_url)) as session:
        newest = session.scalars(select(SignInAttempt).order_by(SignInAttempt.id.desc())).first()
    assert newest is not None
    assert newest.outcome not in {"signed_in", ""}
    assert newest.subject != CPR

    world.lying.bodies, world.lying.changed, world.lying.key = right
    world.lying.ahead = 0
    assert attempt(world, newcomer) == 303  # once it is mended, into the same account
    assert counted(world) == before


def test_a_broker_that_is_another_one(world: World) -> None:
    world.lying.says(DISCOVERY, world.lying.description() | {"issuer": "https://new.example"})
    client = world.app.test_client()
    page = client.get("/log-ind").text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    assert client.post("/log-ind", data={"csrf_token": token}).status_code == 502


@pytest.mark.parametrize("hours", [-1, 1])
def test_our_own_clock_an_hour_off(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    hours: int,
) -> None:
    world.signed_in()
    wrong = clock.now() + timedelta(hours=hours)
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: wrong)
        assert attempt(world, Browser(world.app.test_client())) == 502
    assert "the provider's clock seems" in caplog.text
    assert attempt(world, Browser(world.app.test_client())) == 303


def test_of_many_that_meet_a_new_key_one_looks() -> None:
    with lying_provider() as lying:
        memory, address = Memory(), f"{lying.issuer}/jwks"
        line = World.line(lying)
        known = memory.document(line, address, check_keys)
        lying.key = ECKey.generate_key("P-256", auto_kid=True)
        found: list[dict[str, Any]] = []
        start = threading.Barrier(8)

        def look() -> None:
            start.wait()
            found.append(memory.newer(World.line(lying), address, known, check_keys))

        threads = [threading.Thread(target=look) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert lying.asked.count("/jwks") == 2
        assert all(one["keys"][0]["kid"] == lying.key.kid for one in found)


def test_a_look_that_fails_leaves_what_was_known() -> None:
    with lying_provider() as lying:
        memory, address = Memory(), f"{lying.issuer}/jwks"
        line = World.line(lying)
        known = memory.document(line, address, check_keys)
        lying.statuses["/jwks"] = 503
        with pytest.raises(ProviderDown):
            memory.newer(line, address, known, check_keys)
        assert memory.document(line, address, check_keys) is known
        assert memory.newer(line, address, known, check_keys) is known  # not asked again so soon
        assert lying.asked.count("/jwks") == 2
