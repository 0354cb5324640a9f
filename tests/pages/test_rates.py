"""How often people may come: who is counted together, what is kept out, and what never is."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from portal import clock
from portal.app import create_app
from portal.settings import SettingsError
from tests.pages.conftest import Stage, token_in
from tests.servers.portal import LIMITS

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

ONE_KIND = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
pytestmark = ONE_KIND
PROXY = {"REMOTE_ADDR": "10.0.0.1"}


@pytest.fixture
def strict(stage: Stage, tmp_path: Path, request: pytest.FixtureRequest) -> Stage:
    """The portal with the limits that a test asks for; all others are out of reach."""
    told = getattr(request, "param", {})
    lines = LIMITS.read_text().splitlines()
    lines = [line for line in lines if line.partition(" ")[0] not in told]
    file = tmp_path / "limits.toml"
    file.write_text("\n".join([*lines, *(f"{name} = {one}" for name, one in told.items()), ""]))
    settings = replace(stage.settings, limits_file=file, workers=1, trusted_proxies=1)
    return replace(stage, app=create_app(settings), settings=settings)


def limited(**amounts: int) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("strict", [amounts], indirect=True, ids=["limited"])


def statuses(client: FlaskClient, path: str, count: int, address: str = "192.0.2.1") -> list[int]:
    given = {"X-Forwarded-For": address}
    asked = [client.get(path, headers=given, environ_base=PROXY) for _ in range(count)]
    return [one.status_code for one in asked]


@limited(pages_address=3)
@pytest.mark.parametrize(
    ("view", "words"),
    [("da", "Vent lidt"), ("da-simple", "Vent lidt"), ("en", "Wait a little")],
)
def test_the_page_says_what_to_do(strict: Stage, view: str, words: str) -> None:
    client = strict.nobody()
    assert statuses(client, "/ord", 3) == [200] * 3
    answer = client.get(
        f"/ord?visning={view}", headers={"X-Forwarded-For": "192.0.2.1"}, environ_base=PROXY
    )
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert words in answer.text
    assert f'<html lang="{view}"' in answer.text


@limited(pages_address=3)
def test_a_document_for_machines_says_it_in_their_way(strict: Stage) -> None:
    client = strict.nobody()
    assert statuses(client, "/api/v1/openapi.json", 4)[-1] == 429
    answer = client.get(
        "/api/v1/openapi.json", headers={"X-Forwarded-For": "192.0.2.1"}, environ_base=PROXY
    )
    assert answer.content_type == "application/problem+json"
    assert 1 <= int(answer.headers["Retry-After"]) <= 60


@limited(pages_address=3)
def test_an_address_cannot_be_chosen(strict: Stage) -> None:
    client = strict.nobody()
    told = [statuses(client, "/ord", 1, f"203.0.113.{n}, 192.0.2.1")[0] for n in range(6)]
    assert told == [200, 200, 200, 429, 429, 429]
    assert statuses(client, "/ord", 1, "192.0.2.1, 192.0.2.2") == [200]


@limited(pages_address=3)
def test_a_network_of_the_sixth_version_is_one(strict: Stage) -> None:
    client = strict.nobody()
    same = [statuses(client, "/ord", 1, f"2001:db8:1:2:{n}::1")[0] for n in range(4)]
    assert same == [200, 200, 200, 429]
    assert statuses(client, "/ord", 1, "2001:db8:1:3::1") == [200]


@limited(pages_address=3, pages_person=3)
def test_neighbours_do_not_keep_each_other_out(strict: Stage) -> None:
    assert statuses(strict.nobody(), "/ord", 5)[-1] == 429
    amalie, sigrid = strict.signed_in("amalie"), strict.signed_in("sigrid")
    assert statuses(amalie, "/sager", 5) == [200, 200, 200, 429, 429]
    assert statuses(sigrid, "/sager", 3) == [200, 200, 200]


@limited(refused_person=5)
def test_guessing_does_not_lock_anybody_out_of_their_cases(
    strict: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, own = strict.signed_in("amalie"), f"/sager/{strict.cases['26-10101']}"
    with strict.audited() as told:
        guessed = [statuses(client, f"/sager/{uuid4()}", 1)[0] for _ in range(9)]
    assert guessed == [404] * 5 + [429] * 4
    assert len(told) == 5  # who must wait costs the log nothing
    assert statuses(client, own, 1) == [429]
    assert statuses(client, "/sager", 20) == [200] * 20
    later = clock.now() + timedelta(seconds=61)
    monkeypatch.setattr("portal.clock.now", lambda: later)
    assert statuses(client, own, 1) == [200]


@limited(refused_address=5)
def test_who_looks_for_holes_keeps_nobody_from_reading(strict: Stage) -> None:
    client = strict.nobody()
    assert statuses(client, "/wp-login.php", 8) == [404] * 5 + [429] * 3
    assert statuses(client, "/sager", 1) == [429]
    for path in ("/", "/ord", "/tilgaengelighed", "/log-ind"):
        assert statuses(client, path, 3) == [200] * 3
    assert statuses(strict.signed_in("amalie"), "/sager", 3) == [200] * 3


@limited(refused_address=5)
def test_forged_returns_do_not_stop_a_sign_in_that_has_begun(strict: Stage) -> None:
    forger, honest = strict.nobody(), strict.nobody()
    with honest.session_transaction() as session:
        session["sign_ins"] = {}
    with strict.audited() as told:
        forged = [statuses(forger, f"/log-ind/retur?state={n}&code=x", 1)[0] for n in range(9)]
    assert forged == [400] * 5 + [429] * 4
    assert len(told) == 5
    assert statuses(honest, "/log-ind/retur?state=old", 1) == [400]


@limited(sign_in_address=4, sign_in_all=6)
def test_a_flood_of_sign_ins(strict: Stage) -> None:
    client = strict.nobody()
    assert statuses(client, "/log-ind", 6) == [200] * 4 + [429] * 2
    assert statuses(client, "/medarbejder/log-ind", 3, "192.0.2.9") == [429] * 3  # of everybody
    assert statuses(client, "/ord", 1) == [200]


@limited(forms_person=2)
def test_a_form_that_was_not_taken_says_so(strict: Stage) -> None:
    client = strict.signed_in("amalie")
    token = token_in(client.get("/deltag").text)
    sent = [client.post("/deltag?visning=en", data={"csrf_token": token}) for _ in range(3)]
    assert [one.status_code == 429 for one in sent] == [False, False, True]
    assert "has not been saved" in sent[-1].text
    assert client.get("/deltag").status_code == 200


@limited(exports_person=2)
def test_files_have_a_limit_of_their_own(strict: Stage) -> None:
    client, case = strict.signed_in("amalie"), strict.cases["26-10101"]
    assert statuses(client, f"/sager/{case}/udskrift", 3) == [200, 200, 429]
    assert statuses(client, f"/sager/{case}", 3) == [200] * 3


@limited(refused_person_hour=2)
def test_slow_guessing_is_told_and_keeps_nobody_out(
    strict: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    client = strict.signed_in("amalie")
    with caplog.at_level(logging.WARNING, "indblik.rates"):
        guessed = [statuses(client, f"/sager/{uuid4()}", 1)[0] for _ in range(5)]
    assert guessed == [404] * 5
    assert [one.getMessage() for one in caplog.records] == ["limit reached: refused_person_hour"]


@limited(pages_address=3)
def test_the_log_names_the_limit_and_nobody(
    strict: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        statuses(strict.nobody(), "/ord", 20)
    lines = [one for one in caplog.records if one.name == "indblik.rates"]
    assert len(lines) == 1
    assert vars(lines[0])["limit"] == "pages_address"
    assert "192.0.2" not in str([vars(one) for one in caplog.records])


def test_proxies_that_nobody_told_of_are_told(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(replace(stage.settings, trusted_proxies=0))
    for _ in range(3):
        app.test_client().get("/ord", headers={"X-Forwarded-For": "192.0.2.1"})
    told = [one for one in caplog.records if "INDBLIK_TRUSTED_PROXIES" in one.getMessage()]
    assert len(told) == 1


@pytest.mark.parametrize(
    "text", ["", "[amounts]\nnothing = 1", "[amounts]\npages_person = 0", "[amounts]\nx = 'a'", "="]
)
def test_a_wrong_file_of_amounts_stops_the_start(stage: Stage, tmp_path: Path, text: str) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(text)
    with pytest.raises(SettingsError, match="INDBLIK_LIMITS_FILE"):
        create_app(replace(stage.settings, limits_file=file))
