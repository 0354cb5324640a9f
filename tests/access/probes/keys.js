// What can be done with a mouse can be done with keys; and one pointer is enough (2.1.x, 2.5.x).
// LISTENERS: what a page's scripts listen to, by element; an `onclick` in the markup is among them.

const listens = (it, ...kinds) => kinds.flatMap((kind) => LISTENERS.get(it)?.get(kind) || []);
const WIDGETS = "button, link, checkbox, radio, switch, tab, menuitem, menuitemcheckbox, menuitemradio, option, slider, spinbutton, textbox, combobox, searchbox, treeitem".split(", ");
const acts = (it) => WIDGETS.includes(it.getAttribute("role") || "");
const within = (it) => it.closest(NATIVE) || it.querySelector("a[href], button, input, select, textarea, summary");
// A list of things of which one has the focus at a time.
const roving = (it) => it.closest("[role=tablist], [role=radiogroup], [role=menu], [role=menubar], [role=listbox], [role=grid], [role=tree], [role=toolbar], [role=combobox], [aria-activedescendant]");
const CONTAINERS = "html, body, main, form, header, footer, nav, section, article, table, tbody, dialog, fieldset";

probe("2.1.1", "pressed-by-mouse-alone", function* () {
  for (const it of all("body *")) {
    if (!there(it) || it.matches(NATIVE) || it.matches(CONTAINERS) || it.closest("label")) continue;
    const codes = listens(it, "click", "dblclick", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart");
    if (!codes.length) continue;
    if (focusable(it) || (within(it) && !own(it)) || it.querySelector("a[href], button, input, select, textarea")) continue;
    yield [it, codes[0].slice(0, 100)];
  }
});
probe("2.1.1", "no-keys-for-what-the-mouse-presses", function* () {
  for (const it of all("[tabindex]")) {
    if (!there(it) || it.matches(NATIVE) || it.matches(CONTAINERS)) continue;
    const codes = listens(it, "click", "mousedown", "mouseup", "pointerdown");
    let keys = false;
    for (let up = it; up; up = up.parentElement) keys ||= listens(up, "keydown", "keyup", "keypress").length > 0;
    keys ||= (WINDOW_LISTENERS.get("keydown") || WINDOW_LISTENERS.get("keyup") || WINDOW_LISTENERS.get("keypress") || []).length > 0;
    if (codes.length && !keys) yield [it, codes[0].slice(0, 100)];
  }
});
probe("4.1.2", "acts-and-has-no-role", function* () {
  for (const it of all("[tabindex]")) if (there(it) && it.tabIndex >= 0 && !it.matches(NATIVE) && !it.matches(CONTAINERS) && !it.getAttribute("role") && listens(it, "click", "keydown", "keyup", "mousedown").length) yield [it];
});
probe("2.1.1", "has-a-role-and-no-focus", function* () {
  for (const it of all("[role]")) if (there(it) && acts(it) && !focusable(it) && !roving(it) && !it.matches(NATIVE) && it.getAttribute("aria-disabled") !== "true") yield [it, it.getAttribute("role")];
});
probe("4.1.2", "role-of-one-and-state-of-none", function* () {
  for (const it of all("[role=button], button, a")) {
    if (!there(it) || it.hasAttribute("aria-expanded") || it.hasAttribute("aria-pressed") || it.hasAttribute("popovertarget")) continue;
    if (listens(it, "click").some((code) => /classList\.toggle|style\.display\s*=|\.hidden\s*=\s*!|slideToggle/.test(code)) && !listens(it, "click").some((code) => /aria-expanded|ariaExpanded|aria-pressed|showModal|dialog/.test(code))) yield [it];
  }
});
probe("2.1.1", "taken-out-of-the-way-of-tab", function* () {
  for (const it of all("a[href], button, input:not([type=hidden]), select, textarea, summary")) if (it.getAttribute("tabindex")?.startsWith("-") && seen(it) && !it.disabled && !roving(it) && !it.closest("[inert], [aria-hidden=true]")) yield [it];
});
probe("2.4.3", "own-order-of-focus", function* () {
  for (const it of all("[tabindex]")) if (it.tabIndex > 0 && there(it)) yield [it, `tabindex ${it.tabIndex}`];
});
hint("2.4.3", "stop-that-does-nothing", function* () {
  for (const it of all("[tabindex='0']")) if (there(it) && !it.matches(NATIVE) && !acts(it) && !listens(it, "click", "keydown", "keyup", "keypress").length && it.scrollHeight <= it.clientHeight + 1 && it.scrollWidth <= it.clientWidth + 1 && !it.closest("[role=tabpanel], [role=region], [role=dialog], [role=listbox], [role=grid]") && !it.isContentEditable && !it.matches("iframe, audio, video")) yield [it];
});
probe("2.1.1", "shown-by-hovering-alone", function* () {
  for (const it of all("body *")) {
    const codes = listens(it, "mouseover", "mouseenter");
    if (codes.length && !listens(it, "focus", "focusin").length && !it.matches(CONTAINERS) && there(it)) yield [it, codes[0].slice(0, 100)];
  }
});
const REVEALS = ["display", "visibility", "opacity", "height", "max-height", "left", "clip", "clip-path", "transform", "top"];
probe("2.1.1", "shown-by-hovering-in-the-style-sheet", function* () {
  const twin = (selector) => rules.some(([rule]) => /:focus/.test(rule.selectorText) && rule.selectorText.split(",").some((one) => one.replace(/:(focus-within|focus-visible|focus|active)/g, "").trim() === selector.replace(/:hover/g, "").trim()));
  for (const [rule] of rules) for (const selector of rule.selectorText.split(",")) {
    if (!/:hover[^,]*[\s>+~]\S|:hover::?(before|after)/.test(selector) || twin(selector) || !REVEALS.some((key) => rule.style.getPropertyValue(key))) continue;
    const target = safely(() => all(selector.replace(/:hover/g, "").replace(/::?(before|after)/g, "")), []);
    const hiddenNow = target.find((it) => /::?(before|after)/.test(selector) || !seen(it));
    if (hiddenNow && (text(hiddenNow) || hiddenNow.textContent.trim() || /attr\(/.test(rule.style.content))) yield [hiddenNow, selector];
  }
});
probe("1.3.1", "said-in-a-title-alone", function* () {
  for (const it of all("body [title]")) {
    const said = squeeze(it.title);
    if (!said || !there(it) || it.matches("iframe, svg *, abbr, dfn, link, style, img, frame") || it.closest("svg")) continue;
    if (plain(said) === plain(text(it)) || plain(said) === plain(it.getAttribute("aria-label") || "")) continue;
    if (byId(it, "aria-describedby").some((n) => n && text(n).includes(said)) || text(it.parentElement).includes(said)) continue;
    if (it.matches(FIELDS) && labels(it).length === 0) continue;
    yield [it, said];
  }
});
probe("practice", "title-says-it-again", function* () {
  for (const it of all("a[title], button[title], img[title]")) if (plain(it.title) && plain(it.title) === plain(text(it) || it.alt || "")) yield [it, it.title];
});
probe("2.5.7", "dragged-and-nothing-else", function* () {
  for (const it of all("body *")) {
    const drags = it.draggable && it.getAttribute("draggable") === "true" || listens(it, "dragstart").length || (listens(it, "mousedown", "pointerdown", "touchstart").length && (listens(it, "mousemove", "pointermove", "touchmove").length || DOCUMENT_MOVES));
    if (!drags || it.matches(CONTAINERS)) continue;
    const other = (it.querySelector("button, select, input") || it.parentElement.querySelector(":scope > button")) ?? it.matches("input[type=range]");
    if (!other && there(it)) { yield [it, it.outerHTML.slice(0, 80)]; return; }
  }
});
probe("2.5.2", "done-when-pressed-down", function* () {
  for (const it of all("a, button, [role=button], input")) {
    const codes = listens(it, "mousedown", "pointerdown", "touchstart");
    if (codes.length && !listens(it, "click", "mouseup", "pointerup").length && there(it) && !DOCUMENT_MOVES) yield [it, codes[0].slice(0, 100)];
  }
});
probe("2.5.1", "two-fingers-or-a-path", function* () {
  for (const [it, kinds] of LISTENERS) if (["gesturestart", "gesturechange"].some((kind) => kinds.has(kind)) || (kinds.get("touchmove") || []).some((code) => /touches\[1\]|touches\.length/.test(code))) yield [it, [...kinds.keys()].join(" ")];
});
probe("2.5.4", "done-by-moving-the-device", function* () {
  for (const kind of ["devicemotion", "deviceorientation", "shake"]) if (WINDOW_LISTENERS.has(kind) && !all("button").some(seen)) yield [document.body, kind];
    else if (WINDOW_LISTENERS.has(kind)) found("2.5.4", "done-by-moving-the-device", document.body, kind, false);
});
probe("2.1.4", "a-letter-does-something", function* () {
  const single = /\.key\s*={2,3}\s*["'][a-z0-9?!/.,]["']|["'][a-z?/]["']\s*={2,3}\s*\w+\.key|case\s*["'][a-z]["']\s*:|(?:keyCode|which)\s*={2,3}\s*(?:6[5-9]|[78]\d|90|4[89]|5[0-7])\b|fromCharCode/;
  const codes = ["keydown", "keyup", "keypress"].flatMap((kind) => [...(WINDOW_LISTENERS.get(kind) || []), ...listens(document.documentElement, kind), ...listens(document.body, kind)]);
  for (const code of codes) if (single.test(code) && !/(ctrlKey|metaKey|altKey)\s*(\)|&&)/.test(code.replace(/!\s*\w+\.(ctrlKey|metaKey|altKey)/g, ""))) yield [document.body, code.slice(0, 160)];
});
probe("2.1.2", "tab-is-swallowed", function* () {
  for (const [it, kinds] of [...LISTENERS, [document.body, WINDOW_LISTENERS]]) for (const code of [...(kinds.get("keydown") || []), ...(kinds.get("keypress") || [])])
    if (/["']Tab["']|keyCode\s*={2,3}\s*9\b|which\s*={2,3}\s*9\b/.test(code) && /preventDefault|return false|\.focus\(/.test(code) && it.nodeType === 1 && !it.closest("[role=dialog], [role=alertdialog], dialog, [aria-modal]") && !/Escape/.test(code)) yield [it, code.slice(0, 120)];
});
probe("1.3.4", "one-way-of-holding", function* () {
  for (const [rule, condition] of rules) if (/orientation/.test(condition)) {
    const to = safely(() => all(rule.selectorText).find((it) => it.textContent.trim()), null);
    if (/rotate\((-?90|-?270)deg\)|rotate: ?(-?90|270)deg/.test(rule.cssText) && to) yield [to, rule.cssText.slice(0, 100)];
    else if (to && rule.style.display === "none" && (to === document.body || to.matches("main, body > div") && count(to.textContent) > 20)) yield [to, rule.cssText.slice(0, 100)];
  }
  if (all("script:not([src])").some((it) => /orientation\.lock\(/.test(it.textContent))) yield [document.body, "screen.orientation.lock"];
});
probe("1.4.4", "zoom-blocked", function* () {
  for (const it of all("meta[name=viewport i]")) {
    const most = /maximum-scale\s*=\s*([\d.]+)/.exec(it.content);
    if (/user-scalable\s*=\s*(no|0|false)/i.test(it.content) || (most && Number(most[1]) < 5)) yield [it, it.content];
    const least = /width\s*=\s*(\d+)/.exec(it.content);
    if (least) found("1.4.10", "width-set-for-all-windows", it, it.content, true);
  }
  if (style(document.body).touchAction === "none" || style(document.documentElement).touchAction === "none") yield [document.body, "touch-action: none"];
});
probe("3.2.5", "a-window-of-its-own-accord", function* () {
  const loads = [...(WINDOW_LISTENERS.get("load") || []), document.body.getAttribute("onload") || ""];
  for (const code of loads) if (/window\.open|alert\(|confirm\(|prompt\(/.test(code)) yield [document.body, code.slice(0, 100)];
});
