"""The list of own sessions, how long a session lasts, and ending one, some or all."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal import clock
from portal.identity.models import StaffAccount
from portal.pages import sessions
from portal.sign_ins.actions import end_at_provider, opened
from portal.sign_ins.models import SignIn
from portal.sign_ins.words import Begun, Holder, Kind
from tests.pages.conftest import token_in
from tests.pages.stores import either_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

    from tests.pages.conftest import Stage

ISSUER = "https://broker.example"


@pytest.fixture(scope="module", params=["files", "redis"])
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, key_file: Path
) -> Iterator[Stage]:
    """A portal with either store. What SQL does on PostgreSQL: tests/rooms/sign_ins."""
    made, _ = either_store(request, tmp_path_factory.mktemp("own-sessions"), key_file)
    yield made
    made.engine.dispose()


@pytest.fixture
def place(house: Stage) -> Stage:
    """The portal, with nobody in."""
    with Session(house.engine.execution_options(writes=True)) as session:
        session.execute(delete(SignIn))
        session.execute(update(StaffAccount).where(StaffAccount.subject == "tekst").values(
            roles=["text_owner"]))  # fmt: skip
        session.commit()
    return house


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets time pass on the portal's clock, and on no other."""
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)

    def pass_(**waited: float) -> None:
        nonlocal moment
        moment += timedelta(**waited)

    return pass_


def let_in(stage: Stage, person: str, provider: str = "p1", device: str = "firefox linux") -> Any:  # noqa: ANN401 - a client of tests
    """A browser that this person has signed in with, and that stands in the register."""
    client = stage.signed_in(person)
    kind, _, account = stage.users[person].partition(":")
    cookie = client.get_cookie("indblik")
    assert cookie is not None
    key = interface(stage).key_of(cookie.value)
    assert key is not None
    holder = Holder(Kind(kind), UUID(account))
    with Session(stage.engine) as session:
        opened(session, Begun(holder, key, ISSUER, person, provider, device), clock.now())
        session.commit()
    return client


def interface(stage: Stage) -> sessions.Sessions:
    found = stage.app.session_interface
    assert isinstance(found, sessions.Sessions)
    return found


def is_in(client: FlaskClient, path: str = "/sager") -> bool:
    return client.get(path).status_code == 200


def own(client: FlaskClient, path: str = "/mine-sessioner") -> list[str]:
    """The keys of the sessions on the list."""
    keys = re.findall(r'name="afslut" value="([^"]+)"', client.get(path).text)
    return [key for key in keys if key not in {"andre", "alle"}]


def ended(client: FlaskClient, which: str, path: str = "/mine-sessioner") -> int:
    form = {"csrf_token": token_in(client.get(path).text), "afslut": which}
    return client.post(path, data=form).status_code


def test_the_list_shows_what_is_alive(place: Stage, wait: Callable[..., None]) -> None:
    old = let_in(place, "amalie")
    wait(minutes=20)
    here = let_in(place, "amalie", device="safari iphone")
    let_in(place, "bjorn")
    page = here.get("/mine-sessioner", headers={"Accept-Language": "da"}).text
    assert len(own(here)) == 2
    assert page.index("Safari på iPhone – den, du bruger nu") < page.index("Firefox på Linux")
    assert "Chrome" not in page
    wait(minutes=10)
    assert len(own(here)) == 1
    assert not is_in(old)


def test_one_is_ended_elsewhere(place: Stage) -> None:
    here, there, third = (let_in(place, "amalie") for _ in range(3))
    keys = own(here)
    cookie = there.get_cookie("indblik").value
    with Session(place.engine) as session:
        store_key = interface(place).key_of(cookie)
        which = session.scalars(select(SignIn.id).where(SignIn.store_key == store_key)).one()
    assert str(which) in keys
    with place.audited() as written:
        assert ended(here, str(which)) == 303
    assert [(line.act, line.why) for line in written][-1] == ("session.ended", "one")
    assert (is_in(here), is_in(there), is_in(third)) == (True, False, True)
    assert len(own(here)) == 2


def test_all_others_and_all(place: Stage) -> None:
    here, there, third = (let_in(place, "amalie") for _ in range(3))
    stranger = let_in(place, "bjorn")
    assert ended(here, "andre") == 303
    assert (is_in(here), is_in(there), is_in(third)) == (True, False, False)
    third = let_in(place, "amalie")
    assert ended(here, "alle") == 303
    assert (is_in(here), is_in(third), is_in(stranger)) == (False, False, True)


@pytest.mark.parametrize("which", ["x", "", "00000000-0000-4000-8000-000000000000"])
def test_what_is_not_one_s_own_is_not_ended(place: Stage, which: str) -> None:
    here, stranger = let_in(place, "amalie"), let_in(place, "bjorn")
    assert ended(here, which) == 303
    assert ended(here, own(stranger)[0]) == 303
    assert is_in(stranger)
    assert is_in(here)


def test_staff_have_the_same(place: Stage) -> None:
    here, there = let_in(place, "tekst"), let_in(place, "tekst")
    path = "/medarbejder/mine-sessioner"
    assert len(own(here, path)) == 2
    assert ended(here, "andre", path) == 303
    assert not is_in(there, "/medarbejder")
    assert is_in(here, "/medarbejder")


