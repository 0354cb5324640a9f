"""A certified OpenID provider under Node, as an independent counterpart of our client."""

from __future__ import annotations

import contextlib
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portal.pages.oidc.keys import own_key, public_jwk
from tests.servers.processes import answers, free_port, running
from tests.servers.skips import missing

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPT = Path(__file__).with_suffix(".mjs")
INSTALLED = SCRIPT.parents[1] / "node" / "node_modules" / "oidc-provider"


@contextlib.contextmanager
def oidc_provider(
    folder: Path, key_file: Path, portal: str, people: dict[str, dict[str, Any]]
) -> Iterator[str]:
    """The issuer of a provider that knows the portal at this address, and these people."""
    node = shutil.which("node")
    if node is None or not INSTALLED.is_dir():
        missing("npm oidc-provider")
    port = free_port()
    client = {
        "client_id": "indblik-citizen",
        "jwk": public_jwk(own_key(key_file)),
        "redirect_uri": f"{portal}/log-ind/retur",
        "logout_uri": f"{portal}/logget-ud",
    }
    config = folder / "oidc_provider.json"
    config.write_text(json.dumps({"port": port, "clients": [client], "people": people}))
    with running([node, SCRIPT, config], lambda: answers(port), folder / "oidc_provider.log"):
        yield f"http://127.0.0.1:{port}"
