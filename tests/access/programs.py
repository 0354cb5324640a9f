"""Other people's checkers: axe, HTML_CodeSniffer and the Nu HTML checker, as findings."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.access.words import PRACTICE, Finding

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from tests.servers.checkers import NuHtml

NODE_MODULES = Path(__file__).parents[1] / "node" / "node_modules"
AXE = NODE_MODULES / "axe-core" / "axe.min.js"
CODE_SNIFFER = NODE_MODULES / "html_codesniffer" / "build" / "HTMLCS.js"

# All rules, also those that axe leaves out unless asked; not those of level AAA, and not
# «hidden-content», which tells of every hidden element that it is hidden, nor
# «css-orientation-lock», which cannot tell where a style sheet is another file (a probe can),
# nor «audio-caption», which asks for captions where a transcript is enough (a probe looks for it).
RUN_AXE = """async () => {
  const rules = {};
  for (const rule of axe.getRules())
    rules[rule.ruleId] = {enabled: !rule.tags.some(tag => /^wcag2\\d?aaa$/.test(tag)) &&
      !["hidden-content", "css-orientation-lock", "audio-caption"].includes(rule.ruleId)};
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


def carry(context: BrowserContext) -> None:
    """Let every page of a context have the programs from its start: half the time of a look."""
    for path in (AXE, CODE_SNIFFER):
        context.add_init_script(source(path))


def bring(page: Page, name: str, path: Path) -> None:
    """Have a program in the page, once (a content policy does not stop that)."""
    if not page.evaluate(f"typeof {name} === 'object'"):
        page.evaluate(source(path))


def axe(page: Page) -> list[Finding]:
    """What axe finds in the whole document."""
    bring(page, "axe", AXE)
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


# What it is sure of. Its contrasts are axe's, told less well; ids told twice are a probe's; and a
# table may tie its heads by scope, where it asks for ids.
RUN_CODE_SNIFFER = """async () => {
  // It stumbles over its own missing words where it looks at `autocomplete`, which axe does too.
  HTMLCS_WCAG2AAA_Sniffs_Principle1_Guideline1_3_1_3_5.process = () => {};
  await new Promise(done => HTMLCS.process("WCAG2AA", document, done, () => {}, "en"));
  const address = it => !it || !it.localName ? "html" : it.localName + (it.id ? "#" + it.id : "")
    + [...it.classList || []].slice(0, 2).map(one => "." + one).join("");
  return HTMLCS.getMessages().filter(told => told.type === HTMLCS.ERROR &&
    !/G18|G145|F77|1_4_6|HeadersRequired/.test(told.code)).map(told => ({
      rule: told.code, selector: address(told.element), evidence: told.msg.slice(0, 200)}));
}"""


def code_sniffer(page: Page) -> list[Finding]:
    """What HTML_CodeSniffer calls an error; its warnings and notices ask about everything."""
    bring(page, "HTMLCS", CODE_SNIFFER)
    told: list[dict[str, str]] = page.evaluate(RUN_CODE_SNIFFER)
    return [
        Finding(
            _sniffed(found["rule"]),
            "htmlcs",
            found["rule"].partition(".")[2],
            found["selector"],
            found["evidence"],
            certain=True,
        )
        for found in told
    ]


def _sniffed(code: str) -> str:
    """«WCAG2AA.Principle1.Guideline1_3.1_3_1.H42» speaks of 1.3.1."""
    found = re.search(r"\.(\d)_(\d)_(\d+)", code)
    return ".".join(found.groups()) if found else PRACTICE


# Which criterion a complaint about markup touches, where it touches one.
MARKUP = {
    "1.1.1": r"“alt”|alternative text",
    "1.3.1": r"“(th|td|tr|table|caption|summary|headers|legend|label|li|ul|ol|dl|dt|dd)”|eading",
    "1.4.2": r"“bgsound”",
    "2.2.1": r"http-equiv",
    "2.2.2": r"“(marquee|blink)”",
    "2.4.2": r"“title”",
    "3.1.1": r"“lang”|written in",
    "4.1.2": r"“(role|aria-[a-z]+)”|[Dd]uplicate ID|“for”|“iframe”|interactive|descendant",
}


def markup(nu_html: NuHtml, html: str) -> list[Finding]:
    """What the Nu HTML checker says about the source of a page."""
    return [Finding(_touched(said), "nu", _kind(said), "html", said, certain=True)
            for said in nu_html(html)]  # fmt: skip


def _touched(said: str) -> str:
    return next((key for key, words in MARKUP.items() if re.search(words, said)), PRACTICE)


def _kind(said: str) -> str:
    """The complaint without the names in it."""
    words = re.sub(r"“[^”]*”", "…", said.partition(": ")[2])
    return "-".join(re.findall(r"[A-Za-z]+", words)[:8]).lower()
