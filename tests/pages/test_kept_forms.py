"""What was typed when a session ended is there after signing in again: for its account alone."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal import clock
from portal.kept_forms.actions import expire
from portal.kept_forms.models import KeptForm
from portal.kept_forms.rules import KEPT, MOST, MOST_BYTES
from portal.pages.kept import TOKEN_LASTS, page_of
from tests.pages.conftest import set_up, settings_for, token_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.pages.conftest import Stage

ADDRESS = "kim@opfundet.example"
NASTY = '"><script>alert(1)</script> æøå & </textarea>'


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, key_file: Path) -> Iterator[Stage]:
    """A portal of its own. What SQL does on PostgreSQL: tests/rooms/kept_forms."""
    folder = tmp_path_factory.mktemp("kept-forms")
    made = set_up(settings_for(f"sqlite:///{folder / 'stage.db'}", folder, key_file))
    yield made
    made.engine.dispose()


@pytest.fixture
def place(house: Stage) -> Stage:
    """The portal, with nothing kept."""
    with Session(house.engine.execution_options(writes=True)) as session:
        session.execute(delete(KeptForm))
        session.commit()
    return house


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Lets time pass on the portal's clock."""
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)

    def pass_(waited: timedelta) -> None:
        nonlocal moment
        moment += waited

    return pass_


def sent(client: FlaskClient, **more: object) -> TestResponse:
    """The form for volunteers, sent after the session has ended."""
    token = token_in(client.get("/deltag").text)
    client.delete_cookie("indblik")
    form = {"csrf_token": token, "contact": ADDRESS, "kinds": ["panel"], "called": "Kim", **more}
    return client.post("/deltag", data=form)


def kept(stage: Stage) -> list[KeptForm]:
    with Session(stage.engine) as session:
        return list(session.scalars(select(KeptForm)))


def way_back(stage: Stage, person: str) -> str | None:
    with stage.app.test_request_context("/"):
        return page_of(stage.users[person])


def value(page: str, name: str) -> str | None:
    found = re.search(rf'<input[^>]* name="{name}"[^>]* value="([^"]*)"', page)
    return unescape(found[1]) if found else None


def test_a_late_form_leads_to_sign_in_and_says_that_it_is_kept(place: Stage) -> None:
    answer = sent(place.signed_in("amalie"))
    assert (answer.status_code, answer.location) == (303, "/log-ind?next=/deltag&bevaret=ja")
    page = place.nobody().get(answer.location, headers={"Accept-Language": "da"}).text
    assert "Det, du skrev, er gemt" in page
    assert ADDRESS not in page


def test_the_same_account_finds_it_in_the_form(place: Stage) -> None:
    sent(place.signed_in("amalie"), called=NASTY)
    again = place.signed_in("amalie")
    where = way_back(place, "amalie")
    assert where is not None
    page = again.get(where).text
    assert value(page, "contact") == ADDRESS
    assert value(page, "called") == NASTY
    assert "<script>alert" not in page
    assert re.search(r'<input[^>]*value="panel"[^>]* checked', page)
    assert not re.search(r'<input[^>]*value="interview"[^>]* checked', page)
    assert ADDRESS not in again.get("/deltag").text  # only where it is asked for


def test_a_form_that_needs_a_fresh_sign_in_waits_for_it(
    place: Stage, late: Callable[[timedelta], None]
) -> None:
    client = place.signed_in("amalie")
    token = token_in(client.get("/dine-oplysninger/slet").text)
    late(timedelta(minutes=16))
    form = {"csrf_token": token, "do": "now", "now": ["panel", "sessions"]}
    answer = client.post("/dine-oplysninger/slet", data=form)
    assert answer.location == "/log-ind?next=%2Fdine-oplysninger%2Fslet&igen=frisk"
    page = place.signed_in("amalie").get(str(way_back(place, "amalie"))).text
    assert re.search(r'<input[^>]*value="sessions"[^>]* checked', page)


