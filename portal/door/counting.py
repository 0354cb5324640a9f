"""How often somebody may come to the door, without knowing or keeping who it is.

Counted before the app, which sees no address. What is kept is a hash under a key that this process
makes and never tells, for a minute, in memory; without a setting that says which proxies to believe
not even that, and only everybody together is counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.rates.words import TooMany, Whose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from portal.rates.counting import Rates

WAIT = "indblik.wait"  # in the environment of a request that came too soon: for how long
FREE = ("/static/", "/health/")
DOOR = "answers"


def counted(inner: WSGIApplication, rates: Rates, proxies: int | None) -> WSGIApplication:
    """The app, which is told of a request that it came too soon."""
    limits = rates.rules.of(DOOR)

    def outer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ.pop(WAIT, None)
        if not environ.get("PATH_INFO", "").startswith(FREE):
            try:
                rates.take(rates.counts(limits, Whose(address=address_of(environ, proxies))))
            except TooMany as error:
                environ[WAIT] = error.seconds
        return inner(environ, start_response)

    return outer


def address_of(environ: WSGIEnvironment, proxies: int | None) -> str | None:
    """Where a request comes from, by so many proxies; None where nobody is to be told apart."""
    if proxies is None:
        return None
    told = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if 0 < proxies <= len(told):
        return str(told[-proxies])
    return str(environ.get("REMOTE_ADDR", ""))
