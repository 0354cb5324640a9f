"""RFC 9474: sign what one does not see. RSABSSA-SHA384-PSS-Randomized unless told otherwise.

Of the RFC's four variants those named "Deterministic" leave `prepare` out, and those named
"PSSZERO" have a salt of no bytes.

What is secret is never a base, an exponent or a modulus of Python's own `pow`, whose time tells
of its arguments: GMP's powm_sec takes as long and touches the same memory for all numbers of a
size. What is not made that way (remainders by the primes, inverses) works on numbers that a
random factor hides.
"""

from __future__ import annotations

import secrets

import gmpy2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA384

from portal.blind.rules.keys import (
    new_key,
    private_key,
    private_text,
    public_der,
    public_key,
)
from portal.blind.rules.pss import SALT_BYTES, encoded
from portal.blind.words import PrivateKey, PublicKey, WrongKey, WrongMessage, WrongSignature

__all__ = [
    "blind",
    "blind_sign",
    "blinded_by",
    "finalize",
    "new_key",
    "prepare",
    "private_key",
    "private_text",
    "public_der",
    "public_key",
    "verify",
]

PREFIX_BYTES = 32


def prepare(message: bytes) -> bytes:
    """The message behind random bytes, so that nobody can have signed it before."""
    return secrets.token_bytes(PREFIX_BYTES) + message


def blind(key: PublicKey, prepared: bytes, salt_bytes: int = SALT_BYTES) -> tuple[bytes, bytes]:
    """What the signer is to see, and the inverse with which `finalize` takes the veil off.

    Raises WrongMessage in the one case of which no one will ever hear: the message shares a
    factor with the modulus.
    """
    number = encoded(key, prepared, secrets.token_bytes(salt_bytes))
    return blinded_by(key, number, _unit(key))


def blinded_by(key: PublicKey, number: int, factor: int) -> tuple[bytes, bytes]:
    """The number under the veil of this factor, and the factor's inverse. Raises WrongMessage."""
    if gmpy2.gcd(number, key.modulus) != 1:
        raise WrongMessage
    veil = gmpy2.powmod_sec(factor, key.exponent, key.modulus)
    blinded = number * veil % key.modulus
    return _bytes(key, blinded), _bytes(key, _inverse(key, factor))


def blind_sign(key: PrivateKey, blinded: bytes) -> bytes:
    """The signature of what is under the veil.

    Raises WrongMessage where it is no number of this key, and WrongKey where what came out does
    not verify: a wrong number would give the key away (RFC 9474, 4.3).
    """
    public = key.public
    number = _number(public, blinded)
    if number is None:
        raise WrongMessage
    factor = _unit(public)
    hidden = number * gmpy2.powmod_sec(factor, public.exponent, public.modulus) % public.modulus
    signed = _root(key, hidden) * _inverse(public, factor) % public.modulus
    if gmpy2.powmod(signed, public.exponent, public.modulus) != number:
        raise WrongKey
    return _bytes(public, signed)


def finalize(
    key: PublicKey,
    prepared: bytes,
    blind_signature: bytes,
    inverse: bytes,
    salt_bytes: int = SALT_BYTES,
) -> bytes:
    """The signature of the message itself. Raises WrongSignature."""
    signed, factor = _number(key, blind_signature), _number(key, inverse)
    if signed is None or factor is None:
        raise WrongSignature
    signature = _bytes(key, gmpy2.mpz(signed) * factor % key.modulus)
    verify(key, prepared, signature, salt_bytes)
    return signature


def verify(key: PublicKey, prepared: bytes, signature: bytes, salt_bytes: int = SALT_BYTES) -> None:
    """Nothing, where this key signed that message: an ordinary RSA-PSS. Raises WrongSignature."""
    known = rsa.RSAPublicNumbers(key.exponent, key.modulus).public_key()
    try:
        known.verify(
            signature,
            prepared,
            padding.PSS(mgf=padding.MGF1(SHA384()), salt_length=salt_bytes),
            SHA384(),
        )
    except InvalidSignature:
        raise WrongSignature from None


def _root(key: PrivateKey, hidden: int) -> int:
    """The number that gives `hidden` when raised to the public exponent, by both primes apart."""
    (first, second), (by_first, by_second) = key.primes, key.exponents
    one = gmpy2.powmod_sec(hidden % first, by_first, first)
    two = gmpy2.powmod_sec(hidden % second, by_second, second)
    return int(two + second * ((one - two) * key.coefficient % first))


def _unit(key: PublicKey) -> int:
    """A random number with an inverse, as every one has that is no multiple of a prime."""
    return 1 + secrets.randbelow(key.modulus - 1)


def _inverse(key: PublicKey, factor: int) -> int:
    cover = gmpy2.mpz(_unit(key))  # the time that an inverse takes tells of its number
    try:
        uncovered = gmpy2.invert(cover * factor % key.modulus, key.modulus)
    except ZeroDivisionError:  # a factor of the modulus: this key was never one
        raise WrongKey from None
    return int(cover * uncovered % key.modulus)


def _number(key: PublicKey, block: bytes) -> int | None:
    """The number that the block holds, where it is one of this key."""
    number = int.from_bytes(block, "big")
    return number if len(block) == key.size and 0 < number < key.modulus else None


def _bytes(key: PublicKey, number: int) -> bytes:
    return int(number).to_bytes(key.size, "big")
