"""What the surroundings of the answer door decide. Read once; what is wrong stops the start.

The door has no secret: what it checks, it checks with public keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from portal.environment import (
    LOOPBACK,
    SettingsError,
    database,
    existing_file,
    number,
    public_address,
    required,
    writable_file,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


PROXIES, LIMITS = "INDBLIK_DOOR_TRUSTED_PROXIES", "INDBLIK_DOOR_LIMITS_FILE"
WORKERS = "INDBLIK_DOOR_WORKERS"
MOST_PROXIES, MOST_WORKERS = 10, 32


@dataclass(frozen=True, slots=True)
class DoorSettings:
    database_url: str  # of the door alone
    public_url: str
    cohorts_file: Path  # the published list; may be written later, and anew
    portal_url: str  # for the way back
    phone: str
    phone_hours: str
    trusted_proxies: int | None = None  # None: addresses are not told apart
    limits_file: Path | None = None  # other amounts of how often somebody may come
    workers: int = 2

    @property
    def demo(self) -> bool:
        """Whether this is a developer's machine, where everybody is invented."""
        return urlsplit(self.public_url).hostname in LOOPBACK

    @property
    def secure(self) -> bool:
        """Whether the public address is HTTPS."""
        return self.public_url.startswith("https://")


def read(env: Mapping[str, str]) -> DoorSettings:
    """The settings that the environment holds.

    Raises SettingsError naming the first one that is missing or wrong.
    """
    settings = DoorSettings(
        database_url=database(env, "INDBLIK_DOOR_DATABASE_URL"),
        public_url=public_address(env, "INDBLIK_DOOR_PUBLIC_URL"),
        cohorts_file=writable_file(env, "INDBLIK_DOOR_COHORTS_FILE"),
        portal_url=public_address(env, "INDBLIK_PORTAL_URL"),
        phone=required(env, "INDBLIK_PHONE"),
        phone_hours=required(env, "INDBLIK_PHONE_HOURS"),
        trusted_proxies=number(env, PROXIES, 0, MOST_PROXIES) if PROXIES in env else None,
        limits_file=existing_file(env, LIMITS) if env.get(LIMITS, "").strip() else None,
        workers=number(env, WORKERS, 2, MOST_WORKERS) or 1,
    )
    # A browser sends cookies to every port of a host: only another host is really apart.
    if urlsplit(settings.public_url).hostname == urlsplit(settings.portal_url).hostname:
        message = "INDBLIK_DOOR_PUBLIC_URL must have another host name than INDBLIK_PORTAL_URL"
        raise SettingsError(message)
    return settings
