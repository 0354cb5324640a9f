"""The numbers of RFC 9474, Appendix A: all four variants, one 4096-bit key."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from portal.blind.rules import blind_sign, blinded_by, finalize, verify
from portal.blind.rules.keys import private_of
from portal.blind.rules.pss import encoded
from portal.blind.words import WrongSignature

if TYPE_CHECKING:
    from portal.blind.words import PrivateKey

APPENDIX = json.loads((Path(__file__).parent / "rfc9474.json").read_text("utf-8"))


class Vector(NamedTuple):
    name: str
    prepared: bytes
    salt: bytes
    inverse: bytes
    blinded: bytes
    blind_signature: bytes
    signature: bytes


def vectors() -> list[Vector]:
    return [
        Vector(
            name=one["name"],
            prepared=bytes.fromhex(one["prefix"] + APPENDIX["msg"]),
            salt=bytes.fromhex(one["salt"]),
            inverse=bytes.fromhex(one["inv"]),
            blinded=bytes.fromhex(one["blinded_msg"]),
            blind_signature=bytes.fromhex(one["blind_sig"]),
            signature=bytes.fromhex(one["sig"]),
        )
        for one in APPENDIX["variants"]
    ]


EACH = pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector.name)


@cache
def key() -> PrivateKey:
    p, q, e = (int(APPENDIX[name], 16) for name in "pqe")
    d = pow(e, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(e, p * q)
    numbers = rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), public)
    return private_of(numbers.private_key())


def test_there_are_four_variants() -> None:
    assert {(bool(one.salt), len(one.prepared)) for one in vectors()} == {
        (True, 80),
        (False, 80),
        (True, 48),
        (False, 48),
    }


@EACH
def test_blinding_gives_what_the_rfc_gives(vector: Vector) -> None:
    public = key().public
    factor = pow(int.from_bytes(vector.inverse, "big"), -1, public.modulus)
    number = encoded(public, vector.prepared, vector.salt)
    assert blinded_by(public, number, factor) == (vector.blinded, vector.inverse)


@EACH
def test_signing_gives_what_the_rfc_gives(vector: Vector) -> None:
    assert blind_sign(key(), vector.blinded) == vector.blind_signature


@EACH
def test_the_last_step_gives_what_the_rfc_gives(vector: Vector) -> None:
    signature = finalize(
        key().public, vector.prepared, vector.blind_signature, vector.inverse, len(vector.salt)
    )
    assert signature == vector.signature


@EACH
def test_the_signature_verifies_with_its_own_length_of_salt_only(vector: Vector) -> None:
    verify(key().public, vector.prepared, vector.signature, len(vector.salt))
    with pytest.raises(WrongSignature):
        verify(key().public, vector.prepared, vector.signature, 48 - len(vector.salt))
