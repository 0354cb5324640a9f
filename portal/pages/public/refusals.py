"""Saying no to somebody who wanted to sign in, and what can be done about it."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import g, render_template, url_for

from portal.audit.words import Act
from portal.identity.words import RefusalKind, SignInRefused
from portal.pages.access import note
from portal.pages.attempts import keep
from portal.pages.oidc.answers import CodeSpent
from portal.pages.oidc.wire import ProviderDown, ProviderWrong
from portal.vault import CprError

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from portal.identity_log.words import Attempt
    from portal.pages.entrances import Entrance

REASONS = (SignInRefused, ProviderDown, ProviderWrong, CodeSpent, CprError)

STATUS = {
    RefusalKind.STOPPED: HTTPStatus.OK,
    RefusalKind.TRY_AGAIN: HTTPStatus.BAD_REQUEST,
    RefusalKind.ERROR: HTTPStatus.BAD_GATEWAY,
}
# Other answers than those of the kind: who may not enter, and a provider that is out of order.
STATUS_OF_CODE = {
    "low_assurance": HTTPStatus.FORBIDDEN,
    "no_role": HTTPStatus.FORBIDDEN,
    "other_person": HTTPStatus.FORBIDDEN,
    "provider_down": HTTPStatus.SERVICE_UNAVAILABLE,
}
OWN_TEXT = {"low_assurance", "no_role", "provider_down", "unknown_state"}  # beyond the kind's

log = logging.getLogger("indblik.sign_in")


def refused(entrance: Entrance, error: Exception, attempt: Attempt) -> ResponseReturnValue:
    """The page that tells why, and what to do; noted and logged without personal data."""
    refusal = _as_refusal(error)
    level = logging.ERROR if refusal.kind is RefusalKind.ERROR else logging.INFO
    log.log(level, "sign-in of %s refused: %s", entrance.audience, refusal.code)
    note(Act.SIGN_IN_REFUSED, why=refusal.code)
    keep(attempt, refusal.code)
    text = refusal.code if refusal.code in OWN_TEXT else refusal.kind.value
    g.here = url_for(entrance.start)  # the languages lead there, not back into what was refused
    page = render_template("public/sign_in_refused.html", text=text, start=entrance.start)
    return page, STATUS_OF_CODE.get(refusal.code, STATUS[refusal.kind])


def _as_refusal(error: Exception) -> SignInRefused:
    match error:
        case SignInRefused():
            return error
        case ProviderDown():
            return SignInRefused(RefusalKind.TRY_AGAIN, "provider_down")
        case CodeSpent():
            return SignInRefused(RefusalKind.TRY_AGAIN, "code_spent")
        case CprError():
            return SignInRefused(RefusalKind.ERROR, "bad_cpr")
    log.error("the provider is wrong: %s", error)  # the text is ours, see ProviderWrong
    return SignInRefused(RefusalKind.ERROR, "provider_wrong")
