// Headings, paragraphs and lists that are, and that only look so (1.3.1, 2.4.6, 2.4.10).

const HEADINGS = "h1, h2, h3, h4, h5, h6, [role=heading]";
const level = (it) => Number(it.getAttribute("aria-level") || it.localName[1] || 2);
const headings = () => all(HEADINGS).filter((it) => heard(it) && !/presentation|none/.test(it.getAttribute("role")));

probe("1.3.1", "no-heading", function* () {
  if (!headings().length && count(text(document.body)) > 30) yield [document.body, "no heading on the page"];
});
probe("1.3.1", "no-first-heading", function* () {
  if (headings().length && !headings().some((it) => level(it) === 1)) yield [headings()[0], text(headings()[0])];
});
hint("1.3.1", "several-first-headings", function* () {
  const first = headings().filter((it) => level(it) === 1 && !it.closest("dialog, [role=dialog]"));
  if (first.length > 1) yield [first[1], text(first[1])];
});
probe("1.3.1", "heading-level-left-out", function* () {
  let before = 0;
  for (const it of headings()) {
    if (before && level(it) > before + 1) yield [it, `${before} → ${level(it)}: ${text(it)}`];
    before = level(it);
  }
});
probe("1.3.1", "empty-heading", function* () {
  for (const it of all("h1, h2, h3, h4, h5, h6, [role=heading]")) if (heard(it) && !name(it) && !text(it)) yield [it, it.outerHTML.slice(0, 80)];
});
hint("1.3.1", "heading-made-of-a-paragraph", function* () {
  for (const it of headings()) if (text(it).length > 160 || (count(text(it)) > 18 && /[.!]$/.test(text(it)))) yield [it];
});
probe("1.3.1", "meaning-taken-away", function* () {
  for (const it of all("h1, h2, h3, h4, h5, h6, ul, ol, dl, table, fieldset, nav, main"))
    if (/^(presentation|none|text|generic)$/.test(it.getAttribute("role")) && there(it) && text(it)) {
      if (it.matches("table") && !it.querySelector("th, caption")) continue;
      yield [it, it.outerHTML.slice(0, 80)];
    }
});
probe("2.4.6", "heading-says-nothing", function* () {
  const nothing = oneOf(WORDS.empty_titles);
  for (const it of headings()) if (nothing.has(plain(text(it))) || /lorem ipsum/i.test(text(it))) yield [it];
});
hint("2.4.6", "heading-said-twice", function* () {
  const above = [], said = new Set(); // the headings over this one: under others it may be said again
  for (const it of headings()) {
    above.length = level(it) - 1;
    const key = [...above, plain(text(it))].join(" > ");
    above[level(it) - 1] = plain(text(it));
    if (said.has(key) && text(it) && !it.closest("article, li, section[aria-labelledby], [role=listitem]")) yield [it];
    said.add(key);
  }
});
hint("1.3.1", "heading-over-nothing", function* () {
  const list = headings();
  for (const [i, it] of list.entries()) {
    const next = list[i + 1];
    if (next && it.nextElementSibling === next && level(next) <= level(it) && level(it) > 1) yield [it];
  }
});

const size = (it) => px(style(it).fontSize);
const bold = (it) => Number(style(it).fontWeight) >= 600;
const base = (() => {
  const weights = new Map();
  for (const it of all("p, li, td, dd, div", main)) if (own(it) && seen(it)) weights.set(size(it), (weights.get(size(it)) || 0) + own(it).length);
  return [...weights].sort((a, b) => b[1] - a[1])[0]?.[0] || 16;
})();
const NO_HEADING = "li,h1,h2,h3,h4,h5,h6,[role=heading],label,legend,th,dt,summary,figcaption,caption,button,nav,footer,header,a,blockquote,td,option,[role=alert],[role=status],address,time,dialog,form button,.sr-only";
// A line of its own, all bold or clearly larger than the text, that stands over text.
probe("1.3.1", "looks-like-a-heading", function* () {
  for (const it of all("p, div, span, b, strong, font, big, center")) {
    const said = text(it);
    if (!said || said.length > 90 || it.closest(NO_HEADING) || it.querySelector(`${HEADINGS}, p, div, ul, ol, table, input, button, a, img, label, dl, time, select, textarea, br`)) continue;
    if (/[.,;:]$/.test(said) && !bold(it)) continue;
    if (/[.,;]$/.test(said) || !/\p{L}{3}/u.test(said) || !seen(it) || !heard(it)) continue;
    const line = it.matches("p, div, center") ? it : it.parentElement;
    if (!line || text(line) !== said || (it !== line && line.querySelector("b, strong, font, big, span") !== it)) continue;
    const shown = it.querySelector("b, strong, font, big, span") && text(it.querySelector("b, strong, font, big, span")) === said ? it.querySelector("b, strong, font, big, span") : it;
    const strong = bold(shown), large = size(shown) >= base * 1.2;
    if (!(strong || large)) continue;
    const next = line.nextElementSibling;
    if (!next || !seen(next) || !/^(P|DIV|UL|OL|TABLE|FORM|SECTION|DL)$/.test(next.tagName)) continue;
    if (next.matches(HEADINGS) || count(text(next)) < 5 || (size(next) >= size(shown) && bold(next) === strong)) continue;
    if (!(size(shown) > size(next) || (strong && !bold(next)))) continue;
    yield [it, said];
  }
});

