"""What is written down of one attempt to sign in. No case, no name, no CPR number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

KEPT = timedelta(days=180)  # docs/sign-in.md says why so long
LONGEST = 255  # of what a provider says; what is longer is cut

SIGNED_IN = "signed_in"
ENDED_AT_PROVIDER = "ended_at_provider"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt, or the end of a session that a provider asked for."""

    at: datetime
    audience: str  # by which door: citizen or staff
    issuer: str  # the provider that was asked
    outcome: str  # `signed_in`, `ended_at_provider`, or the code of a refusal
    subject: str | None = None  # the provider's name of the account, once it is proven
    level: str | None = None
    provider_session: str | None = None
    transaction: str | None = None  # by which the provider finds the same attempt in its own log

    def ended(self, at: datetime, outcome: str) -> Attempt:
        """The same attempt with what came of it."""
        return replace(self, at=at, outcome=outcome)


class TokenReplayed(Exception):
    """A logout token that has been used before."""
