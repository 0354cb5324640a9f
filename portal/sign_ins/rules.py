"""What of a browser is remembered: its kind and its system's kind, and no more."""

from __future__ import annotations

# The first that fits counts: most browsers also call themselves by the names of others.
BROWSERS = (
    ("Edg", "edge"),
    ("OPR/", "opera"),
    ("SamsungBrowser", "samsung"),
    ("Firefox", "firefox"),
    ("FxiOS", "firefox"),
    ("CriOS", "chrome"),
    ("Chrome", "chrome"),
    ("Safari", "safari"),
)
SYSTEMS = (
    ("iPhone", "iphone"),
    ("iPad", "ipad"),
    ("Android", "android"),
    ("Windows", "windows"),
    ("CrOS", "chromeos"),
    ("Macintosh", "mac"),
    ("Linux", "linux"),
)
OTHER = "other"


def device_of(user_agent: str) -> str:
    """What kind of browser on what kind of system, such as `firefox windows`."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), OTHER)
    system = next((name for sign, name in SYSTEMS if sign in user_agent), OTHER)
    return f"{browser} {system}"
