"""Keys and refusals of blind signatures."""

from __future__ import annotations

from dataclasses import dataclass, field


class WrongSignature(Exception):
    """Not made with this key over this message."""


class WrongKey(Exception):
    """Not an RSA key that can be used here."""


class WrongMessage(Exception):
    """Too long or too short, or a number that this key cannot sign."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    modulus: int
    exponent: int

    @property
    def size(self) -> int:
        """Bytes of the modulus, and so of all that is blinded or signed."""
        return (self.modulus.bit_length() + 7) // 8


@dataclass(frozen=True, slots=True)
class PrivateKey:
    public: PublicKey
    primes: tuple[int, int] = field(repr=False)
    exponents: tuple[int, int] = field(repr=False)  # the private one by each prime less one
    coefficient: int = field(repr=False)  # the inverse of the second prime by the first
