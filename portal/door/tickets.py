"""Tickets as they come in a form."""

from __future__ import annotations

from portal.answers.words import ForgedToken, Ticket
from portal.blind.rules.wire import read
from portal.blind.words import WrongMessage

TOKEN_BYTES = 64  # 32 random bytes in front of 32 random bytes of message


def ticket_of(cohort: str, token: str, signature: str) -> Ticket:
    """The ticket that three fields of a form hold. Raises ForgedToken."""
    try:
        ticket = Ticket(cohort, read(token), read(signature))
    except WrongMessage:
        raise ForgedToken from None
    if len(ticket.prepared) != TOKEN_BYTES:
        raise ForgedToken
    return ticket
