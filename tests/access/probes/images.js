// Pictures, and what is said instead of them (1.1.1, 1.4.5).

const FILE = /^\S+\.(png|jpe?g|gif|svg|webp|avif|bmp|ico|tiff?)$|^(img|dsc|image|photo|pic|billede|scan|screenshot)[-_ ]?\d+$|^[\w-]*\d{5,}[\w-]*$|^https?:\/\//i;
const EMPTY_ALT = oneOf(WORDS.empty_alternatives);
const PICTURES = "img, [role=img], svg, input[type=image], area";
const pictured = (it) => all(PICTURES, it).some(seen) || it.matches(PICTURES);

probe("1.1.1", "alternative-says-nothing", function* () {
  for (const it of all("img[alt], area[alt], input[type=image][alt], [role=img][aria-label], svg[aria-label]")) {
    const said = squeeze(it.getAttribute("alt") ?? it.getAttribute("aria-label"));
    if (!said || !heard(it)) continue;
    if (FILE.test(said) || EMPTY_ALT.has(plain(said)) || !/[\p{L}\p{N}]/u.test(said)) yield [it, said];
    else if (it.src && said.length > 3 && it.src.split("/").pop().split(".")[0].toLowerCase() === said.toLowerCase() && /[-_\d]/.test(said)) yield [it, said];
  }
});

probe("1.1.1", "alternative-repeats-text-beside-it", function* () {
  for (const it of all("img[alt]")) {
    const said = plain(it.alt);
    if (!said || !heard(it)) continue;
    const around = it.closest("figure, a, button") || it.parentElement;
    const caption = it.closest("figure")?.querySelector("figcaption");
    const near = [caption, it.nextElementSibling, it.previousElementSibling].filter(Boolean).map((n) => plain(text(n)));
    if (near.includes(said) || (around?.matches("a, button") && plain(text(around)) === said)) yield [it, it.alt];
  }
});

probe("1.1.1", "hidden-by-role-and-yet-described", function* () {
  for (const it of all("img[role=presentation], img[role=none], img[aria-hidden=true]"))
    if (squeeze(it.alt)) yield [it, it.alt];
});

probe("1.1.1", "described-by-its-title-alone", function* () {
  for (const it of all("img[title]:not([alt]), img[title][alt='']")) if (there(it) && !it.closest("[aria-hidden=true]")) yield [it, it.title];
});

probe("1.1.1", "picture-in-a-figure-without-words", function* () {
  for (const it of all("figure img[alt='']"))
    if (seen(it) && heard(it)) yield [it, it.getAttribute("src")];
});

hint("1.1.1", "large-and-said-to-be-decoration", function* () {
  for (const it of all("img[alt=''], img[role=presentation], img[role=none]")) {
    const box = it.getBoundingClientRect();
    if (seen(it) && !it.closest("figure, [aria-hidden=true]") && box.width >= 48 && box.height >= 48) yield [it, it.getAttribute("src")];
  }
});

probe("practice", "alternative-tells-that-it-is-one", function* () {
  const told = new RegExp(`^(?:${WORDS.needless.join("|")})(?![\\p{L}])`, "iu");
  for (const it of all("img[alt]")) if (heard(it) && told.test(squeeze(it.alt))) yield [it, it.alt];
});

hint("1.1.1", "long-alternative", function* () {
  for (const it of all("img[alt]")) if (squeeze(it.alt).length > 200) yield [it, `${it.alt.length} characters`];
});

probe("1.1.1", "drawing-without-a-name", function* () {
  for (const it of all("svg, canvas")) {
    const box = it.getBoundingClientRect();
    if (!seen(it) || !heard(it) || it.closest("svg svg, [role=presentation], [role=none], [role=img]:not(svg, canvas)")) continue;
    if (/presentation|none/.test(it.getAttribute("role"))) continue;
    if (squeeze(it.textContent) || name(it) || (box.width < 40 && box.height < 40)) continue;
    const around = it.closest("a, button, [role=button], label, figure");
    if (around && (text(around) || name(around))) continue;
    yield [it, it.outerHTML.slice(0, 80)];
  }
});

