"""What brokers send, in the shape that their public papers show: read right, and refused right.

The people are invented; names of claims and errors are as the brokers spell them.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from portal.i18n import KNOWN
from portal.identity.rules import (
    check_level,
    citizen_claims,
    first_text,
    holds_personal_data,
    refusal_of,
    staff_claims,
)
from portal.identity.words import NEAREST, PRESETS, Loa, PersonalIn, Preset, SignInRefused

FOLDER = Path(__file__).with_name("brokers")
RECORDED = {path.stem: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}
CITIZENS = [name for name, told in RECORDED.items() if "citizen" in told]
STAFF = [name for name, told in RECORDED.items() if "staff" in told]


def each(part: str) -> pytest.MarkDecorator:
    """A test for each of these parts of each broker."""
    cases = [(name, *case) for name, told in RECORDED.items() for case in told[part]]
    names = {"levels": "where, claim, value, level", "wrong_types": "where, claim, value",
             "errors": "error, description, kind, code"}  # fmt: skip
    return pytest.mark.parametrize(f"broker, {names[part]}", cases)


def told(
    broker: str, where: str = "", claim: str = "", value: object = None
) -> tuple[Preset, dict[str, Any], dict[str, Any]]:
    """The preset, the id_token and what is told of the person, with one claim changed."""
    recorded = copy.deepcopy(RECORDED[broker])
    id_token = recorded["id_token"]
    personal = id_token if recorded["personal"] == "id_token" else recorded["personal"]
    if where:
        (id_token if where == "id_token" else personal)[claim] = value
    return PRESETS[broker], id_token, personal


def test_every_preset_has_a_recording() -> None:
    assert RECORDED.keys() == PRESETS.keys() - {"simulator"}


@pytest.mark.parametrize("broker", CITIZENS)
def test_a_citizen_is_read(broker: str) -> None:
    preset, id_token, personal = told(broker)
    expected = RECORDED[broker]["citizen"]
    claims = citizen_claims(preset, id_token, personal)
    assert (claims.cpr, claims.name) == (expected["cpr"], expected["name"])
    assert (claims.loa.name, claims.subject) == (expected["loa"], id_token["sub"])
    assert first_text(id_token, preset.provider_session) == expected["session"]
    assert first_text(personal | id_token, preset.transaction) == expected["transaction"]


@pytest.mark.parametrize("broker", STAFF)
def test_staff_are_read(broker: str) -> None:
    preset, id_token, personal = told(broker)
    expected = RECORDED[broker]["staff"]
    claims = staff_claims(preset, id_token, personal)
    assert (claims.name, sorted(claims.roles)) == (expected["name"], expected["roles"])
    assert check_level(preset, id_token, personal).name == expected["loa"]
    assert first_text(id_token, preset.provider_session) == expected["session"]
    assert first_text(personal | id_token, preset.transaction) == expected["transaction"]


@each("levels")
def test_a_level_is_read(
    broker: str, *, where: str, claim: str, value: object, level: str | None
) -> None:
    preset, id_token, personal = told(broker, where, claim, value)
    if level is not None:
        assert check_level(preset, id_token, personal) is Loa[level]
        return
    with pytest.raises(SignInRefused, match="low_assurance"):
        check_level(preset, id_token, personal)


@pytest.mark.parametrize("broker", RECORDED)
def test_a_level_that_is_not_told_is_none(broker: str) -> None:
    preset, id_token, personal = told(broker)
    for claim in preset.loa:
        id_token.pop(claim, None)
        personal.pop(claim, None)
    with pytest.raises(SignInRefused, match="low_assurance"):
        check_level(preset, id_token, personal)


@each("wrong_types")
def test_a_claim_of_another_type_lets_nobody_in(
    broker: str, where: str, claim: str, value: object
) -> None:
    preset, id_token, personal = told(broker, where, claim, value)
    read = staff_claims if broker in STAFF else citizen_claims
    with pytest.raises(SignInRefused, match="wrong_type"):
        read(preset, id_token, personal)


@each("errors")
def test_an_error_is_told_apart(
    broker: str, *, error: str, description: str, kind: str, code: str
) -> None:
    refusal = refusal_of(error, description, PRESETS[broker])
    assert (refusal.kind.value, refusal.code) == (kind, code)


@pytest.mark.parametrize("broker", [b for b in CITIZENS if PRESETS[b].has_cpr])
def test_a_number_that_is_left_out_is_missed(broker: str) -> None:
    preset, id_token, personal = told(broker)
    del personal[preset.cpr]
    with pytest.raises(SignInRefused, match="cpr_missing"):
        citizen_claims(preset, id_token, personal)


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_every_preset_speaks_every_readers_language(preset: Preset) -> None:
    spoken = dict(preset.languages)
    assert spoken.keys() <= KNOWN.keys()
    assert (spoken["da"], spoken["da-simple"], spoken[NEAREST]) == ("da", "da", NEAREST)
    assert preset.language_parameter


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_every_preset_can_ask_for_both_levels(preset: Preset) -> None:
    assert dict(preset.level_words).keys() == {"SUBSTANTIAL", "HIGH"}
    asked = {
        " ".join(value % {"level": word} for _, value in preset.parameters)
        for _, word in preset.level_words
    }
    assert len(asked) == 2


@pytest.mark.parametrize("broker", RECORDED)
def test_an_id_token_that_names_a_person_is_known_as_such(broker: str) -> None:
    preset, id_token, _ = told(broker)
    assert holds_personal_data(preset, id_token) is (preset.personal_in is PersonalIn.ID_TOKEN)