@pytest.mark.parametrize(
    ("issuer", "subject", "provider", "left"),
    [
        (ISSUER, "amalie", None, [False, False, True]),
        (ISSUER, "amalie", "p1", [False, True, True]),
        (ISSUER, None, "p1", [False, True, False]),
        (ISSUER, "bjorn", "p2", [True, True, True]),
        ("https://other.example", "amalie", "p1", [True, True, True]),
        (ISSUER, None, None, [True, True, True]),
    ],
)
def test_the_provider_ends_what_it_names(
    place: Stage, issuer: str, subject: str | None, provider: str | None, left: list[bool]
) -> None:
    browsers = [let_in(place, *who) for who in (("amalie", "p1"), ("amalie", "p2"), ("bjorn",))]
    with place.app.test_request_context("/"), Session(place.engine) as session:
        sessions.forget(end_at_provider(session, issuer, subject, provider, clock.now()))
        session.commit()
    assert [is_in(browser) for browser in browsers] == left


def test_a_session_that_is_ended_before_it_is_saved_never_begins(place: Stage) -> None:
    """The provider's word may come between the entry in the register and the first answer."""
    with place.app.test_request_context("/"):
        found = interface(place)
        key = found.key_of(sid := found._generate_sid(0))
        assert key is not None
        sessions.forget([key])
        found.store.write(key, b"\x80", int(clock.now().timestamp() * 1000), new=True)
        assert found._found(sid, touch=True) is None


@pytest.mark.parametrize(("seconds", "alive"), [(-1, True), (0, False), (1, False)])
def test_the_idle_limit_is_exact(
    place: Stage, wait: Callable[..., None], seconds: int, *, alive: bool
) -> None:
    client = place.signed_in("amalie")
    wait(minutes=29)
    assert is_in(client)
    wait(minutes=30, seconds=seconds)
    assert is_in(client) is alive


@pytest.mark.parametrize(("seconds", "alive"), [(-1, True), (0, False), (1, False)])
def test_the_absolute_limit_is_exact(
    place: Stage, wait: Callable[..., None], seconds: int, *, alive: bool
) -> None:
    client = place.signed_in("amalie")
    for _ in range(23):
        wait(minutes=20)
        assert is_in(client)
    wait(minutes=20, seconds=seconds)
    assert is_in(client) is alive


def test_asking_how_long_is_left_does_not_extend(place: Stage, wait: Callable[..., None]) -> None:
    client = place.signed_in("amalie")
    client.get("/sager")
    wait(minutes=26)
    told = client.get("/session").get_json()
    assert (told["left"], told["more"]) == (240, True)
    wait(seconds=239)
    assert client.get("/session").get_json()["left"] == 1
    wait(seconds=1)
    assert client.get("/session").get_json()["left"] == 0
    assert not is_in(client)


def test_extending_begins_the_idle_time_anew(place: Stage, wait: Callable[..., None]) -> None:
    client = place.signed_in("amalie")
    token = {"csrf_token": token_in(client.get("/sager").text)}
    wait(minutes=29)
    told = client.post("/session/forlaeng", data=token, headers={"Accept": "application/json"})
    assert told.get_json()["left"] == 1800
    assert client.post("/session/forlaeng", data=token).location == "/mine-sessioner"
    for _ in range(18):
        wait(minutes=25)
        client.post("/session/forlaeng", data=token)
    told = client.post("/session/forlaeng", data=token, headers={"Accept": "application/json"})
    assert (told.get_json()["left"], told.get_json()["more"]) == (60, False)


def test_nobody_has_no_time_left_and_cannot_extend(place: Stage) -> None:
    assert place.nobody().get("/session").get_json()["left"] == 0
    assert place.nobody().post("/session/forlaeng").status_code == 400
    client = place.nobody()
    token = {"csrf_token": token_in(client.get("/log-ind").text)}
    assert client.post("/session/forlaeng", data=token).status_code == 303
    assert client.post("/session/kasser", data=token).status_code == 303


def test_a_change_of_roles_ends_the_session(place: Stage) -> None:
    client = place.signed_in("tekst")
    with client.session_transaction() as session:
        session["roles"] = ["text_owner"]
    assert is_in(client, "/medarbejder/koder")
    with Session(place.engine.execution_options(writes=True)) as session:
        one = session.scalars(select(StaffAccount).where(StaffAccount.subject == "tekst")).one()
        one.roles = ["text_owner", "quality"]
        session.commit()
    assert client.get("/medarbejder/skoen").status_code == 303
    assert client.get("/medarbejder/koder").status_code == 303  # for good


def test_the_store_holds_no_cookie(place: Stage) -> None:
    client = place.signed_in("amalie")
    cookie = client.get_cookie("indblik").value  # type: ignore[union-attr]  # just set
    found = interface(place)
    assert cookie not in str(found.key_of(cookie))
    assert cookie.partition(".")[2] not in str(found.key_of(cookie))
    thief = place.nobody()
    for planted in (
        str(found.key_of(cookie)),
        f"{cookie.partition('.')[0]}.{found.key_of(cookie)}",
    ):
        thief.set_cookie("indblik", planted)
        assert not is_in(thief)


@pytest.mark.parametrize(
    "cookie",
    ["", ".", "a", "a.", ".a", "%FF.a", "æ.b", "ZA.x", "ZGFhYQ.x", "A" * 600, "ZA==.x", "ÿ.ÿ"],
)
def test_a_cookie_that_cannot_be_is_nobody_s(place: Stage, cookie: str) -> None:
    client = place.nobody()
    answer = client.get(
        "/sager", headers={"Cookie": f"indblik={cookie}".encode().decode("latin-1")}
    )
    assert answer.status_code == 303
