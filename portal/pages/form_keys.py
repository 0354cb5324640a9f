"""The keys that sign form tokens, asked of the vault each time: they change while we serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.vault import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from portal.vault import Vault


class FormKeys:
    """What itsdangerous takes for keys: it tries them all, and signs with the last."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def __iter__(self) -> Iterator[bytes]:
        for key in reversed(self._vault.known(Purpose.FORM)):
            yield key.secret


def init_form_keys(app: Flask, vault: Vault) -> None:
    """Sign the form tokens of the app with the vault's keys."""
    app.config["WTF_CSRF_SECRET_KEY"] = FormKeys(vault)
