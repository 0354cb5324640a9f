"""The command that looks after the texts of the views, and the real texts, which it finds whole."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from portal.cli import main
from portal.cli.texts import GLOSSARY_PAGE, found_in, glossary_table
from portal.i18n import DEFAULT, KNOWN
from tests.guards.tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

TEXTS = ROOT / "translations"
OTHERS = [key for key in KNOWN if key != DEFAULT.key]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["texts", *arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The Danish and English texts, and of Polish nothing but the glossary."""
    for view in ("da", "en"):
        shutil.copytree(TEXTS / view, tmp_path / view)
    (tmp_path / "pl").mkdir()
    shutil.copy(TEXTS / "pl" / "glossary.toml", tmp_path / "pl")
    return tmp_path


@pytest.mark.parametrize("view", OTHERS)
def test_every_view_says_what_the_danish_one_says(view: str) -> None:
    assert found_in(TEXTS, KNOWN[view]) == []


def test_the_page_of_the_glossary_is_that_of_the_files() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    assert page == GLOSSARY_PAGE + glossary_table(TEXTS) + "\n"
    assert run("glossary").output == page


def test_a_whole_view_is_said_to_be_whole() -> None:
    result = run("check", "en")
    assert (result.exit_code, result.output) == (0, "nothing is missing, and nothing differs\n")


def test_what_is_missing_is_named(folder: Path) -> None:
    (folder / "en" / "LC_MESSAGES" / "shell.po").unlink()
    result = run("check", "en", "--folder", str(folder))
    assert result.exit_code == 1
    assert "en: LC_MESSAGES/shell.po: shell.skip: is missing\n" in result.output


@pytest.mark.parametrize(
    ("file", "content"),
    [("LC_MESSAGES/x.po", 'msgid "a\nrubbish'), ("explanations/x.toml", "= 1"),
     ("glossary.toml", "hearing = 1")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_named(folder: Path, file: str, content: str) -> None:
    (folder / "en" / file).write_text(content, "utf-8")
    result = run("check", "en", "--folder", str(folder))
    assert result.exit_code == 1
    assert f"en: {file}: " in result.output


def test_what_is_missing_is_put_into_the_files(folder: Path) -> None:
    lacking = len(found_in(folder, KNOWN["pl"]))
    assert run("update", "pl", "--folder", str(folder)).output == f"pl: {lacking} added\n"
    assert run("update", "pl", "--folder", str(folder)).output == "pl: 0 added\n"
    left = found_in(folder, KNOWN["pl"])
    assert left
    assert not [one for one in left if "says nothing" not in one]
    made = (folder / "pl" / "LC_MESSAGES" / "sessions.po").read_text("utf-8")
    assert "Language: pl" in made
    assert KNOWN["pl"].plural_rule in made
    assert '#. da: Bliv logget ind\n#. en: Stay signed in\nmsgid "session.more"' in made
    assert 'msgid_plural "session.minutes"\nmsgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""\n' in made
    dates = (folder / "pl" / "explanations" / "date.toml").read_text("utf-8")
    assert 'all = { one = "", few = "", many = "" }' in dates
