// How text is set, and how hard it is to read. Most of it is no criterion of level AA, and all of it makes reading harder.

const texts = () => all("p, li, td, dd, blockquote, div, span, h1, h2, h3, h4, a, label, small").filter((it) => own(it).length > 1 && seen(it));
const lines = (it) => Math.round(it.getBoundingClientRect().height / (px(style(it).lineHeight) || size(it) * 1.2));

probe("practice", "text-stretched-to-both-edges", function* () {
  for (const it of texts()) if (style(it).textAlign === "justify" && own(it).length > 60) yield [it];
});
probe("practice", "long-text-in-the-middle", function* () {
  for (const it of texts()) if (/center/.test(style(it).textAlign) && own(it).length > 200 && lines(it) > 3) yield [it];
});
probe("practice", "long-text-in-capitals", function* () {
  for (const it of texts()) {
    const said = own(it);
    const letters = [...said].filter((sign) => sign.toLowerCase() !== sign.toUpperCase()).join(""); // some scripts have no case
    if (count(said) < 5 || letters.length < 25 || letters === letters.toLowerCase() && !/uppercase/.test(style(it).textTransform)) continue;
    if (/uppercase/.test(style(it).textTransform) || (letters === letters.toUpperCase() && letters !== letters.toLowerCase())) yield [it];
  }
});
probe("practice", "long-text-in-italics", function* () {
  for (const it of all("p, li, td, dd, div, em, i, span, blockquote")) if (/italic|oblique/.test(style(it).fontStyle) && own(it).length > 120 && seen(it)) yield [it];
});
probe("practice", "underlined-and-no-link", function* () {
  for (const it of texts().concat(all("u, ins").filter(seen))) {
    if (!/underline/.test(style(it).textDecorationLine) || it.closest("a, button, ins, abbr, label, summary, [role=link], [role=button]") || !own(it)) continue;
    if (/dotted|wavy|dashed/.test(style(it).textDecorationStyle)) continue;
    yield [it];
  }
});
probe("practice", "very-small-text", function* () {
  for (const it of texts()) if (size(it) < 11.5 && !it.closest("sup, sub") && count(own(it)) > 1) yield [it, style(it).fontSize];
});
probe("practice", "lines-too-close", function* () {
  for (const it of texts()) if (it.matches("p, li, td, dd, div, blockquote") && px(style(it).lineHeight) && px(style(it).lineHeight) / size(it) < 1.25 && own(it).length > 120 && lines(it) >= 3) yield [it, style(it).lineHeight];
});
probe("practice", "letters-too-close", function* () {
  for (const it of texts()) if (px(style(it).letterSpacing) < -0.03 * size(it) || px(style(it).wordSpacing) < -0.08 * size(it)) if (own(it).length > 15) yield [it, style(it).letterSpacing];
});
probe("practice", "lines-too-long", function* () {
  for (const it of all("p, li, dd, div, blockquote", main)) {
    if (own(it).length < 220 || !seen(it)) continue;
    const range = document.createRange();
    range.selectNodeContents(it);
    const tops = new Set([...range.getClientRects()].map((box) => Math.round(box.top / 8)));
    if (text(it).length / Math.max(tops.size, 1) > 130) yield [it, `${Math.round(text(it).length / tops.size)} characters a line`];
  }
});
probe("1.4.8", "one-block-of-text", function* () {
  for (const it of all("p, div, td, li", main)) if (count(own(it)) > 250 && seen(it)) yield [it, `${count(own(it))} words`];
});
probe("1.4.4", "text-that-follows-the-window-alone", function* () {
  for (const [rule] of rules) if (/^-?[\d.]+(vw|vh|vmin|vmax)$/.test(rule.style.fontSize)) {
    const it = safely(() => all(rule.selectorText).find((one) => text(one)), null);
    if (it) yield [it, rule.style.fontSize];
  }
  for (const it of all("[style]")) if (/^[\d.]+(vw|vh|vmin|vmax)$/.test(it.style.fontSize)) yield [it, it.style.fontSize];
});
probe("3.1.5", "long-sentences", function* () {
  for (const it of all("p, li", main)) {
    const sentences = text(it).split(/[.!?؟:;]\s/).filter((one) => count(one) > 1);
    if (sentences.some((one) => count(one) > 45) && seen(it)) yield [it];
  }
});
// LIX is made for the languages of Scandinavia and is used for English too.
probe("3.1.5", "hard-words", function* () {
  for (const it of all("p, li", main)) {
    if (!seen(it) || !/^(da|en|sv|nb|no)$/.test(tongue(it))) continue;
    const words = text(it).match(/\p{L}+/gu) || [];
    const sentences = Math.max(1, (text(it).match(/[.!?:](?=\s|$)/g) || []).length);
    const lix = words.length / sentences + (100 * words.filter((word) => word.length > 6).length) / words.length;
    if (words.length >= 14 && lix > 70) yield [it, `LIX ${Math.round(lix)}`];
  }
});
probe("3.1.4", "letters-for-words", function* () {
  for (const it of all("p, li, td, dd", main)) {
    const short = new Set(own(it).match(/(?<![\p{L}\p{N}-])\p{Lu}{2,6}\d{0,2}(?![\p{L}\p{N}-])/gu) || []);
    if (short.size >= 3 && own(it) !== own(it).toUpperCase() && seen(it)) yield [it, [...short].join(" ")];
  }
  for (const it of all("abbr:not([title])")) if (!/[()]/.test(text(it.parentElement))) yield [it];
});
probe("1.3.3", "found-by-shape-place-or-sound-alone", function* () {
  const sensory = WORDS.sensory.map((one) => new RegExp(one, "iu"));
  for (const it of all("p, li, label, legend, td, div, span, h1, h2, h3, strong, dd")) if (seen(it)) {
    const said = own(it) && text(it).length < 600 ? text(it) : own(it);
    const hit = sensory.map((one) => one.exec(said)).find(Boolean);
    if (hit && own(it)) yield [it, hit[0]];
  }
});
probe("1.4.1", "told-by-a-colour-word-alone", function* () {
  const coloured = WORDS.coloured.map((one) => new RegExp(one, "iu"));
  for (const it of all("p, li, label, legend, td, th, div, span, figcaption, strong, caption, h2, h3")) if (seen(it) && own(it)) {
    const hit = coloured.map((one) => one.exec(text(it).slice(0, 600))).find(Boolean);
    if (hit) yield [it, hit[0]];
  }
});
// Small patches without a word, of several colours: what they stand for is told by colour alone.
probe("1.4.1", "patches-of-colour-without-words", function* () {
  for (const box of all("ul, ol, tbody, tr, div, p, dl, section")) {
    const patches = all("span, i, td, div, b, em", box).filter((it) => !it.children.length && !text(it) && !name(it) && heard(it) && seen(it) && colour(style(it).backgroundColor)[3] > 0.5 && it.getBoundingClientRect().width < 60 && it.getBoundingClientRect().height < 60);
    const kinds = new Set(patches.map((it) => style(it).backgroundColor));
    const alike = new Set(patches.map((it) => style(it).width + style(it).borderRadius));
    if (patches.length >= 2 && kinds.size >= 2 && alike.size === 1 && !patches.some((it) => it.closest("[aria-hidden=true]"))) { yield [patches[0], [...kinds].join(" ")]; return; }
  }
});
// Some of a row of equals have another colour, and nothing else sets them apart.
probe("1.4.1", "set-apart-by-colour-alone", function* () {
  for (const box of all("ul, ol, tbody, p, dl, div")) {
    const items = box.matches("p") ? [...box.children].filter((c) => c.matches("span, font")) : box.matches("tbody") ? all("td", box) : [...box.children].filter((c) => c.matches("li, dd, p, span"));
    const plainItems = items.map((it) => (it.children.length === 1 && text(it.firstElementChild) === text(it) ? it.firstElementChild : it)).filter((it) => text(it) && seen(it) && !it.matches("a, button, h1, h2, h3, strong, b, em") && !it.querySelector("a, button, img, svg, strong, b, em, input"));
    if (plainItems.length < (box.matches("p") ? 1 : 3)) continue;
    const normal = style(box).color;
    const odd = plainItems.filter((it) => style(it).color !== normal && style(it).fontWeight === style(box).fontWeight && style(it).fontSize === style(box).fontSize && style(it).fontStyle === style(box).fontStyle && style(it).backgroundColor === "rgba(0, 0, 0, 0)" && style(it).textDecorationLine === "none");
    const hues = new Set(odd.map((it) => style(it).color));
    const vivid = odd.filter((it) => { const [r, g, b] = colour(style(it).color); return Math.max(r, g, b) - Math.min(r, g, b) > 90; });
    if (vivid.some((it) => WRONG.test(text(it)) || REQUIRED.test(text(it)) || /^\W*\*\W*$/.test(text(it)))) continue;
    if (vivid.length && (hues.size > 1 || odd.length < plainItems.length || box.matches("p"))) { yield [vivid[0], text(vivid[0])]; return; }
  }
});
