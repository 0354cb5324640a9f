"""No test reaches beyond this machine: a connection to anything but loopback is an error."""

from __future__ import annotations

import ipaddress
import sys

LOOPBACK_NAMES = {"localhost", "", None}


class OutsideError(RuntimeError):
    """A test tried to reach another host. The message names it."""


def is_loopback(host: object) -> bool:
    """Whether a host, as the socket module takes it, is this machine."""
    name = host.decode("ascii") if isinstance(host, bytes) else host
    if name in LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False


def _hosts(event: str, args: tuple[object, ...]) -> list[object]:
    if event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        return [args[0]]
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = args[1]
        return [address[0]] if isinstance(address, tuple) else []  # a path is a Unix socket
    return []


def _refuse_outside(event: str, args: tuple[object, ...]) -> None:
    # Called for every audited event of the interpreter: the cheap question comes first.
    if not event.startswith("socket."):
        return
    for host in _hosts(event, args):
        if not is_loopback(host):
            message = f"a test tried to reach {host!r}"
            raise OutsideError(message)


def pytest_configure() -> None:
    """Put up the wall, below every library that is written in Python."""
    sys.addaudithook(_refuse_outside)