const painted = (it, part) => {
  const look = style(it, part);
  return /url\(/.test(look.backgroundImage) || (part !== null && /url\(/.test(look.content));
};
probe("1.1.1", "picture-in-the-background-without-words", function* () {
  for (const it of all("body *")) {
    if (!it.matches("div, span, p, a, i, b, em, td, li, section, figure, button, h1, h2, h3, header")) continue;
    if (!seen(it) || !heard(it) || text(it) || name(it) || it.querySelector("img, svg, input, video, canvas, iframe")) continue;
    if (it.closest("[role=img][aria-label], [role=presentation]")) continue;
    const box = it.getBoundingClientRect();
    if (box.width >= 16 && box.height >= 16 && (painted(it, null) || painted(it, "::before") || painted(it, "::after"))) yield [it, style(it).backgroundImage.slice(0, 80)];
  }
});

probe("1.1.1", "object-without-words", function* () {
  for (const it of all("object, embed")) if (there(it) && !text(it) && !name(it)) yield [it, it.data || it.src];
});

// Characters set as a picture: three lines and more of signs, hardly a letter among them.
const drawn = (value) => {
  const lines = value.split("\n").map((line) => line.trim()).filter((line) => line.length > 3);
  const signs = lines.filter((line) => (line.match(/[^\p{L}\p{N}\s]/gu) || []).length > line.replace(/\s/g, "").length * 0.5);
  return signs.length >= 3;
};
probe("1.1.1", "characters-set-as-a-picture", function* () {
  for (const it of all("pre, code, p, div, span, td, textarea")) {
    if (!heard(it) || it.closest("[role=img][aria-label]") || it.children.length > 12) continue;
    if (style(it).whiteSpace.startsWith("pre") || all(":scope > br", it).length > 1) if (drawn(it.innerText)) yield [it];
  }
});
probe("1.1.1", "signs-set-as-words", function* () {
  const FACE = /(?:^|\s)(?:[:;=8][-^o']?[)(DPp|\\/\]\[]|<3|\^_\^|¯\\_)(?=\s|$|[.,!])/;
  for (const it of all("p, li, td, span, div, dd")) {
    const said = own(it);
    if (!heard(it) || it.closest("[role=img], code, pre")) continue;
    if (FACE.test(said) || /[★☆✓✔✗✘●○■□▲▼✪❌✅⭐]{2,}/u.test(said)) yield [it, said];
    else if (/^[★☆✓✔✗✘●○■□▲▼❌✅⭐⚠🔴🟢🟡]\ufe0f?$/u.test(text(it)) && !name(it).match(/\p{L}/u) && !it.getAttribute("aria-label")) yield [it, said];
  }
});

probe("1.4.5", "letters-in-a-picture", function* () {
  for (const it of all("img")) {
    const source = it.src.startsWith("data:image/svg") ? decodeURIComponent(it.src.includes(";base64,") ? atob(it.src.split(",")[1]) : it.src) : "";
    if (/<text[\s>]/.test(source) && seen(it) && !/logo/i.test(it.alt + it.className + it.id)) yield [it, it.alt];
  }
});
hint("1.4.5", "maybe-letters-in-a-picture", function* () {
  for (const it of all("img[alt], input[type=image]")) {
    const box = it.getBoundingClientRect();
    if (!seen(it) || /logo/i.test(it.alt + it.className + it.id + it.src) || it.src.startsWith("data:image/svg")) continue;
    const words = count(it.alt);
    if (/text|heading|headline|title|banner|quote|button|btn|overskrift|knap|citat/i.test(it.src.split("/").pop().slice(0, 80)) && words) yield [it, it.src.slice(-60)];
    else if (words >= 3 && box.width / box.height >= 3 && box.height <= 120) yield [it, it.alt];
    else if (words >= 12 && /[.!?]$/.test(squeeze(it.alt))) yield [it, it.alt];
  }
});

probe("3.3.8", "a-riddle-before-one-may-go-on", function* () {
  const riddle = phrases(WORDS.riddles);
  for (const it of all("img, iframe, input, label, p, div, legend, span")) {
    const said = `${it.matches("img, iframe, input") ? [it.src, it.alt, it.name, it.id, it.title, it.placeholder].join(" ") : own(it)} `;
    if (there(it) && (/captcha/i.test(said + it.className + it.id) || (it.closest("form") && riddle.test(said)))) { yield [it, said.slice(0, 80)]; return; }
  }
});
