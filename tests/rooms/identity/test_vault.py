"""What is sealed opens only where it belongs, and no exception tells what it was about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.settings import Key
from portal.vault import CprError, Purpose, SealError, UnknownKey, normalised
from tests.vaults import vault_with

VAULT = vault_with(Key("c1", b"c" * 32), Key("d1", b"d" * 32))


@pytest.mark.parametrize("cpr", ["6101901234", "610190-1234", " 610190-1234 ", "9112999999"])
def test_a_number_is_ten_digits_with_or_without_a_dash(cpr: str) -> None:
    assert normalised(cpr) == cpr.strip().replace("-", "")


@pytest.mark.parametrize(
    "cpr",
    [
        "", "610190123", "61019012345", "610190--1234", "6101-901234", "610190 1234",
        "3201901234", "6001901234", "9201901234", "0001901234", "6113901234", "6100901234",
        "٦١٠١٩٠١٢٣٤", "6101901234\n1",
    ],
)  # fmt: skip
def test_anything_else_is_refused_without_being_repeated(cpr: str) -> None:
    with pytest.raises(CprError) as caught:
        normalised(cpr)
    assert not cpr or cpr not in str(caught.value)


def test_a_look_up_value_depends_on_number_and_key_alone() -> None:
    other = vault_with(Key("c1", b"x" * 32), Key("d1", b"d" * 32))
    assert VAULT.lookup("6101901234") == VAULT.lookup("610190-1234")
    assert len(VAULT.lookup("6101901234")) == 32
    assert VAULT.lookup("6101901234") != VAULT.lookup("6101901235")
    assert VAULT.lookup("6101901234") != other.lookup("6101901234")


@given(text=st.text(), about=st.text())
def test_what_is_sealed_opens_again(text: str, about: str) -> None:
    assert VAULT.open(VAULT.seal(text, about), about) == text


def test_two_seals_of_one_text_differ() -> None:
    assert VAULT.seal("Anna", "a") != VAULT.seal("Anna", "a")


def test_a_seal_opens_nowhere_else_and_not_altered() -> None:
    sealed = VAULT.seal("Anna", "person 1 name")
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for wrong, about in ((sealed, "person 2 name"), (changed, "person 1 name")):
        with pytest.raises(SealError, match="altered"):
            VAULT.open(wrong, about)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01\x02d1", b"\x02\x02d1" + b"x" * 40])
def test_what_is_no_seal_is_refused(sealed: bytes) -> None:
    with pytest.raises(SealError):
        VAULT.open(sealed, "a")


def test_a_seal_of_another_key_is_told_by_its_name() -> None:
    newer = vault_with(Key("c1", b"c" * 32), Key("d2", b"e" * 32))
    with pytest.raises(SealError, match="not at hand"):
        newer.open(VAULT.seal("Anna", "a"), "a")


@pytest.mark.parametrize("purpose", Purpose)
def test_each_purpose_has_a_key_of_its_own(purpose: Purpose) -> None:
    others = {VAULT.key(other).secret for other in Purpose if other is not purpose}
    assert len(VAULT.key(purpose).secret) == 32
    assert VAULT.key(purpose).secret not in others
    assert VAULT.known(purpose)[0] == VAULT.key(purpose, VAULT.key(purpose).id)


def test_a_key_that_is_not_at_hand_is_told() -> None:
    with pytest.raises(UnknownKey):
        VAULT.key(Purpose.AUDIT, "no such key")


def test_the_look_up_values_begin_with_the_current_one() -> None:
    assert VAULT.lookups("610190-1234")[0] == VAULT.lookup("6101901234")
