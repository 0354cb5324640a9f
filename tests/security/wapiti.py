"""Wapiti over a running application on this machine; it stops by itself."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.guards.tree import ROOT
from tests.servers.skips import missing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PROGRAM = ROOT / ".venv" / "scan-web" / "bin" / "wapiti"
SHORT = ("cookieflags", "csp", "csrf", "http_headers", "xss", "redirect", "crlf", "exec", "file",
         "sql")  # fmt: skip
LONG = (*SHORT, "permanentxss", "backup", "htaccess", "methods", "ssrf", "xxe", "shellshock",
        "ldap", "upload", "buster", "nikto")  # fmt: skip
NOWHERE = "http://127.0.0.1:9/"  # whom an application would ask that asks whomever it is told to


@dataclass(frozen=True, slots=True)
class Scan:
    """Where a scan begins, who has signed in, and how long it may take at most."""

    address: str
    cookies: dict[str, str]
    modules: Sequence[str]
    crawl_seconds: int
    attack_seconds: int  # of each kind of attack
    starts: Sequence[str] = ()
    leave: Sequence[str] = ("/log-ud",)  # whoever signs out sees no more


@dataclass(frozen=True, slots=True)
class Seen:
    """What a scan says: each finding as kind, method and path, and how many pages it was of."""

    findings: list[str]
    pages: int


def scanned(scan: Scan, folder: Path) -> Seen:
    """What wapiti finds."""
    if not PROGRAM.exists():
        missing("wapiti")
    report = folder / "wapiti.json"
    jar = "; ".join(f"{name}={value}" for name, value in scan.cookies.items())
    command: list[str | Path] = [
        PROGRAM, "--url", scan.address, "--scope", "folder", "--module", ",".join(scan.modules),
        "--flush-session", "--store-session", folder / "kept", "--store-config", folder / "store",
        "--max-scan-time", str(scan.crawl_seconds), "--max-attack-time", str(scan.attack_seconds),
        "--max-links-per-page", "30", "--max-parameters", "12", "--tasks", "2", "--depth", "4",
        "--endpoint", NOWHERE, "--no-bugreport", "--detailed-report", "1",
        "--format", "json", "--output", report,
        *(["--header", f"Cookie: {jar}", "--drop-set-cookie"] if jar else []),
        *(word for path in scan.starts for word in ("--start", scan.address + path)),
        *(word for path in scan.leave for word in ("--exclude", scan.address + path)),
    ]  # fmt: skip
    most = scan.crawl_seconds + scan.attack_seconds * (len(scan.modules) + 2) + 60
    subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=most)
    return _read(report)


def _read(report: Path) -> Seen:
    told = json.loads(report.read_text("utf-8"))
    kinds = {**told["vulnerabilities"], **told["anomalies"]}
    return Seen(
        sorted({f"{kind}: {one['method']} {one['path']} {one['parameter'] or ''} {one['info']}"
                for kind, found in kinds.items() for one in found}),
        int(told["infos"]["crawled_pages_nbr"]),
    )  # fmt: skip
