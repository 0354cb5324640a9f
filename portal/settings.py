"""What the surroundings decide. Read once, at the start; what is missing stops the start.

There is no switch that skips a check. Whether this is a developer's machine follows from the
public address alone: plain HTTP is accepted only on a loopback host, and only there may the
sign-in simulator be the issuer.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from portal.environment import (
    LOOPBACK,
    SettingsError,
    address,
    database,
    existing_file,
    existing_files,
    folder,
    is_port,
    mail_address,
    number,
    public_address,
    required,
    writable_file,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["LOOPBACK", "Settings", "SettingsError", "read"]

KEY_BYTES = 32
KEK = "INDBLIK_KEK"
MOST_FRESH = 300  # seconds; a rotation waits for a few times as long
COHORTS, LIMITS = "INDBLIK_COHORTS_FILE", "INDBLIK_LIMITS_FILE"
WORKERS = "INDBLIK_WORKERS"
KEY_NAME_BYTES = 255  # its length is one byte of each text that is sealed
MOST_WORKERS = 32  # more would each have less than one visit of the smallest limit
MOST_PROXIES = 10  # more stand in front of nobody: the number is a mistake, or a hole


@dataclass(frozen=True, slots=True)
class Key:
    """A secret with a name, so that it can be told from its successor."""

    id: str
    secret: bytes

    def __repr__(self) -> str:
        return f"Key({self.id!r}, …)"


@dataclass(frozen=True, slots=True)
class Client:
    """How the portal is known to one OpenID provider."""

    issuer: str
    client_id: str
    key_file: Path  # private key, PEM; its public half is registered with the provider
    preset: str  # name of the claim mapping, or a file (TOML) that holds one
    other_key_files: tuple[Path, ...] = ()  # registered too; signing with them is over, or to come

    @property
    def key_files(self) -> tuple[Path, ...]:
        """All key files; the first one signs."""
        return (self.key_file, *self.other_key_files)


@dataclass(frozen=True, slots=True)
class Api:
    """Whose tokens open the doors for machines, and how often a client may come."""

    issuer: str
    audience: str  # our own name in those tokens
    jwks_url: str
    a_minute: int  # requests of one client, in each process


@dataclass(frozen=True, slots=True)
class Settings:
    database_url: str
    redis_url: str | None
    data_dir: Path  # embedded sessions, where there is no Redis
    public_url: str
    keks: tuple[Key, ...]  # wrap the keys that lie in the database; the first is current
    citizen: Client
    staff: Client
    trusted_proxies: int
    phone: str
    phone_hours: str
    mail: str | None = None  # for those who cannot use the pages, and have no MitID
    api: Api | None = None  # None: machines are not let in
    answers_url: str | None = None  # of the answer door; None: nobody is asked
    keys_fresh: int = 30  # seconds after which a process reads its keys again
    cohorts_file: Path | None = None  # the published list of the keys of participation
    limits_file: Path | None = None  # other amounts of how often somebody may come
    workers: int = 2  # processes that serve, on all machines together

    @property
    def on_loopback(self) -> bool:
        """Whether this is a developer's machine: the portal is reachable from nowhere else."""
        return urlsplit(self.public_url).hostname in LOOPBACK

    @property
    def invented(self) -> bool:
        """Whether everybody here is invented: nobody can sign in but by the simulator."""
        simulated = self.citizen.preset == self.staff.preset == "simulator"
        return simulated and self.on_loopback and not self.secure

    @property
    def secure(self) -> bool:
        """Whether the public address is HTTPS, so that cookies are bound to it."""
        return self.public_url.startswith("https://")


def _key(told: str) -> Key:
    identifier, _, encoded = told.partition(":")
    try:
        secret = base64.b64decode(encoded, validate=True)
    except ValueError:  # binascii.Error is one, and so is what a letter beyond ASCII brings
        secret = b""
    if not identifier or len(secret) != KEY_BYTES:
        message = f"{KEK} must be ID:BASE64 with {KEY_BYTES} bytes of key"
        raise SettingsError(message)
    if len(identifier.encode()) > KEY_NAME_BYTES:
        message = f"{KEK}: the ID must have at most {KEY_NAME_BYTES} bytes"
        raise SettingsError(message)
    return Key(identifier, secret)


def _keks(env: Mapping[str, str]) -> tuple[Key, ...]:
    keks = tuple(_key(one.strip()) for one in required(env, KEK).split(","))
    if len({key.id for key in keks}) < len(keks):
        message = f"{KEK} names two keys alike"
        raise SettingsError(message)
    return keks


