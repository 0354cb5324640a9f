// Tables of figures, and tables that only arrange (1.3.1, 1.3.2).

const rowsOf = (it) => [...it.rows].map((row) => [...row.cells]);
const unmarked = (it) => !/presentation|none/.test(it.getAttribute("role"));
const long = (cell) => count(text(cell)) > 30 || cell.querySelector("h1, h2, h3, h4, form, fieldset, table, nav, p + p, ul, ol, iframe");
// It arranges a page: a table in a table, long texts, forms, one row or one column without heads.
const arranges = (it) => {
  const cells = rowsOf(it).flat();
  if (it.querySelector("th, caption, [scope], [headers]")) return false;
  const rows = rowsOf(it), columns = Math.max(0, ...rows.map((row) => row.length));
  return rows.length < 2 || columns < 2 || cells.filter(long).length >= 1 || cells.filter((cell) => cell.querySelector("input, select, textarea, img")).length > cells.length / 3;
};
const tables = () => all("table").filter((it) => there(it) && unmarked(it) && rowsOf(it).flat().length);

probe("1.3.1", "table-that-arranges", function* () {
  for (const it of tables()) if (arranges(it) && text(it)) yield [it];
});
probe("1.3.1", "arranging-table-with-heads", function* () {
  for (const it of all("table[role=presentation], table[role=none]")) if (it.querySelector(":scope > * > tr > th, :scope > caption, [scope]") || it.summary) yield [it];
  for (const it of tables()) if (it.querySelector("table") && it.querySelector(":scope > * > tr > th") && !it.parentElement.closest("table")) yield [it, "a table in a table"];
});
probe("1.3.1", "table-without-heads", function* () {
  for (const it of tables()) if (!arranges(it) && !it.querySelector("th, [role=columnheader], [role=rowheader]")) yield [it];
});
probe("1.3.1", "cells-set-as-heads", function* () {
  for (const it of tables()) {
    const rows = rowsOf(it);
    if (rows.length < 2 || arranges(it)) continue;
    const strong = (cell) => text(cell) && cell.localName === "td" && (Number(style(cell).fontWeight) >= 600 || (cell.children.length === 1 && Number(style(cell.firstElementChild).fontWeight) >= 600 && text(cell.firstElementChild) === text(cell)));
    if (rows[0].length > 1 && rows[0].filter(text).every(strong) && rows[0].some(text) && !rows[1].every(strong)) yield [rows[0][0]];
  }
});
probe("1.3.1", "table-without-a-name", function* () {
  for (const it of tables()) {
    if (arranges(it) || !it.querySelector("th")) continue;
    const named = it.getAttribute("aria-label") || byId(it, "aria-labelledby").some(Boolean);
    if (!named && !text(it.caption || document.createElement("i")) && !it.closest("figure")?.querySelector("figcaption")) yield [it];
  }
});
probe("1.3.1", "caption-made-of-a-cell", function* () {
  for (const it of tables()) {
    const [first, second] = rowsOf(it);
    if (second && first.length === 1 && first[0].colSpan > 1 && first[0].colSpan >= second.length && text(first[0])) yield [first[0]];
  }
});
probe("1.3.1", "empty-head", function* () {
  for (const it of tables()) for (const head of all("th", it)) {
    const corner = head.parentElement.rowIndex === 0 && head.cellIndex === 0;
    if (!corner && !name(head) && !text(head)) yield [head, text(head.parentElement)];
  }
});
probe("1.3.1", "heads-of-heads-not-tied", function* () {
  for (const it of tables()) {
    const spans = all("th", it).filter((head) => (head.colSpan > 1 || head.rowSpan > 1) && head.parentElement.rowIndex >= 0 && !head.scope && !head.id);
    const heads = rowsOf(it).filter((row) => row.length && row.every((cell) => cell.localName === "th"));
    if (spans.length && (heads.length > 1 || spans.some((head) => head.cellIndex === 0)) && !it.querySelector("[headers], [scope=colgroup], [scope=rowgroup]")) yield [spans[0], text(spans[0])];
  }
});
probe("1.3.1", "heads-of-rows-and-columns-without-scope", function* () {
  for (const it of tables()) {
    const rows = rowsOf(it);
    const inRows = rows.slice(1).some((row) => row[0]?.localName === "th" && row.length > 1 && row.some((c) => c.localName === "td"));
    if (inRows && rows[0].filter((c) => c.localName === "th").length > 1 && all("th", it).some((h) => text(h) && !h.scope && !h.id)) yield [it, text(rows[0][0])];
  }
});
probe("1.3.1", "head-of-nothing", function* () {
  for (const it of all("[headers]")) for (const id of it.getAttribute("headers").split(/\s+/).filter(Boolean))
    if (!it.closest("table")?.querySelector("#" + CSS.escape(id))) yield [it, id];
  for (const it of all("[scope]")) if (!/^(row|col|rowgroup|colgroup)$/.test(it.getAttribute("scope")) || !it.matches("th")) yield [it, it.outerHTML.slice(0, 60)];
});
probe("1.3.1", "rows-for-space", function* () {
  for (const it of tables()) {
    const rows = rowsOf(it);
    const empty = rows.filter((row) => row.length && row.every((cell) => !text(cell) && !cell.querySelector("img, input, select, button, svg")));
    if (empty.length && rows.length > empty.length) yield [empty[0][0]];
    if (rows.flat().length && rows.length === empty.length) yield [it, "an empty table"];
  }
});
probe("1.3.1", "lines-broken-to-make-rows", function* () {
  for (const it of tables()) for (const row of rowsOf(it)) {
    const broken = row.filter((cell) => all(":scope > br", cell).length >= 2);
    if (broken.length >= 2 && new Set(broken.map((cell) => all(":scope > br", cell).length)).size === 1) yield [row[0]];
  }
});
// Columns and rows of div: at least three rows of the same number (two and more) of short cells.
probe("1.3.1", "looks-like-a-table", function* () {
  for (const it of all("div, section")) {
    if (it.closest("table, [role=table], [role=grid], ul, dl, form, nav") || it.children.length < 3) continue;
    const grid = /^(table|inline-table)$/.test(style(it).display);
    const rows = [...it.children];
    if (!grid || rows.some((row) => style(row).display !== "table-row" || row.children.length < 2 || row.children.length !== rows[0].children.length)) continue;
    if (/table|grid/.test(it.getAttribute("role") || "") || rows.some((row) => [...row.children].some((cell) => count(text(cell)) > 20))) continue;
    yield [it];
  }
});
