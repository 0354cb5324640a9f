// Links, buttons, and ways past what is repeated (2.4.1, 2.4.4, 4.1.2, 1.4.1).

const links = () => all("a[href], [role=link]").filter(heard);
const GENERIC = oneOf(WORDS.empty_links);
probe("2.4.4", "link-says-nothing", function* () {
  for (const it of links()) if (GENERIC.has(plain(name(it))) || /^[^\p{L}\p{N}]+$/u.test(name(it)) || /^\p{L}$/u.test(name(it))) yield [it, name(it)];
});
probe("2.4.4", "button-says-nothing", function* () {
  const empty = oneOf(WORDS.empty_buttons);
  for (const it of all("button, [role=button], input[type=submit], input[type=button], input[type=image]"))
    if (heard(it) && (empty.has(plain(name(it))) || FILE.test(name(it)))) yield [it, name(it)];
});
probe("2.4.4", "link-is-an-address", function* () {
  for (const it of links()) if (/^(https?:\/\/|www\.)\S+$/i.test(name(it)) && (/[/?=]./.test(name(it).replace(/^https?:\/\//, "")) || /^http/i.test(name(it)))) yield [it, name(it)];
});
probe("2.4.4", "link-is-long", function* () {
  for (const it of links()) if (name(it).length > 250) yield [it, `${name(it).length} characters`];
});
probe("2.4.4", "one-name-for-two-places", function* () {
  const places = new Map();
  for (const it of links()) {
    const key = plain(name(it)), place = (it.href || "").split("#")[0];
    if (!key || !it.href || it.closest("header, nav, footer") || it.hasAttribute("aria-describedby")) continue;
    const around = it.closest("li, tr, p, article, dd");
    const alone = !around || plain(text(around)) === key; // nothing beside it tells them apart
    if (alone && places.has(key) && place !== places.get(key).split("#")[0]) yield [it, name(it)];
    places.set(key, it.href);
  }
});
probe("2.4.4", "two-links-side-by-side-to-one-place", function* () {
  const list = links();
  for (const [i, it] of list.entries()) {
    const next = list[i + 1];
    if (!next?.href || next.href !== it.href || it.nextElementSibling !== next) continue;
    if (it.querySelector("img, svg") || next.querySelector("img, svg") || plain(name(it)) === plain(name(next))) yield [next];
  }
});
probe("4.1.2", "link-that-leads-nowhere", function* () {
  for (const it of all("a")) {
    if (!there(it) || /button|tab|menuitem|switch|checkbox|option/.test(it.getAttribute("role"))) continue;
    const to = it.getAttribute("href");
    if (to === null ? it.onclick || it.hasAttribute("onclick") || LISTENERS.get(it)?.has("click") : /^(#|#!|\s*|javascript:.*)$/i.test(to) && !(to === "" && it.closest("[aria-current]"))) yield [it, it.outerHTML.slice(0, 80)];
    else if (to === null && !it.id && !it.name && !it.hasAttribute("aria-current") && !it.hasAttribute("aria-disabled") && text(it)) yield [it, it.outerHTML.slice(0, 80)];
  }
});
const target = (it) => { const id = decodeURIComponent((it.getAttribute("href") || "").slice(1)); return document.getElementById(id) || document.getElementsByName(id)[0]; };
probe("2.4.1", "link-within-the-page-is-broken", function* () {
  for (const it of all("a[href^='#']")) if (it.getAttribute("href").length > 1 && it.getAttribute("href") !== "#top" && !target(it)) yield [it, it.getAttribute("href")];
});
probe("2.4.1", "no-way-past-what-is-repeated", function* () {
  const stops = all(FOCUSABLE).filter((it) => focusable(it) && it.tabIndex >= 0);
  const start = document.querySelector("main, [role=main]") || headings()[0];
  if (!start) return;
  const before = stops.filter((it) => start.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_PRECEDING && !start.contains(it));
  const skips = stops.slice(0, 4).some((it) => it.matches("a[href^='#']") && target(it) && !it.closest("li"));
  if (before.length >= 6 && !skips) yield [before[0], `${before.length} stops before the content`];
});
probe("2.4.1", "skip-link-skips-nothing", function* () {
  const first = all(FOCUSABLE).filter((it) => focusable(it) && it.tabIndex >= 0)[0];
  if (!first?.matches("a[href^='#']") || !target(first)) return;
  const to = target(first);
  const past = all(FOCUSABLE).filter((it) => it !== first && focusable(it) && first.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_FOLLOWING && to.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_PRECEDING && !to.contains(it));
  if (phrases(WORDS.skips).test(text(first) || name(first)) && !past.length && all("nav, header a").length) yield [first, first.getAttribute("href")];
  if (!there(to)) yield [first, "the place is hidden"];
});
const NEW_WINDOW = phrases(WORDS.new_windows);
probe("practice", "new-window-without-a-word", function* () {
  for (const it of links()) if (/^_?(blank|new)$/.test(it.target) && !NEW_WINDOW.test(name(it) + " " + (it.getAttribute("aria-describedby") || "").split(" ").map((id) => document.getElementById(id)?.textContent).join(" "))) yield [it, name(it)];
  for (const it of all("[onclick*='window.open']")) if (!NEW_WINDOW.test(name(it))) yield [it, name(it)];
});
probe("practice", "a-file-without-a-word", function* () {
  for (const it of links()) {
    const kind = /\.(pdf|docx?|xlsx?|pptx?|odt|ods|csv|zip|rtf|epub|mp3|mp4)(?:[?#].*)?$/i.exec(it.href || "")?.[1];
    if (kind && !new RegExp(`${kind.replace(/x$/i, "x?")}|pdf|word|excel|powerpoint|open ?document|regneark|spreadsheet`, "i").test(name(it))) yield [it, `${name(it)} → ${kind}`];
  }
});
probe("1.4.1", "link-that-looks-like-text", function* () {
  for (const it of all("main a[href], [role=main] a[href], article a[href], p a[href], li a[href], body > a[href], body > div a[href], td a[href]")) {
    if (!seen(it) || !text(it) || it.closest("nav, header, footer, h1, h2, h3, h4, h5, h6, [role=navigation], .card") || it.querySelector("img, svg")) continue;
    const block = it.parentElement, look = style(it), around = style(block);
    if (/underline/.test(look.textDecorationLine) || all("*", it).some((c) => /underline/.test(style(c).textDecorationLine))) continue;
    if (look.color !== around.color && !own(block)) continue;
    const framed = px(look.borderBottomWidth) > 0 && look.borderBottomStyle !== "none" || px(look.borderTopWidth) > 0 || colour(look.backgroundColor)[3] > 0.1 || look.backgroundImage !== "none" || /shadow|rgb/.test(look.boxShadow);
    if (framed || look.fontWeight !== around.fontWeight || look.fontSize !== around.fontSize) continue;
    if (/"./.test(style(it, "::before").content + style(it, "::after").content)) continue;
    if (look.color === around.color || contrast(colour(look.color), colour(around.color)) < 3) yield [it];
  }
});
hint("1.4.1", "link-told-by-its-colour", function* () {
  for (const it of all("main p a[href], main li a[href], main dd a[href], body > p a[href]")) {
    const look = style(it), block = it.closest("p, li, dd");
    if (!seen(it) || it.querySelector("img, svg") || count(own(block)) < 3 || it.closest("nav")) continue;
    const lined = /underline/.test(look.textDecorationLine) || px(look.borderBottomWidth) > 0 || look.backgroundImage !== "none" || colour(look.backgroundColor)[3] > 0.1;
    if (!lined && look.fontWeight === style(block).fontWeight && !all("*", it).some((c) => /underline/.test(style(c).textDecorationLine))) yield [it];
  }
});
probe("practice", "key-of-one's-own", function* () {
  for (const it of all("[accesskey]")) yield [it, it.accessKey];
});
probe("2.5.3", "name-without-what-is-seen", function* () {
  for (const it of all("a[href], button, [role=button], [role=link], input[type=submit]")) {
    if (!heard(it) || !seen(it) || !(it.getAttribute("aria-label") || it.getAttribute("aria-labelledby"))) continue;
    const shown = (it.value && it.localName === "input" ? it.value : text(it)).toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
    if (count(shown) && !name(it).toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").includes(shown)) yield [it, `${shown} ≠ ${name(it)}`];
  }
});
probe("4.1.2", "link-that-acts", function* () {
  for (const it of all("a[href^='#'], a[href^='javascript']")) {
    const acts = it.hasAttribute("onclick") || LISTENERS.get(it)?.has("click");
    if (acts && !it.getAttribute("role") && there(it) && !target(it)) yield [it, it.outerHTML.slice(0, 80)];
  }
});
