"""The trap: what a request keeps of its person must not reach the next one's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.pages.conftest import Stage


def test_two_clients_stay_two_people(stage: Stage) -> None:
    amalie, sigrid, nobody = stage.signed_in("amalie"), stage.signed_in("sigrid"), stage.nobody()
    for _again in range(2):
        assert "26-10101" in amalie.get("/sager").text
        other = sigrid.get("/sager").text
        assert "26-10701" in other
        assert "26-10101" not in other
        assert "Amalie" not in other
        assert nobody.get("/sager").status_code == 303
        assert "Amalie" not in nobody.get("/ord").text


def test_the_same_browser_with_another_person(stage: Stage) -> None:
    client = stage.signed_in("amalie")
    assert "26-10101" in client.get("/sager").text
    with client.session_transaction() as session:
        session["_user_id"] = stage.users["noor"]
    assert "26-10101" not in client.get("/sager").text
