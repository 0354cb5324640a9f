"""Why somebody was not let in."""

from __future__ import annotations

from enum import StrEnum


class RefusalKind(StrEnum):
    """The three kinds of refusal that a person is told apart."""

    STOPPED = "stopped"  # by the person
    TRY_AGAIN = "try_again"  # it may succeed the next time
    ERROR = "error"  # ours, or the provider's: trying again does not help


class SignInRefused(Exception):
    """A sign-in that does not go through. The code is ours and holds no personal data."""

    def __init__(self, kind: RefusalKind, code: str) -> None:
        super().__init__(code)
        self.kind = kind
        self.code = code
