"""The gallery is no way around signing in: what it shows opens nothing, and it leaves no trace."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.gallery.conftest import HERE
from tests.pages.conftest import token_in

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gallery.conftest import Gallery

SIGNED_IN = ["cases-tasks", "case-task", "my-data", "staff-problem", "correction-errors"]


def content(folder: Path) -> list[str]:
    """Every row of the portal's database."""
    with closing(sqlite3.connect(folder / "portal.db")) as connection:
        return list(connection.iterdump())


@pytest.mark.parametrize("key", SIGNED_IN)
def test_nothing_is_written_down_and_no_cookie_given(gallery: Gallery, key: str) -> None:
    folder = gallery.settings.data_dir
    before, sessions = content(folder), sorted((folder / "sessions").iterdir())
    answer = gallery.shown(key)
    assert "Set-Cookie" not in answer.headers
    assert content(folder) == before
    assert sorted((folder / "sessions").iterdir()) == sessions


def test_whoever_has_looked_is_still_nobody(gallery: Gallery) -> None:
    visitor = gallery.visitor()
    for key in SIGNED_IN:
        page = visitor.get(f"{HERE}/{key}").text
        for path in set(re.findall(r'href="(/(?:sager|medarbejder|dine-)[^"]*)"', page)):
            assert visitor.get(path).status_code in {303, 404}, path


def test_a_form_of_the_stage_is_not_taken(gallery: Gallery) -> None:
    visitor = gallery.visitor()
    page = visitor.get(f"{HERE}/correction-errors").text
    before = content(gallery.settings.data_dir)
    fields = {"csrf_token": token_in(page), "about": "person", "text": "x"}
    answer = visitor.post("/dine-oplysninger/ret", data=fields)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/log-ind")
    assert "bevaret=ja" not in answer.headers["Location"]
    kept = [line for line in content(gallery.settings.data_dir) if "kept_forms" in line]
    assert kept == [line for line in before if "kept_forms" in line]


def test_a_session_of_the_stage_opens_nothing(gallery: Gallery) -> None:
    """Even if one came out: the portal has other keys and another store."""
    stage = gallery.settings.data_dir / "gallery"
    assert stage.is_dir()
    gallery.shown("cases-tasks")
    assert [file.name for file in (stage / "sessions").iterdir()] == ["lock"]


def test_only_looking_is_possible(gallery: Gallery) -> None:
    visitor = gallery.visitor()
    for key in ("left", "home"):
        assert visitor.post(f"{HERE}/{key}").status_code == 405
        assert visitor.delete(f"{HERE}/{key}").status_code == 405


def test_the_policy_of_a_page_is_as_strict_as_its_own(gallery: Gallery) -> None:
    answer = gallery.shown("case-task")
    policy = answer.headers["Content-Security-Policy"]
    nonce = re.search(r"script-src 'nonce-([\w-]+)'", policy)
    assert nonce is not None
    assert "unsafe" not in policy
    assert set(re.findall(r'nonce="([^"]+)"', answer.text)) == {nonce[1]}
    assert answer.headers["Cache-Control"] == "no-store"
