"""What is wrong with a PDF for those who do not see it: its structure is walked, part by part.

No whole checker of PDF/UA runs without a Java program that is in no registry of ours. So this walks
the structure, and `pdfua`, made by others, looks at its sixteen of the standard's rules.
"""

from __future__ import annotations

import subprocess
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pdfua
import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAINTS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh"}


def elements(pdf: bytes) -> list[tuple[str, Any]]:
    """Every element of the structure in reading order: its kind, and what is known of it."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return [(str(one.S)[1:], _known(one)) for one in _walk(opened.Root.StructTreeRoot.K)]


def _walk(node: Any) -> Iterator[Any]:  # noqa: ANN401 - as the format has it
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from _walk(one)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        if "/K" in node:
            yield from _walk(node.K)


def _known(node: Any) -> dict[str, str]:  # noqa: ANN401 - as the format has it
    return {name[1:]: str(node[name]) for name in ("/Alt", "/Lang", "/T") if name in node}


def text_of(pdf: bytes, path: Path) -> str:
    """All text, in the order of the pages."""
    path.write_bytes(pdf)
    program = "/usr/bin/pdftotext"
    done = subprocess.run([program, "-raw", path, "-"], check=True, capture_output=True, text=True)
    return " ".join(done.stdout.split())


def faults(pdf: bytes, path: Path, title: str, lang: str) -> Iterator[str]:
    """What is wrong, a sentence each."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        root = opened.Root
        if not root.MarkInfo.Marked or root.MarkInfo.get("/Suspects"):
            yield "it does not say that it is tagged"
        if str(root.Lang) != lang:
            yield f"its language is {root.Lang}"
        if not root.ViewerPreferences.DisplayDocTitle:
            yield "a reader is shown the name of the file, not the title"
        with opened.open_metadata() as told:
            if told.get("pdfuaid:part") != "1":
                yield "it does not say that it is PDF/UA-1"
            if told.get("dc:title") != title:
                yield f"its title is {told.get('dc:title')}"
        for number, page in enumerate(opened.pages, 1):
            yield from (f"page {number}: {fault}" for fault in _untagged(page))
            yield from (f"page {number}: {fault}" for fault in _fonts(page))
    yield from _structure(elements(pdf))
    path.write_bytes(pdf)
    yield from (f"{one.rule_id}: {one.message}" for one in pdfua.validate(str(path)).findings)


def _untagged(page: Any) -> Iterator[str]:  # noqa: ANN401 - as the format has it
    """What is painted outside of any mark: neither content that is read, nor decoration."""
    depth = 0
    for step in pikepdf.parse_content_stream(page):
        name, operands = str(step.operator), step.operands
        if name in {"BDC", "BMC"}:
            depth += 1
            if name == "BDC" and str(operands[0]) != "/Artifact" and "/MCID" not in operands[1]:
                continue  # a span within marked content
        elif name == "EMC":
            depth -= 1
        elif name in PAINTS and not depth:
            yield f"{name} is not marked"


def _fonts(page: Any) -> Iterator[str]:  # noqa: ANN401 - as the format has it
    for name, font in page.resources.get("/Font", {}).items():
        (inner,) = font.DescendantFonts
        if not any(file in inner.FontDescriptor for file in ("/FontFile2", "/FontFile3")):
            yield f"{name} is not embedded"
        if "/ToUnicode" not in font:
            yield f"{name} cannot be read as text"


def _structure(told: list[tuple[str, Any]]) -> Iterator[str]:
    kinds = [kind for kind, _ in told]
    levels = [int(kind[1]) for kind in kinds if kind in {f"H{n}" for n in range(1, 7)}]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield "it has not one first heading"
    yield from (f"a heading of level {after} comes after one of level {before}"
                for before, after in pairwise(levels) if after > before + 1)  # fmt: skip
    yield from ("a figure has no alternative" for kind, known in told
                if kind == "Figure" and len(known.get("Alt", "")) < 20)  # fmt: skip
    if kinds.count("TH") < kinds.count("Table") * 2:
        yield "a table lacks headings"
    if kinds.count("THead") != kinds.count("Table"):
        yield "a table has no row of headings"
