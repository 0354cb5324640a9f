"""A vault whose keys change: what is written is written with those of now, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from portal.settings import Key
from portal.vault import KeysUnavailable, Purpose, SealError, Vault

if TYPE_CHECKING:
    from portal.vault import Ring

FRESH = 30


class Source:
    """Where the keys lie: they can be replaced, and be out of reach."""

    def __init__(self) -> None:
        self.reads = 0
        self.names: list[str] | None = ["1"]

    def __call__(self) -> Ring:
        self.reads += 1
        if self.names is None:
            message = "gone"
            raise KeysUnavailable(message)
        made = tuple(Key(name, name.encode() * 32) for name in self.names)
        return dict.fromkeys(Purpose, made)


class Watch:
    """The time that passes in the process."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    made = Watch()
    monkeypatch.setattr("portal.vault.time", made)
    return made


@pytest.fixture
def vault(source: Source, watch: Watch) -> Vault:
    return Vault(source, FRESH)


def test_keys_are_read_once_while_they_are_fresh(
    vault: Vault, source: Source, watch: Watch
) -> None:
    for _ in range(3):
        vault.open(vault.seal("text", "about"), "about")
        watch.now += FRESH / 3 - 0.1
    assert source.reads == 1
    watch.now += 1
    vault.lookup("6101901234")
    assert source.reads == 2


def test_a_text_sealed_with_a_newer_key_opens(vault: Vault, source: Source, watch: Watch) -> None:
    vault.known(Purpose.DATA)
    source.names = ["2", "1"]
    sealed = Vault(source, FRESH).seal("text", "about")
    watch.now += 1
    assert vault.open(sealed, "about") == "text"
    assert vault.key(Purpose.DATA).id == "2"


def test_a_text_sealed_with_no_key_that_is_known_is_refused(
    vault: Vault, source: Source, watch: Watch
) -> None:
    source.names = ["9"]
    sealed = Vault(source, FRESH).seal("text", "about")
    source.names = ["1"]
    with pytest.raises(SealError):
        vault.open(sealed, "about")


def test_nothing_is_written_with_keys_of_yesterday(
    vault: Vault, source: Source, watch: Watch
) -> None:
    sealed = vault.seal("text", "about")
    source.names = None
    watch.now += FRESH
    with pytest.raises(KeysUnavailable):
        vault.seal("text", "about")
    with pytest.raises(KeysUnavailable):
        vault.lookup("6101901234")
    assert vault.open(sealed, "about") == "text"  # what was written can still be read
    assert vault.key(Purpose.SESSION).id == "1"


def test_a_database_that_is_down_is_not_asked_by_every_page(
    vault: Vault, source: Source, watch: Watch
) -> None:
    vault.known(Purpose.FORM)
    source.names = None
    watch.now += FRESH
    for _ in range(10):
        vault.known(Purpose.FORM)
    assert source.reads == 2
    watch.now += 5
    vault.known(Purpose.FORM)
    assert source.reads == 3


def test_without_keys_nothing_can_be_done(vault: Vault, source: Source) -> None:
    source.names = None
    for purpose in Purpose:
        with pytest.raises(KeysUnavailable):
            vault.key(purpose)


def test_look_up_values_are_made_with_each_key_in_a_place_of_its_own(
    vault: Vault, source: Source
) -> None:
    source.names = ["3", "4"]
    placed = dict(vault.placed_lookups("6101901234"))
    assert placed.keys() == {0, 1}
    assert tuple(placed.values()) == vault.lookups("610190-1234")
    assert len(set(placed.values())) == 2
