"""What a blind signature must refuse, and what it must not show."""

from __future__ import annotations

import dataclasses

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from portal.blind.rules import (
    blind,
    blind_sign,
    blinded_by,
    finalize,
    new_key,
    prepare,
    private_key,
    private_text,
    public_der,
    public_key,
    verify,
)
from portal.blind.rules.keys import private_of
from portal.blind.words import WrongKey, WrongMessage, WrongSignature
from tests.rooms.blind.keys import key

MESSAGE = bytes(range(32))
DER = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
PEM = (
    serialization.Encoding.PEM,
    serialization.PrivateFormat.PKCS8,
    serialization.NoEncryption(),
)


def test_what_is_signed_blindly_verifies() -> None:
    prepared = prepare(MESSAGE)
    blinded, inverse = blind(key().public, prepared)
    signature = finalize(key().public, prepared, blind_sign(key(), blinded), inverse)
    verify(key().public, prepared, signature)
    assert len(prepared) == 64
    assert prepared.endswith(MESSAGE)


def test_the_same_message_never_looks_the_same() -> None:
    prepared = prepare(MESSAGE)
    assert blind(key().public, prepared)[0] != blind(key().public, prepared)[0]
    assert prepare(MESSAGE) != prepared


def test_the_same_blinded_message_gets_the_same_signature() -> None:
    blinded, _ = blind(key().public, prepare(MESSAGE))
    assert blind_sign(key(), blinded) == blind_sign(key(), blinded)


@pytest.mark.parametrize("change", [b"", b"\0", MESSAGE])
def test_another_message_does_not_verify(change: bytes) -> None:
    prepared = prepare(MESSAGE)
    blinded, inverse = blind(key().public, prepared)
    signature = finalize(key().public, prepared, blind_sign(key(), blinded), inverse)
    with pytest.raises(WrongSignature):
        verify(key().public, prepared[:-1] + change, signature)
    with pytest.raises(WrongSignature):
        verify(key(1).public, prepared, signature)
    with pytest.raises(WrongSignature):
        verify(key().public, prepared, signature + change + b"\0")


@pytest.mark.parametrize(
    "block",
    [
        b"",
        bytes(256),
        b"\x01",
        b"\xff" * 256,
        bytes(255) + b"\x01" + b"\x01",
        b"\x01" * 255,
    ],
)
def test_what_is_no_number_of_the_key_is_not_signed(block: bytes) -> None:
    with pytest.raises(WrongMessage):
        blind_sign(key(), block)
    with pytest.raises(WrongSignature):
        finalize(key().public, MESSAGE, block, b"\x01".rjust(256, b"\0"))
    with pytest.raises(WrongSignature):
        finalize(key().public, MESSAGE, b"\x01".rjust(256, b"\0"), block)


def test_the_modulus_itself_is_not_signed() -> None:
    with pytest.raises(WrongMessage):
        blind_sign(key(), key().public.modulus.to_bytes(256, "big"))


def test_a_signature_by_another_key_is_not_unveiled() -> None:
    prepared = prepare(MESSAGE)
    blinded, inverse = blind(key().public, prepared)
    smaller = b"\0" + blinded[1:]  # a number that either key signs
    with pytest.raises(WrongSignature):
        finalize(key().public, prepared, blind_sign(key(1), smaller), inverse)


def test_a_wrong_number_never_leaves_the_signer() -> None:
    """A fault in one half of the work would give the primes away."""
    spoiled = dataclasses.replace(key(), exponents=(key().exponents[0] ^ 2, key().exponents[1]))
    blinded, _ = blind(key().public, prepare(MESSAGE))
    with pytest.raises(WrongKey):
        blind_sign(spoiled, blinded)


def test_a_message_that_shares_a_factor_is_refused() -> None:
    with pytest.raises(WrongMessage):
        blinded_by(key().public, key().primes[0], 3)
    with pytest.raises(WrongKey):
        blinded_by(key().public, 3, key().primes[0])


def test_keys_are_read_as_they_were_written() -> None:
    assert private_key(private_text(key())) == key()
    assert public_key(public_der(key().public)) == key().public
    assert new_key().public.modulus.bit_length() == 3072


def test_a_private_key_is_not_shown() -> None:
    assert all(str(prime) not in repr(key()) for prime in key().primes)
    assert str(key().coefficient) not in repr(key())


def other_keys() -> list[bytes]:
    short = rsa.generate_private_key(65537, 1024)  # noqa: S505 - to be refused
    odd = rsa.generate_private_key(3, 2048)
    curve = ec.generate_private_key(ec.SECP256R1())
    even = rsa.RSAPublicNumbers(65537, 2**2047 + 2).public_key()
    known = [one.public_key() for one in (short, odd, curve)]
    return [one.public_bytes(*DER) for one in (*known, even)]


KINDS = ("nothing", "broken", "short", "odd exponent", "curve", "even modulus")


@pytest.mark.parametrize("der", [b"", b"\x30\x03", *other_keys()], ids=KINDS)
def test_what_is_no_such_key_is_refused(der: bytes) -> None:
    with pytest.raises(WrongKey):
        public_key(der)


def test_what_is_no_such_private_key_is_refused() -> None:
    curve = ec.generate_private_key(ec.SECP256R1()).private_bytes(*PEM).decode()
    for pem in ("", "-----BEGIN PRIVATE KEY-----", curve):
        with pytest.raises(WrongKey):
            private_key(pem)
    with pytest.raises(WrongKey):
        private_of(rsa.generate_private_key(65537, 1024))  # noqa: S505 - to be refused
