"""A preset from a file: for a provider that the portal has no preset for."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from typing import Any

import pytest

from portal.identity.rules import citizen_claims, preset_from, refusal_of
from portal.identity.words import (
    PRESETS,
    Assured,
    Loa,
    PersonalIn,
    Preset,
    PresetWrong,
    RefusalKind,
    StaffRole,
)
from tests.guards.tree import ROOT

FILE = """
like = "nemlogin-bridge"
scopes = ["openid", "nemlogin"]
cpr = "cpr"
loa = ["acr"]
loa_in = "userinfo"
personal_in = "userinfo"
max_age = 60
by_certificate = true
assured = "token_endpoint"
[parameters]
acr_values = "level:%(level)s"
[level_words]
SUBSTANTIAL = "3"
HIGH = "4"
[levels]
"level:3" = "SUBSTANTIAL"
"level:4" = "HIGH"
[role_names]
"Quality.Read" = "quality"
[refusals."User Cancelled"]
kind = "stopped"
code = "user_aborted"
"""


def test_a_file_says_what_is_different() -> None:
    preset = preset_from(tomllib.loads(FILE))
    base = PRESETS["nemlogin-bridge"]
    assert preset.scopes == ("openid", "nemlogin")
    assert (preset.cpr, preset.name) == ("cpr", base.name)
    assert (preset.loa_in, preset.personal_in) == (PersonalIn.USERINFO, PersonalIn.USERINFO)
    assert (preset.max_age, preset.by_certificate) == (60, True)
    assert preset.assured is Assured.TOKEN_ENDPOINT
    assert preset.parameters == (("acr_values", "level:%(level)s"),)
    assert preset.levels == (("level:3", Loa.SUBSTANTIAL), ("level:4", Loa.HIGH))
    assert preset.role_names == (("Quality.Read", StaffRole.QUALITY),)
    refusal = refusal_of("access_denied", "user cancelled by hand", preset)
    assert (refusal.kind, refusal.code) == (RefusalKind.STOPPED, "user_aborted")
    claims = citizen_claims(
        preset, {"iss": "i", "sub": "s"}, {"acr": "level:4", "cpr": "6101901234"}
    )
    assert (claims.loa, claims.cpr) == (Loa.HIGH, "6101901234")


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ({}, "like: must be one of entra-staff, idura"),
        ({"like": "simulator"}, "like: must be one of"),
        ({"like": ["idura"]}, "like: must be one of"),
        ({"minimum": "LOW"}, "minimum: nothing is called so"),
        ({"cpr": 7}, "cpr: cannot be read"),
        ({"scopes": "openid"}, "scopes: cannot be read"),
        ({"scopes": [7]}, "scopes: cannot be read"),
        ({"max_age": -1}, "max_age: cannot be read"),
        ({"max_age": True}, "max_age: cannot be read"),
        ({"by_certificate": "no"}, "by_certificate: cannot be read"),
        ({"levels": {"x": "MEDIUM"}}, "levels: cannot be read"),
        ({"levels": ["x"]}, "levels: cannot be read"),
        ({"role_names": {"x": "boss"}}, "role_names: cannot be read"),
        ({"loa_in": "token"}, "loa_in: cannot be read"),
        ({"refusals": {"x": "stopped"}}, "refusals: cannot be read"),
        ({"refusals": ["x"]}, "refusals: cannot be read"),
        ({"refusals": {"x": {"kind": "stopped", "code": "Anna 6101901234"}}}, "refusals: cannot"),
        ({"refusals": {"x": {"kind": "maybe", "code": "x"}}}, "refusals: cannot be read"),
        ({"parameters": {"x": "%s"}}, "parameters: x may hold"),
        ({"parameters": {"x": "100%"}}, "parameters: x may hold"),
        ({"parameters": {"x": "%(other)s"}}, "parameters: x may hold"),
        ({"level_words": {"SUBSTANTIAL": "s"}}, "level_words: needs SUBSTANTIAL and HIGH"),
        ({"level_words": {"SUBSTANTIAL": "s", "HIGH": "h", "LOW": "l"}}, "level_words: needs"),
    ],
)
def test_what_is_wrong_is_named(document: dict[str, Any], text: str) -> None:
    whole = document if "like" in document or not document else {"like": "idura", **document}
    with pytest.raises(PresetWrong, match=f"^{re.escape(text)}"):
        preset_from(whole)


def test_the_guide_names_every_part_of_a_preset() -> None:
    guide = (ROOT / "docs" / "sign-in.md").read_text("utf-8")
    assert not [field.name for field in fields(Preset) if f"`{field.name}`" not in guide]
    assert not [name for name in PRESETS if f"`{name}`" not in guide]


def test_the_example_of_the_guide_can_be_read() -> None:
    guide = (ROOT / "docs" / "sign-in.md").read_text("utf-8")
    lines = guide[guide.index('    like = "') : guide.index("| name | what |")].splitlines()
    preset = preset_from(tomllib.loads("\n".join(line.strip() for line in lines)))
    assert preset.levels == (("level:3", Loa.SUBSTANTIAL), ("level:4", Loa.HIGH))
