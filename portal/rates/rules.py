"""Whose visits count together, and how much of a limit one process may let through by itself."""

from __future__ import annotations

import re
from ipaddress import IPv6Address, ip_address, ip_network

PREFIX = 64  # bits of an IPv6 address that a household or an office gets as one
UNKNOWN = "unknown"
WITH_PORT = re.compile(r"\[([^\[\]]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+")


def bucket(address: str | None) -> str:
    """The address whose visits count together: IPv4 by itself, IPv6 by its /64.

    What is no address is one bucket for all such visits.
    """
    bare = (address or "").strip()
    if with_port := WITH_PORT.fullmatch(bare):
        bare = with_port[1] or with_port[2]
    try:
        found = ip_address(bare.partition("%")[0])  # without the zone of a link-local one
    except ValueError:
        return UNKNOWN
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ip_network((int(found), PREFIX), strict=False))
    return str(found)


def share(amount: int, processes: int) -> int:
    """How many one of several processes may let through when they cannot count together."""
    return max(1, amount // processes)


def wait(oldest: float, seconds: int, now: float) -> int:
    """Whole seconds until the oldest visit of a full window has left it."""
    return max(1, min(seconds, int(oldest + seconds - now) + 1))
