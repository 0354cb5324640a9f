"""The invitation on the page of a decided case, the token, and the published list."""

from __future__ import annotations

import hashlib
import logging
import re
from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.app import BUILT
from portal.blind.rules import blind, finalize, prepare, public_key, verify
from portal.cases.models import Case
from portal.cases.rules import packed, unpacked
from portal.cases.words import Decision, Role
from portal.cases.words import Stage as Stands
from portal.keys.queries import vault_of
from portal.participation.models import ParticipationToken
from portal.participation.queries import listed_cohorts
from portal.participation.rules import appended, quarter_of
from tests.pages.access_table import CITIZENS, PARTS, STAFF
from tests.pages.conftest import ANSWERS, token_in
from tests.rooms.participation.decisions import decide, prepared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from portal.blind.words import PublicKey
    from tests.pages.conftest import Stage

DECIDED = "26-10708"  # Sigrid's
UNDECIDED = "26-10101"  # Amalie's


class Section(NamedTuple):
    """What a browser reads out of the invitation."""

    key: PublicKey
    cohort: str
    csrf: str
    seed: str


def text(block: bytes) -> str:
    return urlsafe_b64encode(block).rstrip(b"=").decode()


def block(written: str) -> bytes:
    return urlsafe_b64decode(written + "=" * (-len(written) % 4))


@pytest.fixture
def asking(own_stage: Stage) -> Stage:
    """A stage on which enough was decided last quarter, so that there are keys."""
    today = clock.day_of(clock.now())
    decide(own_stage.engine, "aids", 50, quarter_of(today).before.first)
    settings = own_stage.settings
    prepared(own_stage.engine, vault_of(settings), today)
    return own_stage


def section_of(page: str) -> Section:
    found = {name: re.search(rf'data-{name}="([^"]+)"', page) for name in ("key", "cohort")}
    assert found["key"]
    assert found["cohort"]
    seed = re.search(r'name="seed" value="([^"]+)"', page)
    assert seed is not None
    return Section(
        public_key(b64decode(found["key"][1])), found["cohort"][1], token_in(page), seed[1]
    )


def case_path(stage: Stage, number: str) -> str:
    return f"/sager/{stage.cases.get(number, '00000000-0000-4000-8000-000000000000')}"


def opened(client: FlaskClient, stage: Stage, number: str = DECIDED) -> Section:
    return section_of(client.get(case_path(stage, number)).text)


def sent(client: FlaskClient, stage: Stage, number: str = DECIDED, **fields: str) -> TestResponse:
    return client.post(f"{case_path(stage, number)}/deltagelse", data=fields)


def fields_of(page: str) -> dict[str, str]:
    """The fields of the form that leads to the answer door."""
    form = page.partition(f'action="{ANSWERS}/"')[2].partition("</form>")[0]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


def issued(stage: Stage) -> int:
    with Session(stage.engine) as session:
        return session.scalar(select(func.count()).select_from(ParticipationToken)) or 0


def test_the_page_of_a_decided_case_invites(asking: Stage) -> None:
    page = asking.signed_in("sigrid").get(case_path(asking, DECIDED)).text
    assert '<h2 id="opinion">Din mening</h2>' in page
    assert fields_of(page) == {"cohort": "", "token": "", "signature": "", "visning": "da"}
    script = re.search(r'<script src="/static/([^"]+)" integrity="([^"]+)"', page)
    assert script is not None
    digest = hashlib.sha384((BUILT / script[1]).read_bytes()).digest()
    assert script[2] == f"sha384-{b64encode(digest).decode()}"


@pytest.mark.parametrize(
    ("person", "number", "page"),
    [("amalie", UNDECIDED, ""), ("sigrid", DECIDED, "/udskrift"), ("sigrid", DECIDED, "/indsigt")],
)
def test_no_other_page_invites(asking: Stage, person: str, number: str, page: str) -> None:
    answer = asking.signed_in(person).get(case_path(asking, number) + page)
    assert "participation" not in answer.text
    assert "connect-src 'self';" in answer.headers["Content-Security-Policy"]  # and nowhere else
    assert ANSWERS not in answer.headers["Content-Security-Policy"]


