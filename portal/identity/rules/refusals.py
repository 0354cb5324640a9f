"""What a provider's errors mean to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.identity.words import RefusalKind, SignInRefused

if TYPE_CHECKING:
    from portal.identity.words import Preset

STOPPED = {
    "mitid_user_aborted",
    "user_aborted",
    "mitid_erhverv_user_aborted",
    "declined_user_consent",
}
TRY_AGAIN = {"mitid_timeout", "mitid_no_ctx", "mitid_auth_code_already_used"}
TRY_AGAIN_START = "user_navigation_error"
TRY_AGAIN_ERRORS = {"temporarily_unavailable", "server_error", "login_required"}


def refusal_of(error: str, description: str, preset: Preset | None = None) -> SignInRefused:
    """What a provider's error means to the person. Text that is not known goes no further."""
    lowered = description.lower()
    for start, kind, code in preset.refusals if preset else ():
        if lowered.startswith(start):
            return SignInRefused(kind, code)
    return _shared(error, description)


def _shared(error: str, description: str) -> SignInRefused:
    """The errors that brokers for MitID hand on alike."""
    if description in STOPPED:
        return SignInRefused(RefusalKind.STOPPED, description)
    if description in TRY_AGAIN:
        return SignInRefused(RefusalKind.TRY_AGAIN, description)
    if description.startswith(TRY_AGAIN_START):
        return SignInRefused(RefusalKind.TRY_AGAIN, TRY_AGAIN_START)
    if error in TRY_AGAIN_ERRORS:
        return SignInRefused(RefusalKind.TRY_AGAIN, error)
    if error == "access_denied" and not description:
        return SignInRefused(RefusalKind.STOPPED, error)
    return SignInRefused(RefusalKind.ERROR, "provider_refused")


def refuse_unless(condition: bool, code: str) -> None:  # noqa: FBT001 - reads as a sentence
    """Raise SignInRefused with the code, as an error that is ours or the provider's."""
    if not condition:
        raise SignInRefused(RefusalKind.ERROR, code)
