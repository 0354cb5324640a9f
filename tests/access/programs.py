"""Other people's checkers: axe, HTML_CodeSniffer and the Nu HTML checker, as findings."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.access.words import PRACTICE, Finding

if TYPE_CHECKING:
    from playwright.sync_api import Page

NODE_MODULES = Path(__file__).parents[1] / "node" / "node_modules"
AXE = NODE_MODULES / "axe-core" / "axe.min.js"

# All rules, also those that axe leaves out unless asked; not those of level AAA, and not
# «hidden-content», which tells of every hidden element that it is hidden.
RUN_AXE = """async () => {
  const rules = {};
  for (const rule of axe.getRules())
    if (!rule.tags.includes("wcag2aaa") && rule.ruleId !== "hidden-content")
      rules[rule.ruleId] = {enabled: true};
  const told = await axe.run(document, {rules, resultTypes: ["violations", "incomplete"]});
  const flat = (kind, certain) => told[kind].flatMap(rule => rule.nodes.map(node => ({
    rule: rule.id, tags: rule.tags, selector: node.target.flat().join(" "), certain,
    evidence: (node.failureSummary || rule.help).split("\\n").slice(0, 2).join(" "),
  })));
  return [...flat("violations", true), ...flat("incomplete", false)];
}"""


@cache
def source(path: Path) -> str:
    """A program of another house, read once."""
    return path.read_text()


def axe(page: Page) -> list[Finding]:
    """What axe finds in the whole document (a content policy does not stop that)."""
    page.evaluate(source(AXE))
    told: list[dict[str, Any]] = page.evaluate(RUN_AXE)
    return [
        Finding(
            _criterion(found["tags"]),
            "axe",
            found["rule"],
            found["selector"],
            found["evidence"],
            found["certain"],
        )
        for found in told
    ]


def _criterion(tags: list[str]) -> str:
    """«wcag1411» among the tags is 1.4.11."""
    numbers = [re.fullmatch(r"wcag(\d)(\d)(\d+)", tag) for tag in tags]
    return next((".".join(found.groups()) for found in numbers if found), PRACTICE)
