"""A certified OpenID provider under Node, as an independent counterpart of our client."""

from __future__ import annotations

import contextlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portal.pages.oidc.keys import own_key, public_jwk
from tests.servers.processes import answers, free_port, running
from tests.servers.skips import missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SCRIPT = Path(__file__).with_suffix(".mjs")
INSTALLED = SCRIPT.parents[1] / "node" / "node_modules" / "oidc-provider"


@dataclass(frozen=True)
class Counterpart:
    """How the provider is set up: what it offers or demands, and how it knows the portal."""

    people: dict[str, dict[str, Any]]
    portal: str = "http://localhost"
    pushed: bool | str = False  # True: offered; "required": demanded
    signed: bool | str = False
    kid: str = "first"  # of its own key, which is a new one at each start
    port: int = 0  # a free one


@contextlib.contextmanager
def oidc_provider(folder: Path, key_files: Sequence[Path], how: Counterpart) -> Iterator[str]:
    """The issuer of a provider that knows the portal by these keys."""
    node = shutil.which("node")
    if node is None or not INSTALLED.is_dir():
        missing("npm oidc-provider")
    port = how.port or free_port()
    client = {
        "client_id": "indblik-citizen",
        "keys": [public_jwk(own_key(path)) for path in key_files],
        "redirect_uri": f"{how.portal}/log-ind/retur",
        "logout_uri": f"{how.portal}/logget-ud",
        "ended_uri": f"{how.portal}/log-ind/udefra",
    }
    config = folder / f"oidc_provider_{how.kid}.json"
    told = {"port": port, "clients": [client], "people": how.people}
    told |= {"kid": how.kid, "pushed": how.pushed, "signed": how.signed}
    config.write_text(json.dumps(told))
    with running([node, SCRIPT, config], lambda: answers(port), config.with_suffix(".log")):
        yield f"http://127.0.0.1:{port}"
