"""No page shows words of another language without saying so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from portal.i18n import VIEWS
from tests.pages.languages import strange, strangers

if TYPE_CHECKING:
    from tests.pages.conftest import Stage

PUBLIC = ["/", "/ord", "/cookies", "/tilgaengelighed", "/skoen", "/tal", "/i-sagde-vi-gjorde",
          "/log-ind", "/logget-ud", "/medarbejder/log-ind", "/findes-ikke"]  # fmt: skip
OWN = ["/sager", "/dine-oplysninger", "/mine-sessioner"]


# Two views in every run; the others take their time (`make matrix`).
SOME = [pytest.param(view, marks=() if view in {"da", "ar"} else pytest.mark.matrix)
        for view in VIEWS]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "You can see your case here"), ("uk", "Du kan se din sag her"),
        ("de", "Du kan ikke se sagen, hvis den er ny"), ("da", "You can see it when it is new"),
        ("en", "Her kan du se, om vi har svaret dig"),
    ],
)  # fmt: skip
def test_what_is_of_another_language_is_found(lang: str, text: str) -> None:
    assert strange(lang, text)
    assert strangers(f'<html lang="{lang}"><body><p>{text}</p></body></html>')
    assert strangers(f'<html lang="{lang}"><body><p aria-label="{text}">1</p></body></html>')


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "Ankestyrelsen"), ("ar", "قضيتك لدى Rugballe Kommune"), ("uk", "26-10417"),
        ("de", "Sie sehen hier Ihren Fall und was als Nächstes geschieht"),
        ("pl", "Tu widać sprawę"), ("tr", "Dosyanız burada"), ("da", "Her kan du se din sag"),
    ],
)  # fmt: skip
def test_what_is_of_its_language_or_a_name_is_not(lang: str, text: str) -> None:
    assert not strange(lang, text)


def test_what_says_its_language_is_no_stranger() -> None:
    page = '<html lang="ar"><body><p lang="da">Du kan se din sag her</p><p>قضيتك</p></body></html>'
    assert strangers(page) == []


@pytest.mark.parametrize("view", SOME)
def test_public_pages_speak_one_language(stage: Stage, view: str) -> None:
    client = stage.app.test_client()
    pages = {path: client.get(f"{path}?visning={view}").text for path in PUBLIC}
    assert {path: found for path, page in pages.items() if (found := strangers(page))} == {}


@pytest.mark.parametrize("view", SOME)
def test_own_pages_speak_one_language(stage: Stage, view: str) -> None:
    client = stage.signed_in("sigrid")
    cases = [f"/sager/{key}" for key in list(stage.cases.values())]
    found = {}
    for path in [*OWN, *cases]:
        page = client.get(f"{path}?visning={view}").text
        if here := strangers(page):
            found[path] = here
    assert found == {}
