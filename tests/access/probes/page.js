// The page as a whole: title, language, ids, landmarks, order (2.4.2, 3.1.x, 4.1.2, 1.3.2).

probe("2.4.2", "no-title", function* () { if (!document.title.trim()) yield [document.head, "no title"]; });
probe("2.4.2", "title-says-nothing", function* () {
  const said = plain(document.title), nothing = oneOf(WORDS.empty_titles);
  if (said && (nothing.has(said) || FILE.test(said) || /\.html?$|lorem ipsum|\{\{|%s/.test(said) || /^(page|side|seite|strona|sayfa|document|untitled)[ _-]*\d*$/i.test(said))) yield [document.head, document.title];
});
const telling = (value) => new Set((value.toLowerCase().match(/\p{L}{4,}/gu) || []).map((word) => word.slice(0, 6)));
probe("2.4.2", "title-of-another-page", function* () {
  const title = telling(document.title.split(/ [–—|:·-] /)[0]), page = telling([...headings().map(text), text(main)].join(" "));
  if (title.size && page.size > 8 && ![...title].some((word) => page.has(word))) yield [document.head, document.title];
});
hint("2.4.2", "title-without-the-heading", function* () {
  const title = telling(document.title), first = headings().find((it) => level(it) === 1);
  if (first && title.size && telling(text(first)).size && ![...telling(text(first))].some((word) => title.has(word))) yield [first, `${document.title} / ${text(first)}`];
});
probe("practice", "no-doctype", function* () { if (document.compatMode === "BackCompat") yield [null, "quirks mode"]; });
probe("practice", "an-id-twice", function* () {
  const ids = new Set();
  for (const it of all("[id]")) { if (it.id && ids.has(it.id) && !it.closest("svg defs")) yield [it, it.id]; ids.add(it.id); }
});
probe("4.1.2", "points-at-nothing", function* () {
  for (const attribute of ["aria-labelledby", "aria-describedby", "aria-errormessage", "aria-owns", "aria-activedescendant", "popovertarget", "list", "form"])
    for (const it of all(`[${attribute}]`)) if (byId(it, attribute).some((to) => !to)) yield [it, `${attribute}="${it.getAttribute(attribute)}"`];
});
probe("4.1.2", "frame-without-a-name", function* () {
  const nothing = oneOf([...WORDS.empty_titles, "iframe", "frame"]);
  for (const it of all("iframe, frame")) if (there(it) && !it.closest("[aria-hidden=true]") && (!name(it) || nothing.has(plain(name(it))) || FILE.test(name(it)))) yield [it, it.title];
});
probe("2.4.1", "a-set-of-frames", function* () { for (const it of document.querySelectorAll("frameset, frame")) yield [it, it.localName]; });
probe("1.3.1", "no-main-part", function* () {
  if (!document.querySelector("main, [role=main]") && all("header, nav, footer, aside, h1").length > 1 && count(text(document.body)) > 30) yield [document.body, "no main"];
});
probe("1.3.1", "ways-on-without-a-landmark", function* () {
  for (const it of all("ul, ol, div, p, [class*=nav i], [class*=menu i], [id*=nav i], [id*=menu i]")) {
    if (it.closest("nav, [role=navigation], main, footer, [role=menu], [role=menubar], [role=tablist], aside, [role=toolbar], form") || it.querySelector("nav")) continue;
    const ways = all("a[href]", it).filter(seen);
    if (ways.length >= 3 && it.matches("ul, ol, [class*=nav i], [class*=menu i], [id*=nav i], [id*=menu i]") && ways.reduce((n, a) => n + text(a).length, 0) > text(it).length * 0.7 && document.querySelector("main, h1")) yield [it];
  }
});
probe("practice", "landmarks-of-one-name", function* () {
  for (const kind of ["nav, [role=navigation]", "aside, [role=complementary]"]) {
    const list = all(kind).filter(heard);
    const names = list.map((it) => plain(name(it)));
    for (const [i, it] of list.entries()) if (list.length > 1 && names.indexOf(names[i]) !== i) yield [it, names[i] || "no name"];
  }
});
// The eye goes down and along; the ear and the keys go by the source.
probe("1.3.2", "another-order-for-the-eye", function* () {
  for (const box of all("body, body *")) {
    const look = style(box);
    const arranged = /flex|grid/.test(look.display);
    const children = [...box.children].filter((it) => seen(it) && (text(it) || it.matches(FOCUSABLE)));
    if (children.length < 2 || children.length > 60) continue;
    if (arranged && (/reverse/.test(look.flexDirection + look.flexWrap) || children.some((it) => style(it).order !== "0"))) {
      const boxes = children.map((it) => it.getBoundingClientRect());
      const rtl = look.direction === "rtl";
      const back = boxes.findIndex((b, i) => i && (b.bottom <= boxes[i - 1].top + 1 || (Math.abs(b.top - boxes[i - 1].top) < 4 && (rtl ? b.left >= boxes[i - 1].right - 1 : b.right <= boxes[i - 1].left + 1))));
      if (back > 0) yield [children[back], `${look.display} ${look.flexDirection}`];
    } else {
      const placed = children.filter((it) => /absolute|relative|fixed/.test(style(it).position) || style(it).float !== "none" || look.display === "grid");
      if (!placed.length) continue;
      const boxes = children.map((it) => it.getBoundingClientRect());
      const back = boxes.findIndex((b, i) => i && !/fixed/.test(style(children[i]).position) && b.bottom <= boxes[i - 1].top + 1 && count(text(children[i])) > 1 && count(text(children[i - 1])) > 1 && !/fixed|sticky/.test(style(children[i - 1]).position));
      if (back > 0) yield [children[back], `${look.display}, ${style(children[back]).position}`];
    }
  }
});
probe("1.3.2", "right-to-left-not-said", function* () {
  for (const it of all("[lang]")) if (/^(ar|he|fa|ur)\b/.test(it.lang) && /[\u0590-\u08ff]/.test(text(it)) && style(it).direction !== "rtl" && it.localName !== "a" && count(text(it)) > 2) yield [it, it.lang];
});
probe("1.3.2", "left-to-right-not-said", function* () {
  for (const it of all("[dir=rtl]")) if (count(own(it)) > 2 && !/[\u0590-\u08ff]/.test(text(it)) && /\p{Script=Latin}{3}/u.test(own(it))) yield [it];
});
probe("practice", "right-to-left-and-yet-set-left", function* () {
  if (style(document.documentElement).direction === "rtl") for (const it of all("p, li, td, th, h1, h2, h3, dd, label, button, div"))
    if (own(it) && /[\u0590-\u08ff]/.test(own(it)) && /^-?(webkit-)?left$/.test(style(it).textAlign) && style(it).direction === "rtl" && seen(it)) yield [it];
});
probe("4.1.3", "message-nobody-is-told-of", function* () {
  const done = phrases(WORDS.statuses);
  for (const it of all("[class*=status i], [class*=toast i], [class*=snackbar i], [class*=flash i], [id*=status i], [id*=message i], [class*=message i], [id*=result i], [id*=toast i]"))
    if (!it.closest("[role=status], [role=alert], [role=log], [aria-live], output, dialog, [role=dialog], label, legend") && !it.querySelector("[role=status], [role=alert], [aria-live], output, input, h1, h2") && SCRIPTED && (!text(it) || done.test(text(it))) && !it.matches("main, body, form, p.error")) yield [it];
});
probe("2.4.3", "open-dialog-without-the-focus", function* () {
  for (const it of all("dialog[open], [role=dialog], [role=alertdialog], [aria-modal=true]")) {
    const modal = it.matches("[aria-modal=true]") || (it.matches("dialog") && it.matches(":modal"));
    if (seen(it) && modal && !it.contains(document.activeElement)) yield [it];
    if (seen(it) && !name(it)) found("4.1.2", "dialog-without-a-name", it, text(it), true);
    if (seen(it) && !it.querySelector("button, a[href], [role=button], input[type=submit], input[type=button]")) found("2.1.2", "dialog-without-a-way-out", it, text(it), true);
  }
});
// A sheet over the page that says nothing of being one.
probe("4.1.2", "sheet-over-the-page", function* () {
  for (const it of all("body *")) {
    const look = style(it);
    if (look.position !== "fixed" || !seen(it) || it.closest("dialog, [role=dialog], [role=alertdialog], header, nav, [popover]") || it.querySelector("dialog, [role=dialog], [role=alertdialog]")) continue;
    const box = it.getBoundingClientRect();
    if (box.width >= innerWidth * 0.9 && box.height >= innerHeight * 0.6 && text(it)) yield [it];
  }
});
