"""What citizens read of what came of their answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

from portal.changes.actions import make, move, publish, write_words
from portal.changes.queries import change_of
from portal.changes.words import Seen, Status, Told
from portal.participation.words import Group
from portal.readability.rules import lix, longest_sentence
from tests.pages.test_panel_words import HIGHEST, LONGEST, read
from tests.rooms.changes.examples import BY, PLAN, VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from tests.pages.conftest import Stage

PAGE = "/i-sagde-vi-gjorde"
DECIDED, OPEN = "26-10708", "26-10101"  # about benefits, and one that is under way


def told(stage: Stage, title: str, groups: Iterable[str], status: Status = Status.DONE) -> UUID:
    """A change that citizens read of."""
    with Session(stage.engine.execution_options(writes=True)) as session:
        key = make(session, BY, replace(PLAN, title=title))
        words = {v: Told(f"{title} {v}", "I læste længe.", "Vi skriver kort.") for v in VIEWS}
        write_words(session, Seen(key, 1), words)
        move(session, BY, Seen(key, 2), status, "Nu.")
        publish(session, BY, Seen(key, change_of(session, key).version), VIEWS, groups)
        session.commit()
    return key


@pytest.mark.parametrize("view", VIEWS)
def test_there_is_nothing_to_tell(stage: Stage, view: str) -> None:
    page = stage.nobody().get(f"{PAGE}?visning={view}").text
    assert "said-and-done" not in page
    none = {
        "da": "ikke noget at fortælle",
        "da-simple": "ikke noget endnu",
        "en": "nothing to tell",
    }
    assert none[view] in page


@pytest.mark.parametrize("view", VIEWS)
def test_it_says_what_was_done_and_what_is_under_way(own_stage: Stage, view: str) -> None:
    done = told(own_stage, "Kort", ["benefits"])
    doing = told(own_stage, "Hurtigt", ["benefits"], Status.UNDER_WAY)
    page = own_stage.nobody().get(f"{PAGE}?visning={view}").text
    first, _, second = page.partition('aria-labelledby="under-way"')
    assert f'id="aendring-{done}"' in first
    assert f"Kort {view}" in first
    assert f'id="aendring-{doing}"' in second
    did = {"da": "Vi gjorde", "da-simple": "Vi gjorde", "en": "We did"}[view]
    assert did in first
    assert f"<dt>{did}</dt>" not in second


@pytest.mark.parametrize("view", HIGHEST)
def test_it_is_easy_to_read(own_stage: Stage, view: str) -> None:
    told(own_stage, "Kort brev", ["benefits"])
    text = read(own_stage.nobody().get(f"{PAGE}?visning={view}").text)
    assert lix(text) <= HIGHEST[view]
    assert longest_sentence(text) <= LONGEST


def section(page: str) -> str:
    return page.partition('aria-labelledby="came-of"')[2].partition("</section>")[0]


def test_the_page_of_a_decided_case_tells_two(own_stage: Stage) -> None:
    told(own_stage, "Alle", Group)
    own = told(own_stage, "Egen", ["benefits"])
    begun = told(own_stage, "I gang", ["benefits"], Status.UNDER_WAY)
    told(own_stage, "Andres", ["children"])
    client = own_stage.signed_in("sigrid")
    found = section(client.get(f"/sager/{own_stage.cases[DECIDED]}").text)
    assert found.count("<li>") == 2
    assert f'href="{PAGE}#aendring-{own}"' in found
    assert f'href="{PAGE}#aendring-{begun}"' in found
    assert "Vi gjorde: Vi skriver kort." in found
    assert "Vi er i gang: Vi skriver kort." in found


def test_a_case_that_is_under_way_tells_nothing(own_stage: Stage) -> None:
    told(own_stage, "Alle", Group)
    client = own_stage.signed_in("amalie")
    assert not section(client.get(f"/sager/{own_stage.cases[OPEN]}").text)


def test_where_nothing_was_done_nothing_is_said(stage: Stage) -> None:
    assert not section(stage.signed_in("sigrid").get(f"/sager/{stage.cases[DECIDED]}").text)


def test_what_the_page_costs(own_stage: Stage) -> None:
    told(own_stage, "Kort", ["benefits"])
    with own_stage.counted() as run:
        own_stage.nobody().get(PAGE)
    assert [one.split()[0] for one in run] == ["SELECT"]
