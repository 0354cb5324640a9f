// Fields: what is asked, how, what was wrong (1.3.1, 1.3.5, 3.2.2, 3.3.x, 4.1.2).

const fields = () => all(FIELDS).filter((it) => there(it) && !it.closest("[aria-hidden=true]"));
const choice = (it) => it.matches("[type=radio], [type=checkbox]");
const told = (it) => squeeze([...labels(it), it.closest("fieldset")?.querySelector("legend")].filter(Boolean).map((n) => n.textContent).join(" ") + " " + (it.getAttribute("aria-label") || "") + " " + (it.placeholder || ""));
const searching = (it) => it.type === "search" || it.getAttribute("role") === "searchbox" || it.closest("search, [role=search]") || /search|søg/i.test(it.name + it.id) || (it.name === "q" && it.form?.querySelectorAll(FIELDS).length === 1);

probe("3.3.2", "field-without-a-label-to-be-seen", function* () {
  for (const it of fields()) {
    if (labels(it).some((label) => seen(label) && text(label))) continue;
    if (it.closest("table")?.querySelector("th") && it.closest("td")) continue;
    const button = it.nextElementSibling?.matches("button, input[type=submit]") || it.parentElement.querySelector("button, input[type=submit]");
    if (searching(it) && button && name(it)) continue;
    if (seen(it) || choice(it)) yield [it, `${it.placeholder ? "placeholder: " + it.placeholder : ""} ${it.title ? "title: " + it.title : ""} ${it.getAttribute("aria-label") || ""}`];
  }
});
probe("1.3.1", "label-of-nothing", function* () {
  for (const it of all("label")) {
    const to = it.getAttribute("for");
    if (there(it) && (to ? !document.getElementById(to) || !document.getElementById(to).matches("input, select, textarea, button, output, meter, progress") : !it.control)) yield [it, to === null ? text(it) : `for="${to}"`];
  }
});
probe("3.3.2", "empty-label", function* () {
  for (const it of all("label, legend")) if (there(it) && !text(it) && !it.querySelector("img[alt]:not([alt='']), svg")) yield [it, it.outerHTML.slice(0, 60)];
});
probe("3.3.2", "two-labels", function* () {
  for (const it of fields()) if ((it.labels || []).length > 1) yield [it, [...it.labels].map(text).join(" + ")];
});
probe("2.4.6", "one-label-for-two-fields", function* () {
  const said = new Map();
  for (const it of fields()) {
    const group = it.closest("fieldset, [role=group], [role=radiogroup], tr, li, article, dialog, form") || document.body;
    const key = plain(name(it));
    if (!key) continue;
    const others = said.get(group) || said.set(group, new Map()).get(group);
    if (others.has(key) && (!choice(it) || others.get(key).value === it.value)) yield [it, name(it)];
    others.set(key, it);
  }
});
probe("2.4.6", "label-says-nothing", function* () {
  const empty = oneOf([...WORDS.empty_titles, ...WORDS.empty_labels]);
  for (const it of fields()) if (empty.has(plain(name(it)))) yield [it, name(it)];
});
hint("3.3.2", "label-far-away", function* () {
  for (const it of fields()) {
    const label = labels(it).filter(seen)[0];
    if (!label || !seen(it) || label.contains(it)) continue;
    const a = label.getBoundingClientRect(), b = it.getBoundingClientRect();
    const gap = Math.max(b.left - a.right, a.left - b.right, b.top - a.bottom, a.top - b.bottom, 0);
    const between = document.createRange();
    between.setStartAfter(label);
    between.setEndBefore(it);
    if (squeeze(between.toString())) continue; // a hint stands there
    if (gap > 120 && !label.closest("td, th")) yield [it, `${Math.round(gap)} px`];
  }
});
const grouped = (it) => it.closest("fieldset, [role=group], [role=radiogroup], [role=listbox], [role=menu]");
probe("1.3.1", "choices-without-their-question", function* () {
  const sets = new Map();
  for (const it of fields().filter(choice)) {
    const key = it.type === "radio" || it.name ? `${it.type} ${it.name}` : it;
    sets.set(key, [...(sets.get(key) || []), it]);
  }
  for (const set of sets.values()) {
    const group = grouped(set[0]);
    if (set.length > 1 && !(group && set.every((it) => group.contains(it)))) yield [set[0], told(set[0])];
  }
});
probe("1.3.1", "boxes-without-their-question", function* () {
  const boxes = fields().filter((it) => it.type === "checkbox" && !grouped(it) && !it.closest("table"));
  const beside = (a, b) => { const p = a.getBoundingClientRect(), q = b.getBoundingClientRect(); return Math.abs(p.top - q.top) + Math.abs(p.left - q.left) < 140; };
  for (const [i, it] of boxes.entries()) if (boxes[i + 1] && boxes[i + 1].closest("form, main, body") === it.closest("form, main, body") && boxes[i + 1].name !== it.name && boxes.length > 2 && beside(it, boxes[i + 1])) { yield [it, told(it)]; return; }
});
probe("1.3.1", "group-without-a-name", function* () {
  for (const it of all("fieldset, [role=group], [role=radiogroup]")) {
    if (!there(it) || !it.querySelector("input, select, textarea, [role=radio], [role=checkbox]")) continue;
    if (it.matches("fieldset") ? !text(it.querySelector(":scope > legend") || document.createElement("i")) && !name(it) : it.getAttribute("role") === "radiogroup" && !name(it)) yield [it];
    else if (it.matches("fieldset") && !it.querySelector(":scope > legend") && !it.getAttribute("aria-label") && !it.getAttribute("aria-labelledby")) yield [it];
  }
});
const REQUIRED = phrases(WORDS.required), OPTIONAL = phrases(WORDS.optional);
const marked = (it) => /\*/.test(told(it) + text(labels(it)[0] || it)) || REQUIRED.test(told(it));
probe("3.3.2", "needed-and-not-said", function* () {
  for (const form of all("form")) {
    const asked = fields().filter((it) => form.contains(it) && !choice(it) && !searching(it));
    const must = (it) => it.required || it.getAttribute("aria-required") === "true";
    const silentOnes = asked.filter((it) => must(it) && !marked(it));
    const rest = asked.filter((it) => !must(it) && !(it.matches("select") && it.value));
    const hinted = (it) => told(it) + " " + byId(it, "aria-describedby").map((n) => n?.textContent || "").join(" ");
    if (silentOnes.length && rest.length && !rest.every((it) => OPTIONAL.test(hinted(it))) && !REQUIRED.test(text(form))) yield [silentOnes[0], told(silentOnes[0])];
  }
});
probe("3.3.2", "star-not-explained", function* () {
  const starred = fields().filter((it) => /\*\s*:?$/.test(squeeze(labels(it).map((label) => label.textContent).join(" "))));
  const legend = all("p, div, span, li, legend, small, abbr").some((it) => /\*/.test(it.textContent) && (REQUIRED.test(it.textContent) || REQUIRED.test(it.title)) && it.textContent.length < 400);
  if (starred.length && !legend && !starred.every((it) => REQUIRED.test(told(it)))) yield [starred[0], told(starred[0])];
  for (const it of starred) if (!it.required && it.getAttribute("aria-required") !== "true") { yield [it, "a star, and nothing is said to a screen reader"]; break; }
});
// What somebody types about themselves: the browser can fill it in.
const PURPOSES = Object.entries(WORDS.purposes).map(([token, words]) => [token, new RegExp(`^(?:${words.join("|")})(?:\\s*[(*:].*)?$`, "iu")]);
probe("1.3.5", "purpose-not-told", function* () {
  for (const it of fields()) {
    if (choice(it) || it.readOnly || it.disabled || searching(it) || it.getAttribute("autocomplete")) continue;
    const label = squeeze(labels(it).map((one) => one.textContent).join(" ")) || it.getAttribute("aria-label") || "";
    const purpose = it.type === "email" ? ["email"] : it.type === "tel" ? ["tel"] : PURPOSES.find(([, words]) => words.test(label));
    if (purpose && it.matches("input, textarea, select")) yield [it, `${label}: ${purpose[0]}`];
  }
});
probe("3.3.8", "pasting-forbidden", function* () {
  for (const it of fields()) {
    const stops = /return false|preventDefault/.test(it.getAttribute("onpaste") || "") || [...(LISTENERS.get(it)?.get("paste") || [])].some((code) => /preventDefault|return false/.test(code));
    if (stops || (it.type === "password" && it.autocomplete === "off")) yield [it, it.outerHTML.slice(0, 80)];
  }
});
probe("3.3.7", "asked-twice", function* () {
  const again = phrases(WORDS.again);
  for (const it of fields()) if (again.test(told(it)) && it.type !== "password") yield [it, told(it)];
});
probe("3.2.2", "form-without-a-button", function* () {
  for (const form of all("form")) {
    const asked = fields().filter((it) => form.contains(it));
    const sends = [...form.elements].some((it) => it.matches("button:not([type=button]):not([type=reset]), input[type=submit], input[type=image]"));
    if (asked.length && !sends && !form.querySelector("button, [role=button]")) yield [form, told(asked[0])];
  }
});
probe("3.2.2", "goes-on-at-a-choice", function* () {
  const goes = /location|\.submit\(|window\.open|href\s*=|\.go\(|navigate|focus\(/;
  for (const it of fields()) {
    const codes = ["onchange", "oninput", "onblur", "onkeyup"].map((key) => it.getAttribute(key) || "").concat(["change", "input", "blur", "keyup"].flatMap((key) => LISTENERS.get(it)?.get(key) || []));
    const hit = codes.find((code) => goes.test(code));
    if (hit) yield [it, hit.slice(0, 120)];
  }
});
probe("3.2.1", "goes-on-at-focus", function* () {
  const goes = /location|\.submit\(|window\.open|alert\(|\.blur\(|confirm\(|\.showModal|(?<!this)\.focus\(/;
  for (const it of all(FOCUSABLE)) {
    const codes = [it.getAttribute("onfocus") || "", ...(LISTENERS.get(it)?.get("focus") || []), ...(LISTENERS.get(it)?.get("focusin") || [])];
    const hit = codes.find((code) => goes.test(code));
    if (hit) yield [it, hit.slice(0, 120)];
  }
});
const WRONG = phrases(WORDS.wrong);
const errors = () => all("[class*=error i], [class*=invalid i], [class*=fejl i], [role=alert], .help-block, [id*=error i]").filter((it) => seen(it) && text(it) && !it.matches(FIELDS) && !it.matches("form, fieldset, main, body, html, label"));
const redder = (value) => { const [r, g, b, a] = colour(value); return a > 0.5 && r > 150 && g < 90 && b < 110; };
const described = (it) => [...byId(it, "aria-describedby"), ...byId(it, "aria-errormessage"), ...labels(it)].filter(Boolean);
probe("3.3.1", "wrong-and-not-told-how", function* () {
  for (const it of fields()) if (it.getAttribute("aria-invalid") === "true" && !choice(it)) {
    if (![...byId(it, "aria-describedby"), ...byId(it, "aria-errormessage")].some((n) => n && text(n)) && !labels(it).some((n) => n.querySelector("[class*=error i], [class*=fejl i]"))) yield [it, name(it)];
  }
});
probe("3.3.1", "error-not-tied-to-its-field", function* () {
  for (const it of all("p, span, div, small, strong, em, li")) {
    const said = own(it);
    if (!said || !seen(it) || said.length > 140 || it.closest("a, button, legend")) continue;
    const red = redder(style(it).color) || /error|invalid|fejl/i.test(it.className + it.id);
    if (!red || !(WRONG.test(said) || /error|invalid|fejl/i.test(it.className))) continue;
    const box = it.closest("form") && it.parentElement;
    const field = box && (box.querySelector(FIELDS) || (box.parentElement.matches("form, fieldset, div") && box.parentElement.querySelector(FIELDS)));
    const near = field && fields().filter((f) => Math.abs(f.getBoundingClientRect().top - it.getBoundingClientRect().top) < 90);
    if (!near?.length || it.closest("ul, ol, [class*=summary]")) continue;
    if (!near.some((f) => described(f).some((n) => n.contains(it) || it.contains(n))) && !it.closest("label, fieldset")?.matches("label, [aria-describedby]")) yield [it, said];
  }
});
probe("practice", "errors-that-lead-nowhere", function* () {
  for (const it of all("[class*=error-summary i], [class*=errorsummary i], [role=alert]"))
    if (seen(it) && it.querySelector("li") && fields().length && !it.querySelector("a[href^='#']")) yield [it];
});
probe("practice", "several-at-once-in-a-list", function* () {
  for (const it of all("select[multiple]")) if (seen(it)) yield [it, name(it)];
});
probe("1.4.1", "wrong-by-colour-alone", function* () {
  const list = fields().filter((it) => !choice(it) && seen(it));
  const red = list.filter((it) => redder(style(it).borderTopColor) && px(style(it).borderTopWidth) || redder(style(it).outlineColor) && style(it).outlineStyle !== "none" || (() => { const [r, g, b, a] = colour(style(it).backgroundColor); return a > 0.5 && r > 220 && g < r - 20 && b < r - 20; })());
  if (red.length && red.length < Math.max(list.length, 2)) for (const it of red) {
    const box = it.closest("div, p, li, td") || it.parentElement;
    if (it.getAttribute("aria-invalid") !== "true" && !errors().some((e) => box.contains(e)) && !WRONG.test(own(box))) yield [it, name(it)];
  }
  for (const it of all("label, legend")) {
    const others = all("label, legend").filter(seen);
    if (seen(it) && redder(style(it).color) && others.some((o) => !redder(style(o).color)) && !/\*/.test(text(it)) && !REQUIRED.test(text(it)) && !WRONG.test(text(it)) && !errors().some((e) => it.parentElement.contains(e))) yield [it];
  }
});
probe("1.4.11", "field-without-an-edge", function* () {
  for (const it of fields()) {
    if (choice(it) || !seen(it) || it.matches("[type=range], [type=color], [type=file]") || it.disabled) continue;
    const look = style(it), around = background(it.parentElement);
    const fill = over(colour(look.backgroundColor), around);
    const sides = ["Top", "Right", "Bottom", "Left"].map((side) => px(look[`border${side}Width`]) && look[`border${side}Style`] !== "none" ? contrast(over(colour(look[`border${side}Color`]), around), around) : 1);
    const ring = look.outlineStyle !== "none" && px(look.outlineWidth) ? contrast(over(colour(look.outlineColor), around), around) : 1;
    if (Math.max(...sides, ring) < 3 && contrast(fill, around) < 3 && look.boxShadow === "none") yield [it, `${Math.max(...sides).toFixed(1)} : 1`];
  }
});
probe("1.4.3", "placeholder-too-pale", function* () {
  for (const it of all("input[placeholder], textarea[placeholder]")) {
    if (!seen(it) || it.value || !it.placeholder.trim()) continue;
    const look = style(it, "::placeholder"), under = background(it);
    const ink = colour(look.color);
    const ratio = contrast(over([ink[0], ink[1], ink[2], ink[3] * Number(look.opacity || 1)], under), under);
    if (ratio < 4.5) yield [it, `${ratio.toFixed(1)} : 1`];
  }
});
probe("3.3.2", "form-of-a-date-not-told", function* () {
  const date = phrases(WORDS.dates);
  for (const it of fields()) {
    if (it.type !== "text" || !date.test(name(it)) || count(name(it)) > 5) continue;
    const said = [it.placeholder, ...byId(it, "aria-describedby").map((n) => n?.textContent), text(it.closest("div, p, li, fieldset, form") || it.parentElement)].join(" ");
    if (!/\d|dd|mm|åååå|yyyy/i.test(said)) yield [it, name(it)];
  }
});
