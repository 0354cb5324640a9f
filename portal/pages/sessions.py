"""Sessions, kept on the server: the cookie holds a random name and nothing else.

A session ends for good: a slow request that began before a sign-out cannot bring it back when it
is saved after it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import msgspec
from flask import current_app, session
from flask_session.base import ServerSideSession, ServerSideSessionInterface
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from portal import clock
from portal.pages.session_stores.in_files import FileStore
from portal.pages.session_stores.in_redis import RedisStore
from portal.pages.session_stores.limits import ABSOLUTE, AHEAD_MS, IDLE
from portal.pages.session_stores.names import new_id, store_key
from portal.vault import KeysUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Flask, Request, Response

    from portal.pages.session_stores.limits import Store
    from portal.settings import Settings
    from portal.vault import Vault

__all__ = ["ABSOLUTE", "IDLE"]

SIGNED_IN_AT = "signed_in_at"
USER = "_user_id"
USER_KEYS = (USER, SIGNED_IN_AT)
ASKING = "/session"  # how long is left: whoever asks this alone is not at work
WAIT_SECONDS = 1  # for Redis


class Opened(ServerSideSession):  # type: ignore[misc]  # Flask-Session has no types
    """A session of one request."""

    failed: Exception | None = None  # the store, or the keys, could not be asked
    found_as: str | None = None  # what it is called, where the store knew it
    asked_at: int = 0  # when its idle time began, in milliseconds since 1970


class Sessions(ServerSideSessionInterface):  # type: ignore[misc]  # as above
    """Opens a session at the start of each request, and saves it at the end if it has changed."""

    session_class = Opened

    def __init__(self, app: Flask, store: Store) -> None:
        super().__init__(app, permanent=False)  # the cookie goes when the browser closes
        self.store = store

    @property
    def vault(self) -> Vault:
        """The keys, as they are now."""
        return cast("Vault", self.app.extensions["vault"])

    def open_session(self, app: Flask, request: Request) -> Opened:
        sid = request.cookies.get(self.get_cookie_name(app), "")
        try:
            return self._found(sid, touch=request.path != ASKING) or self._new()
        except (RedisError, KeysUnavailable) as error:  # until it can be answered with a page
            opened = self._new()
            opened.failed = error
            return opened

    def _found(self, sid: str, *, touch: bool) -> Opened | None:
        key, now = self.key_of(sid), _now()
        found = self.store.read(key, now, touch=touch) if key else None
        if found is None:
            return None
        seen, content = found
        try:
            opened = Opened(msgspec.msgpack.decode(content), sid=sid)
        except (msgspec.DecodeError, TypeError, ValueError):  # damaged: as good as none
            return None
        opened.found_as, opened.asked_at = sid, now if touch else seen
        return opened

    def _new(self) -> Opened:
        try:
            opened = Opened(sid=self._generate_sid(0))
        except KeysUnavailable:  # most pages need no session: asked for again where one does
            opened = Opened(sid="")
        opened.asked_at = _now()
        return opened

    def _generate_sid(self, session_id_length: int) -> str:
        del session_id_length
        return new_id(self.vault)

    def key_of(self, sid: str) -> str | None:
        """What the store calls the session of a cookie."""
        return store_key(self.vault, sid) if sid else None

    def save_session(self, app: Flask, session: Opened, response: Response) -> None:
        if session.failed:  # once is enough: nobody is kept waiting for the same again
            return
        try:
            self._save(app, session, response)
        except RedisError as error:
            session.failed = error
            raise

    def _save(self, app: Flask, session: Opened, response: Response) -> None:
        if session.keys() - {"_permanent"} or not session.modified:  # which clearing leaves
            super().save_session(app, session, response)
            return
        self._delete_session(session.sid)
        # Flask-Session leaves out `Secure`, without which browsers ignore a `__Host-` cookie.
        response.delete_cookie(
            self.get_cookie_name(app),
            path=self.get_cookie_path(app),
            secure=self.get_cookie_secure(app),
            httponly=True,
            samesite=self.get_cookie_samesite(app),
        )
        response.vary.add("Cookie")

    # --- What Flask-Session asks of a store; it calls a session by its cookie here.

    def _get_store_id(self, sid: str) -> str:
        return sid

    def _retrieve_session_data(self, store_id: str) -> dict[str, Any] | None:
        opened = self._found(store_id, touch=False)
        return dict(opened) if opened is not None else None

    def _delete_session(self, store_id: str) -> None:
        key = self.key_of(store_id)
        if key:
            self.store.delete(key)

    def _upsert_session(self, session_lifetime: timedelta, session: Opened, store_id: str) -> None:
        del session_lifetime
        if not store_id:
            store_id = session.sid = self._generate_sid(0)
        key = self.key_of(store_id)
        if key:
            content = msgspec.msgpack.encode(dict(session))
            new = session.found_as != session.sid
            self.store.write(key, content, session.asked_at, new=new)


def _now() -> int:
    return int(clock.now().timestamp() * 1000)


def init_sessions(app: Flask, settings: Settings) -> None:
    """Give the app sessions that live on the server."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-indblik" if settings.secure else "indblik",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",  # the return from the provider must find its session
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=False,  # what was not changed is not written
        PERMANENT_SESSION_LIFETIME=IDLE,
    )
    app.session_interface = Sessions(app, _store(app, settings))