def test_what_has_been_sent_again_is_kept_no_longer(place: Stage) -> None:
    sent(place.signed_in("amalie"))
    again = place.signed_in("amalie")
    page = again.get(str(way_back(place, "amalie"))).text
    form = {"csrf_token": token_in(page), "contact": ADDRESS, "kinds": ["panel"]}
    assert again.post("/deltag", data=form).status_code == 422  # consent is missing
    assert len(kept(place)) == 1
    version = str(value(page, "version"))
    done = again.post("/deltag", data={**form, "agree": "yes", "version": version})
    assert done.status_code == 303
    assert kept(place) == []


def test_it_can_be_deleted(place: Stage) -> None:
    sent(place.signed_in("amalie"))
    again, other = place.signed_in("amalie"), place.signed_in("bjorn")
    where = str(way_back(place, "amalie"))
    which = where.partition("bevaret=")[2]
    form = {"csrf_token": token_in(other.get("/ord").text), "bevaret": which}
    other.post("/session/kasser", data=form)
    assert len(kept(place)) == 1
    form["csrf_token"] = token_in(again.get(where).text)
    assert again.post("/session/kasser", data=form).location == "/deltag"
    assert kept(place) == []


@pytest.mark.parametrize("person", ["bjorn", "tekst"])
def test_nobody_else_finds_it_on_the_same_computer(place: Stage, person: str) -> None:
    sent(place.signed_in("amalie"))
    assert way_back(place, person) is None
    which = str(way_back(place, "amalie"))
    answer = place.signed_in(person).get(which)
    assert ADDRESS not in answer.text
    assert "Kim" not in answer.text


def test_somebody_else_who_sends_it_again_is_shown_nothing(place: Stage) -> None:
    """The page of the one still lies open when the other has signed in."""
    token = token_in(place.signed_in("amalie").get("/deltag").text)
    other = place.signed_in("bjorn")
    answer = other.post("/deltag", data={"csrf_token": token, "contact": ADDRESS})
    assert answer.status_code == 400
    assert ADDRESS not in answer.text
    assert way_back(place, "bjorn") is None
    assert [one.account for one in kept(place)] == [place.users["amalie"]]


def test_who_has_signed_in_anew_in_another_window_is_led_to_it(place: Stage) -> None:
    token = token_in(place.signed_in("amalie").get("/deltag").text)
    again = place.signed_in("amalie")
    answer = again.post("/deltag", data={"csrf_token": token, "contact": ADDRESS})
    assert answer.status_code == 303
    assert value(again.get(answer.location).text, "contact") == ADDRESS


def test_a_form_that_names_nobody_is_not_kept(place: Stage) -> None:
    client = place.signed_in("amalie")
    token = token_in(client.get("/deltag").text)
    own = token.partition("~")
    foreign = token_in(place.signed_in("bjorn").get("/deltag").text).partition("~")[2]
    body, _, mac = own[2].partition(".")
    halves = ("", body, f"{body}.{mac[:-1]}", f"{foreign.partition('.')[0]}.{mac}", f"x.{mac}", ".")
    forged = [own[0], *(f"{own[0]}~{half}" for half in halves), "~", ""]
    client.delete_cookie("indblik")
    for one in forged:
        answer = client.post("/deltag", data={"csrf_token": one, "contact": ADDRESS})
        assert answer.location == "/log-ind"
    assert kept(place) == []


def test_it_is_sealed_for_its_account(place: Stage) -> None:
    sent(place.signed_in("amalie"))
    with Session(place.engine) as session:
        row = session.scalars(select(KeptForm)).one()
        assert ADDRESS.encode() not in row.sealed
        assert b"/deltag" not in row.sealed
        row.account = place.users["bjorn"]  # whoever writes to the database moves it
        session.commit()
    assert way_back(place, "bjorn") is None


