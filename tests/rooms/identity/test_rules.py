"""Levels, refusals and claims in every spelling."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal.identity.rules import (
    check_level,
    citizen_claims,
    holds_personal_data,
    loa_of,
    refusal_of,
    staff_claims,
)
from portal.identity.words import (
    PRESETS,
    CitizenClaims,
    Loa,
    RefusalKind,
    SignInRefused,
    StaffClaims,
    StaffRole,
)

SUBSTANTIAL = "https://data.gov.dk/concept/core/nsis/Substantial"
SIMULATOR, NETS = PRESETS["simulator"], PRESETS["nets-eid-broker"]
ID_TOKEN = {"iss": "https://idp.example", "sub": "s", "acr": SUBSTANTIAL}


@pytest.mark.parametrize(
    "prefix",
    [
        "https://data.gov.dk/concept/core/nsis/",
        "https://data.gov.dk/concept/core/nsis/loa/",
        "urn:grn:authn:dk:mitid:",
        "",
    ],
)
@pytest.mark.parametrize("level", [Loa.LOW, Loa.SUBSTANTIAL, Loa.HIGH])
def test_a_level_is_known_in_every_spelling(prefix: str, level: Loa) -> None:
    assert loa_of(prefix + level.name.lower()) is level
    assert loa_of(prefix + level.name.capitalize()) is level


@pytest.mark.parametrize(
    "value",
    ["", "none", "Substantial!", "https://elsewhere.example/Substantial", "not substantial",
     "urn:grn:authn:dk:mitid:", 3, None, True, ["High"]],
)  # fmt: skip
def test_any_other_level_is_none(value: object) -> None:
    assert loa_of(value) is Loa.NONE


def test_levels_are_in_order() -> None:
    assert Loa.NONE < Loa.LOW < Loa.SUBSTANTIAL < Loa.HIGH


@pytest.mark.parametrize(
    ("error", "description", "kind", "code"),
    [
        ("access_denied", "mitid_user_aborted", RefusalKind.STOPPED, "mitid_user_aborted"),
        ("access_denied", "user_aborted", RefusalKind.STOPPED, "user_aborted"),
        ("access_denied", "mitid_erhverv_user_aborted", RefusalKind.STOPPED,
         "mitid_erhverv_user_aborted"),
        ("access_denied", "declined_user_consent", RefusalKind.STOPPED, "declined_user_consent"),
        ("access_denied", "", RefusalKind.STOPPED, "access_denied"),
        ("access_denied", "mitid_timeout", RefusalKind.TRY_AGAIN, "mitid_timeout"),
        ("access_denied", "mitid_no_ctx", RefusalKind.TRY_AGAIN, "mitid_no_ctx"),
        ("access_denied", "mitid_auth_code_already_used", RefusalKind.TRY_AGAIN,
         "mitid_auth_code_already_used"),
        ("access_denied", "user_navigation_error_x", RefusalKind.TRY_AGAIN,
         "user_navigation_error"),
        ("temporarily_unavailable", "", RefusalKind.TRY_AGAIN, "temporarily_unavailable"),
        ("access_denied", "something new", RefusalKind.ERROR, "provider_refused"),
        ("invalid_request", "", RefusalKind.ERROR, "provider_refused"),
    ],
)  # fmt: skip
def test_refusals_are_told_apart(
    error: str, description: str, kind: RefusalKind, code: str
) -> None:
    refusal = refusal_of(error, description)
    assert (refusal.kind, refusal.code) == (kind, code)


def test_a_citizen_is_what_the_preset_says() -> None:
    told = {"cpr": " 6101901234 ", "name": "Opfundet Person"}
    claims = citizen_claims(SIMULATOR, ID_TOKEN, told)
    expected = CitizenClaims(
        "https://idp.example", "s", Loa.SUBSTANTIAL, "6101901234", "Opfundet Person"
    )
    assert claims == expected
    told = {"dk.cpr": "6101901234", "mitid.identity_name": "Opfundet Person"}
    assert citizen_claims(NETS, ID_TOKEN, told) == expected
    assert "6101901234" not in repr(claims)


@pytest.mark.parametrize("told", [{}, {"cpr": "", "name": " "}, {"cpr": None, "name": None}])
def test_not_everyone_has_a_number(told: dict[str, object]) -> None:
    claims = citizen_claims(SIMULATOR, ID_TOKEN, told)
    assert (claims.cpr, claims.name) == (None, None)


def test_the_first_claim_of_the_level_counts() -> None:
    assert check_level(NETS, ID_TOKEN | {"loa": "High"}) is Loa.HIGH
    with pytest.raises(SignInRefused, match="low_assurance") as caught:
        check_level(NETS, ID_TOKEN | {"loa": "Low"})
    assert caught.value.kind is RefusalKind.TRY_AGAIN


@pytest.mark.parametrize(
    "roles", [["text_owner", "made-up"], "text_owner made-up", ["text_owner", "Text_owner"]]
)
def test_roles_that_are_not_known_mean_nothing(roles: object) -> None:
    claims = staff_claims(SIMULATOR, ID_TOKEN, {"roles": roles, "name": "Mette"})
    assert claims == StaffClaims(
        "https://idp.example", "s", "Mette", frozenset({StaffRole.TEXT_OWNER})
    )
    assert "Mette" not in repr(claims)


@pytest.mark.parametrize("told", [{}, {"roles": []}, {"roles": "made-up"}, {"roles": None}])
def test_nobody_is_staff_without_a_role(told: dict[str, object]) -> None:
    with pytest.raises(SignInRefused, match="no_role"):
        staff_claims(SIMULATOR, ID_TOKEN, told)


@pytest.mark.parametrize(
    "told",
    [{"cpr": 6101901234}, {"cpr": ["6101901234"]}, {"cpr": True}, {"name": {"full": "Anna"}}],
)
def test_a_claim_whose_type_has_changed_is_not_read_as_missing(told: dict[str, object]) -> None:
    with pytest.raises(SignInRefused, match="wrong_type") as caught:
        citizen_claims(SIMULATOR, ID_TOKEN, told)
    assert caught.value.kind is RefusalKind.ERROR


@pytest.mark.parametrize("roles", [7, True, {"text_owner": 1}, [{"value": "quality"}], ["x", 7]])
def test_roles_whose_type_has_changed_open_nothing(roles: object) -> None:
    with pytest.raises(SignInRefused, match="wrong_type"):
        staff_claims(SIMULATOR, ID_TOKEN, {"roles": roles})


@pytest.mark.parametrize("acr", [3, ["High"], None, {"value": "High"}, True])
def test_a_level_whose_type_has_changed_is_an_error(acr: object) -> None:
    with pytest.raises(SignInRefused, match="wrong_type"):
        check_level(SIMULATOR, ID_TOKEN | {"acr": acr})


@pytest.mark.parametrize("has", ["true", True])
def test_a_number_that_is_left_out_makes_no_person_without_one(has: object) -> None:
    with pytest.raises(SignInRefused, match="cpr_missing"):
        citizen_claims(NETS, ID_TOKEN, {"mitid.has_cpr": has})
    assert citizen_claims(NETS, ID_TOKEN, {"mitid.has_cpr": "false"}).cpr is None


def test_more_may_be_asked_for_than_the_least() -> None:
    assert check_level(SIMULATOR, ID_TOKEN | {"acr": "High"}, least=Loa.HIGH) is Loa.HIGH
    for claims in (citizen_claims, staff_claims):
        with pytest.raises(SignInRefused, match="low_assurance"):
            claims(SIMULATOR, ID_TOKEN, {"roles": "quality"}, Loa.HIGH)
    with pytest.raises(SignInRefused, match="low_assurance"):
        check_level(SIMULATOR, ID_TOKEN | {"acr": "Low"}, least=Loa.LOW)  # never below the law


def test_staff_need_the_level_too() -> None:
    with pytest.raises(SignInRefused, match="low_assurance"):
        staff_claims(SIMULATOR, ID_TOKEN | {"acr": "Low"}, {"roles": ["text_owner"]})


def test_roles_may_stand_in_the_id_token() -> None:
    claims = staff_claims(SIMULATOR, ID_TOKEN | {"roles": ["quality"]}, {})
    assert claims.roles == {StaffRole.QUALITY}


@pytest.mark.parametrize(("name", "told"), [("name", True), ("cpr", True), ("sub", False)])
def test_personal_data_in_an_id_token_is_seen(name: str, told: bool) -> None:  # noqa: FBT001
    assert holds_personal_data(SIMULATOR, {name: "x"}) is told


def test_a_further_preset_is_only_data() -> None:
    further = replace(NETS, cpr="cprNumberIdentifier", loa=("acr",))
    claims = citizen_claims(further, ID_TOKEN, {"cprNumberIdentifier": "6101901234"})
    assert claims.cpr == "6101901234"