def test_without_a_key_or_a_door_nobody_is_asked(own_stage: Stage) -> None:
    client = own_stage.signed_in("sigrid")
    assert "participation" not in client.get(case_path(own_stage, DECIDED)).text
    csrf = token_in(client.get("/sager").text)
    answer = sent(client, own_stage, csrf_token=csrf, blinded=text(b"\1" * 256))
    assert (answer.status_code, answer.json) == (410, {"error": "closed"})
    own_stage.app.extensions["answers_url"] = None
    assert sent(client, own_stage, csrf_token=csrf, blinded="").status_code == 410


def test_a_blinded_message_is_signed(asking: Stage) -> None:
    client = asking.signed_in("sigrid")
    section = opened(client, asking)
    message = prepare(bytes(32))
    blinded, inverse = blind(section.key, message)
    fields = {"csrf_token": section.csrf, "blinded": text(blinded)}
    first, again = (sent(client, asking, **fields) for _ in range(2))
    assert (first.status_code, first.json) == (again.status_code, again.json)
    assert first.json is not None
    assert first.json["cohort"] == section.cohort
    finalize(
        section.key, message, block(first.json["signature"]), inverse
    )  # raises where it is not
    other = blind(section.key, prepare(bytes(32)))[0]
    refused = sent(client, asking, csrf_token=section.csrf, blinded=text(other))
    assert (refused.status_code, refused.json) == (409, {"error": "issued"})
    assert issued(asking) == 1


@pytest.mark.parametrize(
    "blinded", ["", "x", "ø", "A" * 2000, text(bytes(256)), text(b"\xff" * 256)]
)
def test_what_is_no_message_is_refused(asking: Stage, blinded: str) -> None:
    client = asking.signed_in("sigrid")
    answer = sent(client, asking, csrf_token=opened(client, asking).csrf, blinded=blinded)
    assert (answer.status_code, answer.json, issued(asking)) == (422, {"error": "wrong"}, 0)


def test_without_script_the_page_holds_the_token(asking: Stage) -> None:
    client = asking.signed_in("sigrid")
    section = opened(client, asking)
    fields = {"csrf_token": section.csrf, "seed": section.seed}
    first, again = (sent(client, asking, **fields) for _ in range(2))
    assert first.status_code == 200
    assert "Du er lidt dårligere skjult" in first.text
    held = fields_of(first.text)
    assert held == fields_of(again.text)  # by "reload" nothing is lost
    assert held["cohort"] == section.cohort
    verify(section.key, block(held["token"]), block(held["signature"]))
    assert len(block(held["token"])) == 64
    assert issued(asking) == 1


def test_without_script_there_is_no_second_token(asking: Stage) -> None:
    client = asking.signed_in("sigrid")
    section = opened(client, asking)
    assert sent(client, asking, csrf_token=section.csrf, seed=section.seed).status_code == 200
    page = client.get(case_path(asking, DECIDED)).text
    assert "Du har fået adgang til at svare om denne afgørelse." in page
    other = sent(client, asking, csrf_token=section.csrf, seed=section_of(page).seed)
    assert other.status_code == 409
    assert "Du har allerede fået adgang" in other.text
    assert fields_of(other.text) == {}


@pytest.mark.parametrize("seed", ["", "x", "A" * 42, "ø" * 43])
def test_a_form_without_a_seed_is_refused(asking: Stage, seed: str) -> None:
    client = asking.signed_in("sigrid")
    answer = sent(client, asking, csrf_token=opened(client, asking).csrf, seed=seed)
    assert (answer.status_code, issued(asking)) == (400, 0)


def test_a_case_without_a_decision_gives_none(asking: Stage) -> None:
    client = asking.signed_in("amalie")
    csrf = token_in(client.get("/sager").text)
    seed = text(bytes(32))
    answer = sent(client, asking, UNDECIDED, csrf_token=csrf, seed=seed)
    assert answer.status_code == 410
    assert "kan ikke få adgang" in answer.text
    blinded = sent(client, asking, UNDECIDED, csrf_token=csrf, blinded=text(b"\1" * 256))
    assert (blinded.status_code, issued(asking)) == (410, 0)