def test_it_is_kept_for_a_day_to_the_second(
    place: Stage, late: Callable[[timedelta], None]
) -> None:
    sent(place.signed_in("amalie"))
    late(KEPT - timedelta(seconds=1))
    assert way_back(place, "amalie")
    assert expired(place, clock.now()) == 0
    late(timedelta(seconds=1))
    assert way_back(place, "amalie") is None
    assert expired(place, clock.now()) == 1


def expired(stage: Stage, now: datetime) -> int:
    with Session(stage.engine) as session:
        count = expire(session, now)
        session.commit()
    return count


@pytest.mark.parametrize(("passed", "found"), [(-1, True), (1, False)])
def test_a_page_may_lie_open_for_two_days(
    place: Stage, late: Callable[[timedelta], None], passed: int, *, found: bool
) -> None:
    client = place.signed_in("amalie")
    token = token_in(client.get("/deltag").text)
    late(TOKEN_LASTS + timedelta(seconds=passed))
    client.post("/deltag", data={"csrf_token": token, "contact": ADDRESS})
    assert bool(kept(place)) is found


def test_no_more_than_a_few_are_kept(place: Stage, late: Callable[[timedelta], None]) -> None:
    for number in range(MOST + 2):
        late(timedelta(seconds=1))
        sent(place.signed_in("amalie"), called=f"nr. {number}")
    assert len(kept(place)) == MOST
    where = way_back(place, "amalie")
    assert value(place.signed_in("amalie").get(str(where)).text, "called") == f"nr. {MOST + 1}"


def test_too_much_is_not_kept_and_does_no_harm(place: Stage) -> None:
    client = place.signed_in("amalie")
    token = token_in(client.get("/deltag").text)
    client.delete_cookie("indblik")
    many = {"csrf_token": token, "kinds": ["x"] * 501}
    assert client.post("/deltag", data=many).location == "/log-ind"
    whole = {"csrf_token": token, "contact": "x" * (MOST_BYTES - 2000)}
    assert "bevaret" in client.post("/deltag", data=whole).location


def test_what_the_page_no_longer_asks_for_can_be_read(place: Stage) -> None:
    """The text was coded by somebody else, the change is gone: what was written is not."""
    client = place.signed_in("temaejer")
    path = "/medarbejder/ideer/ny"
    token = token_in(client.get(path).text)
    client.delete_cookie("indblik")
    gone = "/medarbejder/ideer/00000000-0000-4000-8000-000000000000"
    client.post(gone, data={"csrf_token": token, "title": "Tænkt længe over"})
    page = place.signed_in("temaejer").get(str(way_back(place, "temaejer"))).text
    assert "Tænkt længe over" in page


FORMS = [
    ("amalie", "/deltag", {"contact": ADDRESS}),
    ("temaejer", "/medarbejder/ideer/ny", {"title": "En idé", "text": "To\nlinjer"}),
    ("temaejer", "/medarbejder/kodebog/nyt", {"title": "Et tema"}),
]


@pytest.mark.parametrize(("person", "path", "typed"), FORMS)
def test_forms_of_citizens_and_staff(
    place: Stage, person: str, path: str, typed: dict[str, str]
) -> None:
    client = place.signed_in(person)
    token = token_in(client.get(path).text)
    client.delete_cookie("indblik")
    client.post(path, data={"csrf_token": token, **typed})
    page = unescape(place.signed_in(person).get(str(way_back(place, person))).text)
    for told in typed.values():
        assert told in page


def test_every_form_in_which_something_is_typed_names_its_account(place: Stage) -> None:
    for person, path in (("amalie", "/deltag"), ("temaejer", "/medarbejder/ideer/ny")):
        page = place.signed_in(person).get(path).text
        forms = re.findall(r'<form[^>]*method="post".*?</form>', page, re.DOTALL)
        named = [bool(re.search(r'name="csrf_token" value="[^"]+~', form)) for form in forms]
        typed = [bool(re.search(r'<(textarea|select|input(?! type="hidden"))', form))
                 for form in forms]  # fmt: skip
        assert all(token_in(form) for form in forms)
        assert named == typed
        assert any(typed)
