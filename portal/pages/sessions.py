"""Sessions, kept on the server: the cookie holds a random name and nothing else.

A session ends for good: a slow request that began before a sign-out cannot bring it back when it
is saved after it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from cachelib import FileSystemCache
from flask import current_app, session
from flask_session.base import ServerSideSession, ServerSideSessionInterface
from flask_session.cachelib import CacheLibSessionInterface
from flask_session.redis import RedisSessionInterface
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

if TYPE_CHECKING:
    from flask import Flask, Request, Response

    from portal.settings import Settings

IDLE = timedelta(minutes=30)  # without a request
ABSOLUTE = timedelta(hours=8)  # since sign-in
SIGNED_IN_AT = "signed_in_at"
USER_KEYS = ("_user_id", SIGNED_IN_AT)

WAIT_SECONDS = 1  # for Redis
PREFIX = "indblik:session:"
ID_BYTES = 32
MOST_FILES = 5000  # on a developer's machine; expired ones go first


class _Final(ServerSideSessionInterface):  # type: ignore[misc]  # Flask-Session has no types
    """What both kinds of store share."""

    def open_session(self, app: Flask, request: Request) -> ServerSideSession:
        try:
            opened = super().open_session(app, request)
            opened.failed = None
        except RedisError as error:  # kept until the request can be answered with a page
            opened = self.session_class(sid=self._generate_sid(self.sid_length))
            opened.failed = error
        opened.found_as = opened.sid if opened else None  # an empty one is new
        return opened

    def save_session(self, app: Flask, session: ServerSideSession, response: Response) -> None:
        if session.failed:  # once is enough: nobody is kept waiting for the same again
            return
        try:
            self._save(app, session, response)
        except RedisError as error:
            session.failed = error
            raise

    def _save(self, app: Flask, session: ServerSideSession, response: Response) -> None:
        if session or not session.modified:
            super().save_session(app, session, response)
            return
        self._delete_session(self._get_store_id(session.sid))
        # Flask-Session leaves out `Secure`, without which browsers ignore a `__Host-` cookie.
        response.delete_cookie(
            self.get_cookie_name(app),
            path=self.get_cookie_path(app),
            secure=self.get_cookie_secure(app),
            httponly=True,
            samesite=self.get_cookie_samesite(app),
        )
        response.vary.add("Cookie")


class RedisSessions(_Final, RedisSessionInterface):  # type: ignore[misc]  # as above
    """Sessions in Redis: for production, where several processes share them.

    Reading one begins its idle time anew, so it is written only when something in it changed.
    """

    def should_set_storage(self, app: Flask, session: ServerSideSession) -> bool:
        del app
        return cast("bool", session.modified)

    def _retrieve_session_data(self, store_id: str) -> dict[str, Any] | None:
        found = self.client.getex(store_id, ex=self.app.permanent_session_lifetime)
        return cast("dict[str, Any]", self.serializer.decode(found)) if found else None

    def _upsert_session(
        self, session_lifetime: timedelta, session: ServerSideSession, store_id: str
    ) -> None:
        self.client.set(
            name=store_id,
            value=self.serializer.encode(session),
            ex=int(session_lifetime.total_seconds()),
            xx=session.found_as == session.sid,  # only if it is still there
        )


class FileSessions(_Final, CacheLibSessionInterface):  # type: ignore[misc]  # as above
    """Sessions in files: for a machine without Redis."""

    def _upsert_session(
        self, session_lifetime: timedelta, session: ServerSideSession, store_id: str
    ) -> None:
        if session.found_as != session.sid or self.cache.has(store_id):
            super()._upsert_session(session_lifetime, session, store_id)


def init_sessions(app: Flask, settings: Settings) -> None:
    """Give the app sessions that live on the server."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-indblik" if settings.secure else "indblik",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",  # the return from the provider must find its session
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=True,  # each request begins the idle time anew
        PERMANENT_SESSION_LIFETIME=IDLE,
    )
    app.session_interface = _store(app, settings)


def _store(app: Flask, settings: Settings) -> _Final:
    shared: dict[str, Any] = {
        "app": app,
        "key_prefix": PREFIX,
        "permanent": False,  # the cookie goes when the browser closes
        "sid_length": ID_BYTES,
    }
    if settings.redis_url:
        client = Redis.from_url(
            settings.redis_url,
            socket_timeout=WAIT_SECONDS,
            socket_connect_timeout=WAIT_SECONDS,
            retry=Retry(NoBackoff(), 1),  # a connection that has gone stale is made anew
        )
        app.config["SESSION_REDIS"] = client  # for whoever asks whether it is there
        return RedisSessions(client=client, **shared)
    folder = settings.data_dir / "sessions"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return FileSessions(client=FileSystemCache(str(folder), threshold=MOST_FILES), **shared)


def renew() -> None:
    """Give the current session a new id; the old one is dead from this moment."""
    cast("_Final", current_app.session_interface).regenerate(session)


def end() -> None:
    """End the current session, at once and for good."""
    renew()
    session.clear()


def enforce_limits(now: datetime) -> bool:
    """End a session that has lasted too long; whether it has. For the start of each request.

    The idle limit is the store's: it forgets what nobody has asked for. Raises RedisError where
    the store could not be asked.
    """
    opened = cast("ServerSideSession", session)
    if opened.failed:
        raise opened.failed
    if not any(key in session for key in USER_KEYS):
        return False
    signed_in_at = datetime.fromtimestamp(session.get(SIGNED_IN_AT, 0), UTC)
    if now - signed_in_at <= ABSOLUTE and "_user_id" in session:
        return False
    end()
    return True
