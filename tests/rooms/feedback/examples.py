"""Invented answers, as the answer door releases them."""

from __future__ import annotations

from portal.feedback.words import ReleasedRatings, ReleasedText

COHORT = "2026-3-disability"


def key(number: int) -> str:
    return f"{number:032x}"


def ratings(number: int, **more: str) -> ReleasedRatings:
    given = {"trust": "high", "outcome": "in_part"} | more
    return ReleasedRatings(key(number), COHORT, "2026-1", "da", given, {"well": ("time", "call")})


def text(number: int, said: str = "Det gik hurtigt, og jeg forstod det.") -> ReleasedText:
    return ReleasedText(key(number), COHORT, "2026-1", "da", "better", said)
