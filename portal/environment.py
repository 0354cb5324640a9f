"""What the environment of a process says: each reader takes it and the name of one setting.

Each raises SettingsError, which names the setting and never its value. Portal and answer door read
their settings by these, each its own.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
DATABASES = {"sqlite", "sqlite+pysqlite", "postgresql+psycopg"}


class SettingsError(Exception):
    """A setting is missing or wrong. The message names the setting, never its value."""


def required(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "").strip()
    if not value:
        message = f"{name} is not set"
        raise SettingsError(message)
    return value


def is_port(address: str) -> bool:
    """Whether the port, if one is named, can be one."""
    try:
        return urlsplit(address).port != 0
    except ValueError:
        return False


def address(env: Mapping[str, str], name: str) -> str:
    value = required(env, name).rstrip("/")
    message = f"{name} is not an address"
    try:
        parts = urlsplit(value)
    except ValueError:  # its message holds the value
        raise SettingsError(message) from None
    if (
        not parts.hostname
        or parts.scheme not in {"https", "http"}
        or parts.query
        or not is_port(value)
    ):
        raise SettingsError(message)
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        message = f"{name} must be https, unless it is on this machine's loopback"
        raise SettingsError(message)
    # Schemes and hosts are the same in any case; what is asked of them later must be, too.
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path}"


def public_address(env: Mapping[str, str], name: str) -> str:
    """An address that is nothing but scheme, host and port."""
    value = address(env, name)
    if urlsplit(value).path or "@" in value:
        message = f"{name} must be an address without a path"
        raise SettingsError(message)
    return value


def database(env: Mapping[str, str], name: str) -> str:
    value = required(env, name)
    try:
        scheme = urlsplit(value).scheme
    except ValueError:  # its message holds the value
        scheme = ""
    if scheme not in DATABASES or "://" not in value or not is_port(value):
        message = f"{name} must be an address of {', '.join(sorted(DATABASES))}"
        raise SettingsError(message)
    return value


def folder(env: Mapping[str, str], name: str) -> Path:
    """A folder that is there or can be made: what stands above it is no file."""
    path = Path(required(env, name))
    there = next(above for above in (path, *path.absolute().parents) if above.exists())
    if not there.is_dir():
        message = f"{name} names no folder"
        raise SettingsError(message)
    return path


def existing_file(env: Mapping[str, str], name: str) -> Path:
    path = Path(required(env, name))
    if not path.is_file():
        message = f"{name} names no file"
        raise SettingsError(message)
    return path


def existing_files(env: Mapping[str, str], name: str) -> tuple[Path, ...]:
    """At least one file; several stand side by side with a colon between them."""
    paths = tuple(Path(one) for one in required(env, name).split(":"))
    if not all(path.is_file() for path in paths) or len(set(paths)) < len(paths):
        message = f"{name} names no file" + (", or one twice" if len(paths) > 1 else "")
        raise SettingsError(message)
    return paths


def writable_file(env: Mapping[str, str], name: str) -> Path:
    """A file that is there, or can be made: the folder for it is there."""
    path = Path(required(env, name))
    if path.is_dir() or not path.absolute().parent.is_dir():
        message = f"{name} names no file, and none can be made there"
        raise SettingsError(message)
    return path


def number(env: Mapping[str, str], name: str, default: int, most: int = 1_000_000) -> int:
    value = env.get(name, "").strip() or str(default)
    if not value.isdecimal() or len(value) > len(str(most)) or int(value) > most:
        message = f"{name} must be a whole number up to {most}"
        raise SettingsError(message)
    return int(value)


def mail_address(env: Mapping[str, str], name: str) -> str | None:
    value = env.get(name, "").strip()
    if value and not MAIL.fullmatch(value):
        message = f"{name} is no mail address"
        raise SettingsError(message)
    return value or None
