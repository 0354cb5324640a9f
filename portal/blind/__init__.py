"""Blind signatures: what is signed is not seen by who signs it (RFC 9474)."""
