"""How coarsely a browser is told."""

from __future__ import annotations

import pytest

from portal.sign_ins.rules import device_of


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", "firefox windows"),
        ("Mozilla/5.0 (X11; Linux) AppleWebKit/537 Chrome/140 Safari/537", "chrome linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537 Edg/140", "edge windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18) Version/18 Safari/604", "safari iphone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537", "chrome android"),
        ("Mozilla/5.0 (Macintosh; Intel) Version/18 Safari/605", "safari mac"),
        ("", "other other"),
        ("<script>" * 100, "other other"),
    ],
)
def test_a_device_is_told_coarsely(agent: str, device: str) -> None:
    assert device_of(agent) == device
