"""RSA keys: made, written down and read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from portal.blind.words import PrivateKey, PublicKey, WrongKey

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes, PublicKeyTypes

BITS = 3072
LEAST_BITS, MOST_BITS = 2048, 4096
EXPONENT = 65537


def new_key(bits: int = BITS) -> PrivateKey:
    """A fresh key."""
    return private_of(rsa.generate_private_key(EXPONENT, bits))


def public_key(der: bytes) -> PublicKey:
    """The key that a SubjectPublicKeyInfo holds. Raises WrongKey."""
    try:
        known: PublicKeyTypes = serialization.load_der_public_key(der)
    except (ValueError, UnsupportedAlgorithm):
        raise WrongKey from None
    if not isinstance(known, rsa.RSAPublicKey):
        raise WrongKey
    return _public_of(known)


def public_der(key: PublicKey) -> bytes:
    """The key as a SubjectPublicKeyInfo."""
    return _known(key).public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def private_key(pem: str) -> PrivateKey:
    """The key that this text holds. Raises WrongKey, which says nothing of it."""
    try:
        known: PrivateKeyTypes = serialization.load_pem_private_key(
            pem.encode(),
            password=None,
            unsafe_skip_rsa_key_validation=True,  # what is signed is checked each time
        )
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise WrongKey from None
    if not isinstance(known, rsa.RSAPrivateKey):
        raise WrongKey
    return private_of(known)


def private_text(key: PrivateKey) -> str:
    """The key as PKCS #8 in PEM: as secret as the key itself."""
    first, second = key.primes
    numbers = rsa.RSAPrivateNumbers(
        p=first,
        q=second,
        d=pow(key.public.exponent, -1, (first - 1) * (second - 1)),
        dmp1=key.exponents[0],
        dmq1=key.exponents[1],
        iqmp=key.coefficient,
        public_numbers=rsa.RSAPublicNumbers(key.public.exponent, key.public.modulus),
    )
    return (
        numbers.private_key()
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        .decode()
    )


def private_of(known: rsa.RSAPrivateKey) -> PrivateKey:
    """The same key as the library has it. Raises WrongKey where it is too short or too long."""
    numbers = known.private_numbers()
    return PrivateKey(
        public=_public_of(known.public_key()),
        primes=(numbers.p, numbers.q),
        exponents=(numbers.dmp1, numbers.dmq1),
        coefficient=numbers.iqmp,
    )


def _public_of(known: rsa.RSAPublicKey) -> PublicKey:
    numbers = known.public_numbers()
    usual = numbers.e == EXPONENT and numbers.n % 2 == 1
    if not usual or not LEAST_BITS <= known.key_size <= MOST_BITS:
        raise WrongKey
    return PublicKey(numbers.n, numbers.e)


def _known(key: PublicKey) -> rsa.RSAPublicKey:
    return rsa.RSAPublicNumbers(key.exponent, key.modulus).public_key()
