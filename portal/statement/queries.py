"""The two files beside this one: what the last run found, and what only people know."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import msgspec

from portal.statement.words import Facts, Summary

SUMMARY, FACTS = "tested.json", "facts.toml"


def last_summary() -> Summary:
    """What the last run found."""
    return msgspec.json.decode(_text(SUMMARY), type=Summary)


def known_facts() -> Facts:
    """What was written down by hand."""
    return msgspec.convert(tomllib.loads(_text(FACTS)), Facts)


def _text(name: str) -> str:
    return files("portal.statement").joinpath(name).read_text("utf-8")