def _redis(env: Mapping[str, str], name: str) -> str | None:
    value = env.get(name, "").strip()
    if not value:
        return None
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    place = parts.path if parts.scheme == "unix" else parts.hostname
    number = parse_qs(parts.query).get("db", ["0"])[-1]
    known = parts.scheme in {"redis", "rediss", "unix"}
    if not (known and place and is_port(value) and number.isdecimal()):
        message = f"{name} must be an address of redis, rediss or unix"
        raise SettingsError(message)
    return value


def _client(env: Mapping[str, str], audience: str) -> Client:
    prefix = f"INDBLIK_{audience}"
    signing, *others = existing_files(env, f"{prefix}_CLIENT_KEY_FILE")
    return Client(
        issuer=address(env, f"{prefix}_ISSUER"),
        client_id=required(env, f"{prefix}_CLIENT_ID"),
        key_file=signing,
        preset=required(env, f"{prefix}_PRESET"),
        other_key_files=tuple(others),
    )


def _api(env: Mapping[str, str]) -> Api | None:
    names = ("INDBLIK_API_ISSUER", "INDBLIK_API_AUDIENCE", "INDBLIK_API_JWKS_URL")
    if not any(env.get(name, "").strip() for name in names):
        return None
    return Api(
        issuer=required(env, "INDBLIK_API_ISSUER"),  # compared as it stands, with its last slash
        audience=required(env, "INDBLIK_API_AUDIENCE"),
        jwks_url=address(env, "INDBLIK_API_JWKS_URL"),
        a_minute=number(env, "INDBLIK_API_A_MINUTE", 600),
    )


def _answers(env: Mapping[str, str], name: str) -> str | None:
    return public_address(env, name) if env.get(name, "").strip() else None


def read(env: Mapping[str, str]) -> Settings:
    """The settings that the environment holds.

    Raises SettingsError naming the first one that is missing or wrong.
    """
    settings = Settings(
        database_url=database(env, "INDBLIK_DATABASE_URL"),
        redis_url=_redis(env, "INDBLIK_REDIS_URL"),
        data_dir=folder(env, "INDBLIK_DATA_DIR"),
        public_url=public_address(env, "INDBLIK_PUBLIC_URL"),
        keks=_keks(env),
        citizen=_client(env, "CITIZEN"),
        staff=_client(env, "STAFF"),
        trusted_proxies=number(env, "INDBLIK_TRUSTED_PROXIES", 0, MOST_PROXIES),
        phone=required(env, "INDBLIK_PHONE"),
        phone_hours=required(env, "INDBLIK_PHONE_HOURS"),
        mail=mail_address(env, "INDBLIK_MAIL"),
        api=_api(env),
        answers_url=_answers(env, "INDBLIK_ANSWERS_URL"),
        keys_fresh=number(env, "INDBLIK_KEYS_FRESH", 30, MOST_FRESH),
        cohorts_file=writable_file(env, COHORTS) if env.get(COHORTS, "").strip() else None,
        limits_file=existing_file(env, LIMITS) if env.get(LIMITS, "").strip() else None,
        workers=number(env, WORKERS, 2, MOST_WORKERS) or 1,
    )
    _check_together(settings)
    return settings


def _check_together(settings: Settings) -> None:
    """What is right by itself, and wrong beside another. Raises SettingsError."""
    for audience, client in (("CITIZEN", settings.citizen), ("STAFF", settings.staff)):
        developers = settings.on_loopback and not settings.secure
        if client.preset == "simulator" and not developers:
            message = f"INDBLIK_{audience}_PRESET: the simulator is for a developer's machine only"
            raise SettingsError(message)
    if settings.secure and settings.redis_url is None:
        message = "INDBLIK_REDIS_URL is not set"
        raise SettingsError(message)
    if settings.answers_url is not None:
        _check_answers(settings, urlsplit(settings.answers_url).hostname)


def _check_answers(settings: Settings, host: str | None) -> None:
    if host == urlsplit(settings.public_url).hostname:  # a cookie goes to all ports of its host
        message = "INDBLIK_ANSWERS_URL must be on another host than INDBLIK_PUBLIC_URL"
        raise SettingsError(message)
    if settings.cohorts_file is None:
        message = "INDBLIK_COHORTS_FILE is not set"
        raise SettingsError(message)
