"""The preset that a setting names: one that the portal brings, or one in a file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from portal.identity.rules import preset_from
from portal.identity.words import PRESETS, PresetWrong
from portal.settings import SettingsError

if TYPE_CHECKING:
    from portal.identity.words import Preset

ENDING = ".toml"


def preset_named(name: str) -> Preset:
    """The preset. Raises SettingsError, whose message begins with the setting's last word."""
    if name in PRESETS:
        return PRESETS[name]
    if not name.endswith(ENDING):
        known = ", ".join(sorted(PRESETS))
        message = f"PRESET: none is called so; there are {known}, and files that end in {ENDING}"
        raise SettingsError(message)
    try:
        return preset_from(tomllib.loads(Path(name).read_text("utf-8")))
    except (OSError, ValueError):  # a decoding error of either kind is one
        message = "PRESET names a file that cannot be read as TOML"
    except PresetWrong as wrong:
        message = f"PRESET, in its file: {wrong}"
    raise SettingsError(message)