def people(stage: Stage) -> Iterator[tuple[str, FlaskClient, str]]:
    for person in (*CITIZENS, *STAFF):
        client = stage.signed_in(person)
        yield person, client, "" if person in STAFF else token_in(client.get("/ord").text)


def decide_now(stage: Stage, number: str) -> None:
    """Let a case of the cast be decided today."""
    decision = Decision(clock.day_of(clock.now()), "upheld", None, (), None, None)
    with Session(stage.engine) as session:
        case = session.get_one(Case, stage.cases[number])
        state = replace(unpacked(case.state), decision=decision, stage=Stands.DECIDED)
        case.state = packed(state)
        session.commit()


def test_only_who_sees_the_decision_gets_a_token(asking: Stage) -> None:
    """Whatever the part: complainant, party, representative, guardian or parent."""
    for number in ("26-10303", "26-10404", "26-11301", "26-11401"):
        decide_now(asking, number)
    wrong, given = [], set()
    for person, client, csrf in people(asking):
        for number, parts in PARTS.items():
            answer = sent(client, asking, number, csrf_token=csrf, seed=text(bytes(32)))
            page = client.get(case_path(asking, number))
            asked = 'id="participation"' in page.text
            expected = 403 if person in STAFF else 404 if person not in parts else 410
            if answer.status_code != (200 if asked and expected == 410 else expected):
                wrong.append((person, number, answer.status_code))
            if answer.status_code == 200:
                given.add(parts[person])
    assert wrong == []
    assert given == {role.value for role in Role}


def test_issuing_leaves_no_line_anywhere(asking: Stage, caplog: pytest.LogCaptureFixture) -> None:
    client = asking.signed_in("sigrid")
    section = opened(client, asking)
    blinded = text(blind(section.key, prepare(bytes(32)))[0])
    with caplog.at_level(logging.DEBUG), asking.audited() as written:
        answer = sent(client, asking, csrf_token=section.csrf, blinded=blinded)
        assert sent(client, asking, csrf_token=section.csrf, blinded="").status_code == 409
    assert answer.json is not None
    assert written == []
    logged = " ".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "citizen.participation" in logged
    for secret in (blinded, answer.json["signature"], str(asking.cases[DECIDED]), section.cohort):
        assert secret not in logged


def test_the_list_is_shown_to_everybody(asking: Stage) -> None:
    file = asking.settings.cohorts_file
    assert file is not None
    assert "Der er ingen nøgler endnu." in asking.nobody().get("/deltagelse/noegler").text
    assert asking.nobody().get("/deltagelse/noegler.jsonl").data == b""
    with Session(asking.engine) as session:
        cohorts = listed_cohorts(session)
    file.write_text(appended("", cohorts))
    page = asking.nobody().get("/deltagelse/noegler").text
    for cohort in cohorts:
        assert cohort.name in page
        assert hashlib.sha256(cohort.key).hexdigest()[:16] in page
    answer = asking.nobody().get("/deltagelse/noegler.jsonl")
    assert (answer.mimetype, answer.text) == ("application/jsonl", file.read_text())


@pytest.mark.parametrize("content", [b"{}\n", b"\xff\n"])
def test_a_list_that_cannot_be_believed_is_not_shown(own_stage: Stage, content: bytes) -> None:
    file = own_stage.settings.cohorts_file
    assert file is not None
    file.write_bytes(content)
    answer = own_stage.nobody().get("/deltagelse/noegler")
    assert answer.status_code == 503
    assert "Listen kan ikke vises lige nu." in answer.text


@pytest.mark.parametrize("view", ["da-simple", "en"])
def test_each_view_has_its_words(asking: Stage, view: str) -> None:
    client = asking.signed_in("sigrid")
    section = section_of(client.get(f"{case_path(asking, DECIDED)}?visning={view}").text)
    page = sent(client, asking, csrf_token=section.csrf, seed=section.seed).text
    assert fields_of(page)["visning"] == view
    assert client.get("/deltagelse/noegler").status_code == 200