def _store(app: Flask, settings: Settings) -> Store:
    if not settings.redis_url:
        return FileStore(settings.data_dir / "sessions")
    client = Redis.from_url(
        settings.redis_url,
        socket_timeout=WAIT_SECONDS,
        socket_connect_timeout=WAIT_SECONDS,
        retry=Retry(NoBackoff(), 1),  # a connection that has gone stale is made anew
    )
    app.config["SESSION_REDIS"] = client  # for whoever asks whether it is there
    return RedisStore(client)


def _sessions() -> Sessions:
    return cast("Sessions", current_app.session_interface)


def _opened() -> Opened:
    return cast("Opened", session._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001 - werkzeug's documented way through a proxy


def renew() -> None:
    """Give the current session a new id; the old one is dead from this moment."""
    _sessions().regenerate(_opened())


def end() -> None:
    """End the current session, at once and for good."""
    renew()
    session.clear()


def forget(keys: Iterable[str]) -> None:
    """End the sessions that the store calls so: for good, on whatever machine they are used.

    Raises RedisError; the caller's transaction then fails too, and it can be asked for again.
    """
    wanted = list(keys)
    if wanted:
        _sessions().store.forget(wanted)


def current_key() -> str:
    """What the store calls, or will call, the current session."""
    return _sessions().key_of(_opened().sid) or ""


def last_asked(keys: Iterable[str]) -> dict[str, datetime]:
    """When those of these sessions that are alive were last used."""
    found = _sessions().store.last_asked(keys, _now())
    return {key: datetime.fromtimestamp(seen / 1000, UTC) for key, seen in found.items()}


def ends_at() -> datetime:
    """When the current session ends if nobody does anything."""
    idle = datetime.fromtimestamp(_opened().asked_at / 1000, UTC) + IDLE
    return min(idle, _signed_in_at() + ABSOLUTE)


def extensible() -> bool:
    """Whether using it makes the current session last longer."""
    return (
        _signed_in_at() + ABSOLUTE > datetime.fromtimestamp(_opened().asked_at / 1000, UTC) + IDLE
    )


def _signed_in_at() -> datetime:
    return datetime.fromtimestamp(session.get(SIGNED_IN_AT, 0), UTC)


def enforce_limits(now: datetime) -> bool:
    """End a session that has lasted too long; whether it has. For the start of each request.

    The idle limit is the store's. Raises RedisError where the store could not be asked.
    """
    opened = _opened()
    if opened.failed:
        raise opened.failed
    if not any(key in session for key in USER_KEYS):
        return False
    lasted = now - _signed_in_at()
    if -timedelta(milliseconds=AHEAD_MS) <= lasted < ABSOLUTE and USER in session:
        return False
    end()
    return True
