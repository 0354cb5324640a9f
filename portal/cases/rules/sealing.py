"""What is tied to an event that holds more than the portal understands."""

from __future__ import annotations

SEALED = "sealed"  # the name that it has in the event's data


def about_event(source: str, event: str) -> str:
    """What the rest of an event is tied to."""
    return f"event {source} {event}"
