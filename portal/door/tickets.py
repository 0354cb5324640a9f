"""Tickets as they come in a form, and whether they are worth an answer."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode
from typing import TYPE_CHECKING

from portal.answers.rules import open_cohort
from portal.answers.words import ForgedToken, Ticket
from portal.blind.rules import public_key, verify
from portal.blind.words import WrongKey, WrongMessage, WrongSignature

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from portal.answers.words import Cohort

TOKEN_BYTES = 64  # 32 random bytes in front of 32 random bytes of message


def ticket_of(cohort: str, token: str, signature: str) -> Ticket:
    """The ticket that three fields of a form hold. Raises ForgedToken."""
    ticket = Ticket(cohort, _decoded(token), _decoded(signature))
    if len(ticket.prepared) != TOKEN_BYTES:
        raise ForgedToken
    return ticket


def _decoded(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise ForgedToken from None


def check(cohorts: Mapping[str, Cohort], ticket: Ticket, today: date) -> None:
    """Whether the ticket would be taken today, unless it is spent.

    Asked on every page: nobody fills in in vain, and no text is looked at for a forged ticket.
    Raises UnknownCohort, ClosedCohort, ForgedToken.
    """
    cohort = open_cohort(cohorts, ticket.cohort, today)
    try:
        verify(public_key(cohort.key), ticket.prepared, ticket.signature)
    except (WrongKey, WrongMessage, WrongSignature):
        raise ForgedToken from None
