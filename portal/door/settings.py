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
    public_address,
    required,
    writable_file,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class DoorSettings:
    database_url: str  # of the door alone
    public_url: str
    cohorts_file: Path  # the published list; may be written later, and anew
    portal_url: str  # for the way back
    phone: str
    phone_hours: str

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
    )
    # A browser sends cookies to every port of a host: only another host is really apart.
    if urlsplit(settings.public_url).hostname == urlsplit(settings.portal_url).hostname:
        message = "INDBLIK_DOOR_PUBLIC_URL must have another host name than INDBLIK_PORTAL_URL"
        raise SettingsError(message)
    return settings