const MARK = /^\s*(?:[•·▪▫◦‣⁃●○■–—*-]|\(?\d{1,2}[.)]|\(?[a-h][.)])\s+\S/u;
probe("1.3.1", "looks-like-a-list", function* () {
  for (const it of all("p, div, td, span, section, main, body")) {
    if (it.closest("ul, ol, dl, pre, code")) continue;
    const rows = [...it.childNodes].reduce((list, n) => { if (n.nodeName === "BR") list.push(""); else if (n.nodeType === 3 || /^(SPAN|A|B|STRONG|EM|I)$/.test(n.nodeName)) list[list.length - 1] += n.textContent; return list; }, [""]);
    if (rows.filter((row) => MARK.test(row)).length >= 2 && seen(it)) yield [it, squeeze(rows.find((row) => MARK.test(row)))];
    const blocks = [...it.children].filter((c) => /^(P|DIV|SPAN)$/.test(c.tagName) && MARK.test(c.textContent) && seen(c));
    if (blocks.some((block, i) => blocks.includes(block.nextElementSibling)) && blocks.length >= 2) yield [it, text(blocks[0])];
  }
});
probe("practice", "numbered-twice", function* () {
  for (const it of all("ol > li")) if (seen(it) && !/none/.test(style(it).listStyleType) && /^\(?\d{1,2}[.)]\s/.test(text(it))) yield [it];
});
probe("1.3.1", "paragraphs-by-empty-lines", function* () {
  for (const it of all("p, div, td, li, span, section, main, body")) {
    let gap = 0, breaks = 0;
    for (const n of it.childNodes) {
      if (n.nodeName === "BR") { if (++breaks === 2) gap++; } else if (n.nodeType !== 3 || n.data.trim()) breaks = 0;
    }
    if (gap >= 2 && count(own(it)) > 20) yield [it, own(it)];
  }
});
probe("1.3.2", "letters-set-apart-by-spaces", function* () {
  for (const it of all("h1, h2, h3, p, span, div, td, li, strong")) if (seen(it) && /(?<![\p{L}\p{N}])(?:\p{L}[  ]){4,}\p{L}(?![\p{L}\p{N}])/u.test(own(it).replace(/ /g, " "))) yield [it, own(it)];
});
probe("1.3.2", "columns-by-spaces", function* () {
  for (const it of all("pre, p, div, td")) {
    if (!seen(it) || !/pre/.test(style(it).whiteSpace + it.localName) || it.querySelector("code, samp, kbd") || it.closest("code, [role=log]")) continue;
    const rows = it.innerText.split("\n").filter((row) => /\S {2,}\S/.test(row) || /\S\t+\S/.test(row));
    if (rows.length >= 2 && !drawn(it.innerText)) yield [it, rows[0]];
  }
  for (const it of all("p, div, td")) if (seen(it) && (it.innerHTML.match(/\S(?:\s*&nbsp;\s*){4,}\S/g) || []).length >= 2) yield [it, text(it)];
});
probe("1.3.1", "words-that-only-the-style-sheet-knows", function* () {
  for (const it of all("body *")) for (const part of ["::before", "::after"]) {
    const said = style(it, part).content;
    if (/^"/.test(said) && /\p{L}{3}/u.test(said) && seen(it) && style(it, part).display !== "none") yield [it, said];
  }
});
probe("1.3.1", "seen-but-not-heard", function* () {
  for (const it of all("[aria-hidden=true]")) {
    if (it.parentElement.closest("[aria-hidden=true]") || !seen(it) || count(text(it)) < 4) continue;
    const rest = all("body *").filter((o) => heard(o) && own(o)).map((o) => o.textContent).join(" ");
    if (!squeeze(rest).includes(text(it))) yield [it];
  }
});
