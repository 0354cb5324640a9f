"""The simulator: for a developer's machine only, marked everywhere, right in what it checks."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from joserfc import jwt
from werkzeug.test import Client

from portal.i18n import VIEWS, View, language
from portal.pages.oidc.keys import own_key
from portal.settings import SettingsError
from portal.simulator import Invented, create_simulator
from portal.simulator import protocol as inside
from portal.simulator.protocol import ASSERTION_TYPE, Tickets
from portal.simulator.words import WrongRequest

if TYPE_CHECKING:
    from portal.settings import Settings

PEOPLE = [Invented("Anna Opfundet", "6101901234"), Invented("Mette", roles=("text_owner",))]
MARK = "Det her er ikke MitID"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"  # of the verifier, RFC 7636 appendix B
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"


@pytest.fixture
def client(settings: Settings) -> Client:
    return Client(create_simulator(settings, PEOPLE))


def asked(settings: Settings, **changed: str) -> dict[str, str]:
    right = {
        "client_id": settings.citizen.client_id,
        "redirect_uri": f"{settings.public_url}/log-ind/retur",
        "response_type": "code",
        "scope": "openid profile ssn",
        "state": "s",
        "nonce": "n",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    return right | changed


def code(client: Client, settings: Settings) -> str:
    page = client.get("/authorize", query_string=asked(settings)).text
    ticket = re.search(r'name="ticket" value="([^"]*)"', page)
    assert ticket is not None
    answer = client.post("/authorize", data={"ticket": ticket[1], "person": "0"})
    found = re.search(r"code=([^&]*)", answer.location)
    assert found is not None
    return found[1]


def proof(settings: Settings, **changed: object) -> dict[str, str]:
    key = own_key(settings.citizen.key_file)
    client_id = settings.citizen.client_id
    claims = {"iss": client_id, "sub": client_id, "aud": settings.citizen.issuer}
    claims |= {"exp": int(time.time()) + 60, **changed}  # type: ignore[dict-item]
    return {
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": jwt.encode({"alg": "ES256"}, claims, key),
    }


def form(settings: Settings, given: str, **changed: str) -> dict[str, str]:
    right = {
        "grant_type": "authorization_code",
        "code": given,
        "code_verifier": VERIFIER,
        "redirect_uri": f"{settings.public_url}/log-ind/retur",
    }
    return right | proof(settings) | changed


@pytest.mark.parametrize(
    "changed",
    [
        {"public_url": "https://indblik.example"},
        {"public_url": "http://indblik.example"},
    ],
)
def test_it_cannot_stand_where_others_reach_it(settings: Settings, changed: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="developer"):
        create_simulator(replace(settings, **changed), PEOPLE)  # type: ignore[arg-type]


def test_it_cannot_stand_beside_another_preset(settings: Settings) -> None:
    real = replace(settings.citizen, preset="nets-eid-broker")
    with pytest.raises(SettingsError):
        create_simulator(replace(settings, citizen=real, staff=real), PEOPLE)


def test_every_page_is_marked_and_none_names_a_number(client: Client, settings: Settings) -> None:
    pages = [
        client.get("/authorize", query_string=asked(settings)),
        client.get("/authorize"),
        client.get("/end-session"),
    ]
    assert [page.status_code for page in pages] == [200, 400, 200]
    for page in pages:
        assert MARK in page.text
        assert page.text.count("<h1>") == 1
        assert '<html lang="da"' in page.text
        assert "6101901234" not in page.text


def test_it_speaks_the_language_that_is_asked_for(client: Client, settings: Settings) -> None:
    page = client.get("/authorize", query_string=asked(settings, ui_locales="en")).text
    assert "This is not MitID" in page
    assert '<html lang="en"' in page
    assert not re.search(r"simulator\.[a-z]", page)  # a key without its sentence


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_it_speaks_the_language_of_every_view(
    client: Client, settings: Settings, view: View
) -> None:
    asks = asked(settings, ui_locales=f"{language(view)}-XX xx")
    page = client.get("/authorize", query_string=asks).text
    spoken = next(one for one in VIEWS.values() if language(one) == language(view))
    assert f'<html lang="{spoken.lang}" dir="{spoken.dir}"' in page
    assert not re.search(r"simulator\.[a-z]", page)


def test_it_speaks_danish_where_it_knows_none_of_the_languages(
    client: Client, settings: Settings
) -> None:
    page = client.get("/authorize", query_string=asked(settings, ui_locales="xx fr")).text
    assert '<html lang="da"' in page


def test_each_door_shows_its_own_people(client: Client, settings: Settings) -> None:
    citizens = client.get("/authorize", query_string=asked(settings)).text
    assert "Anna" in citizens
    assert "Mette" not in citizens
    staff = asked(
        settings,
        client_id=settings.staff.client_id,
        redirect_uri=f"{settings.public_url}/medarbejder/retur",
    )
    page = client.get("/authorize", query_string=staff).text
    assert "Mette" in page
    assert "Anna" not in page


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "other"}, {"redirect_uri": "https://elsewhere.example"},
        {"response_type": "token"}, {"code_challenge_method": "plain"}, {"code_challenge": ""},
        {"state": ""}, {"nonce": ""}, {"scope": "profile"},
    ],
)  # fmt: skip
def test_a_wrong_request_is_never_sent_back(
    client: Client, settings: Settings, changed: dict[str, str]
) -> None:
    assert client.get("/authorize", query_string=asked(settings, **changed)).status_code == 400


@pytest.mark.parametrize(
    "choice", [{"person": "99"}, {"person": "x"}, {"person": "0", "level": "x"}]
)
def test_a_choice_that_was_not_offered(
    client: Client, settings: Settings, choice: dict[str, str]
) -> None:
    page = client.get("/authorize", query_string=asked(settings)).text
    ticket = re.findall(r'name="ticket" value="([^"]*)"', page)[0]
    assert client.post("/authorize", data={"ticket": ticket, **choice}).status_code == 400
    assert client.post("/authorize", data={"ticket": ticket, "person": "0"}).status_code == 400


def test_a_code_is_exchanged_once(client: Client, settings: Settings) -> None:
    given = code(client, settings)
    token = client.post("/token", data=form(settings, given))
    assert token.status_code == 200
    bearer = {"Authorization": f"Bearer {token.json['access_token']}"}  # type: ignore[index]
    userinfo = client.get("/userinfo", headers=bearer)
    assert userinfo.json == {
        "sub": PEOPLE[0].subject,
        "name": "Anna Opfundet",
        "cpr": "6101901234",
    }
    assert client.post("/token", data=form(settings, given)).json == {"error": "invalid_grant"}
    assert client.get("/userinfo", headers={"Authorization": "Bearer x"}).status_code == 401


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code_verifier": "another"}, "invalid_grant"),
        ({"redirect_uri": "http://localhost/"}, "invalid_grant"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_assertion": "x"}, "invalid_client"),
        ({"client_assertion_type": "x"}, "invalid_client"),
    ],
)
def test_a_code_is_for_whom_it_was_given(
    client: Client, settings: Settings, changed: dict[str, str], error: str
) -> None:
    answer = client.post("/token", data=form(settings, code(client, settings), **changed))
    assert (answer.status_code, answer.json) == (400, {"error": error})


@pytest.mark.parametrize("changed", [{"aud": "other"}, {"sub": "other"}, {"exp": 1}])
def test_a_proof_of_who_asks_is_checked(
    client: Client, settings: Settings, changed: dict[str, object]
) -> None:
    data = form(settings, code(client, settings)) | proof(settings, **changed)
    assert client.post("/token", data=data).json == {"error": "invalid_client"}


def test_signing_out_leads_only_back_to_the_portal(client: Client, settings: Settings) -> None:
    back = f"{settings.public_url}/logget-ud"
    query = {"post_logout_redirect_uri": back}
    assert client.get("/end-session", query_string=query).location == back
    query = {"post_logout_redirect_uri": "https://elsewhere.example"}
    assert client.get("/end-session", query_string=query).location is None


def test_tickets_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    tickets: Tickets[int] = Tickets()
    names = [tickets.hand_out(number) for number in range(inside.MOST + 10)]
    assert len(tickets) == inside.MOST
    assert tickets.redeem(names[-1], "gone") == inside.MOST + 9
    later = time.monotonic() + inside.SECONDS + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    with pytest.raises(WrongRequest, match="gone"):
        tickets.redeem(names[-2], "gone")
    tickets.hand_out(0)
    assert len(tickets) == 1
