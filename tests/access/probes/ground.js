// What every probe stands on. It is put before the probes and runs inside the page, after axe:
// names and roles are axe's, so that there is one opinion of what a screen reader is told.

const findings = [];
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const style = (it, part = null) => getComputedStyle(it, part);
const px = (value) => parseFloat(value) || 0;
const squeeze = (text) => (text || "").replace(/[\s\u00ad\u200b\u2060-\u2069\u200e\u200f]+/g, " ").trim();

// Laid out at all: a screen reader meets it, the eye may not.
const there = (it) => it.checkVisibility({ visibilityProperty: true });
// Met by the ear.
const heard = (it) => there(it) && !it.closest("[aria-hidden=true], [inert]");
// Met by the eye: laid out, larger than a point, not clipped away, not beside the paper.
const seen = (it) => {
  if (!it.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
  const box = it.getBoundingClientRect();
  if (box.width <= 1 || box.height <= 1) return false;
  if (box.right + scrollX <= 0 || box.bottom + scrollY <= 0) return false;
  for (let up = it; up && up !== document.body; up = up.parentElement) {
    const look = style(up);
    if (/^(rect\(0px|rect\(1px|inset\((50|100)%)/.test(look.clip + "\n" + look.clipPath)) return false;
    if (look.clip.startsWith("rect(0px") || look.clip.startsWith("rect(1px")) return false;
    if (/^inset\((50|100)%/.test(look.clipPath)) return false;
    if (look.overflow !== "visible" && (up.clientWidth <= 1 || up.clientHeight <= 1) && style(up).display !== "inline") return false;
  }
  return true;
};
const text = (it) => squeeze(it.innerText ?? it.textContent);
const own = (it) => squeeze([...it.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join(" "));
const count = (value) => (value.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu) || []).length;
const name = (it) => { try { return squeeze(axe.commons.text.accessibleText(it)); } catch { return squeeze(it.getAttribute("aria-label") || it.textContent); } };
const role = (it) => { try { return axe.commons.aria.getRole(it) || ""; } catch { return it.getAttribute("role") || ""; } };
const plain = (value) => squeeze(value).toLowerCase().replace(/[\s.…:!?»›>→←«‹<\-–]+$/u, "").replace(/^[\s»›>→«‹<\-–]+/u, "");

const FOCUSABLE = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, iframe, audio[controls], video[controls], [contenteditable]:not([contenteditable=false]), [tabindex]";
const NATIVE = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, option, label, audio[controls], video[controls]";
const FIELDS = "input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=reset]):not([type=image]), select, textarea, [role=textbox], [role=combobox], [role=searchbox], [role=spinbutton]";
const focusable = (it) => it.matches(FOCUSABLE) && !it.disabled && there(it) && !it.closest("[inert]");

// A short address of an element.
const path = (it) => {
  const steps = [];
  for (let up = it; up && up.nodeType === 1 && steps.length < 5; up = up.parentElement) {
    if (up.id && all("#" + CSS.escape(up.id)).length === 1) { steps.unshift("#" + CSS.escape(up.id)); break; }
    const same = up.parentElement ? [...up.parentElement.children].filter((c) => c.localName === up.localName) : [up];
    steps.unshift(up.localName + (same.length > 1 ? `:nth-of-type(${same.indexOf(up) + 1})` : ""));
  }
  return steps.join(" > ");
};

const found = (criterion, rule, it, evidence, certain) => findings.push({
  criterion, rule, certain, selector: it?.nodeType === 1 ? path(it) : "html",
  evidence: squeeze(String(evidence ?? "")).slice(0, 200),
});
const run = (criterion, rule, certain, search) => {
  try {
    for (const [it, evidence, other] of search()) found(other ?? criterion, rule, it, evidence ?? text(it), certain);
  } catch (fault) { found("probe", rule, null, fault.stack, true); }
};
// A probe is sure of what it yields: [element, evidence]. A hint wants a person's eye.
const probe = (criterion, rule, search) => run(criterion, rule, true, search);
const hint = (criterion, rule, search) => run(criterion, rule, false, search);

// Colours: [red, green, blue, opacity], 0–255 and 0–1.
const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
const seenColours = new Map();
const colour = (value) => {
  if (!seenColours.has(value)) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = "#000";
    canvas.fillStyle = value;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    seenColours.set(value, [r, g, b, a / 255]);
  }
  return seenColours.get(value);
};
const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
const background = (it) => {
  const layers = [];
  for (let up = it; up; up = up.parentElement) {
    const value = colour(style(up).backgroundColor);
    if (value[3] > 0) layers.push(value);
    if (value[3] >= 0.99) break;
  }
  return layers.reduceRight((under, top) => over(top, under), [255, 255, 255, 1]);
};
const shine = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const contrast = (a, b) => { const [x, y] = [shine(a), shine(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };

// Every style rule that can be read, also inside @media and @supports: [rule, condition].
const rules = [];
const gather = (list, condition) => { for (const rule of list) {
  if (rule.selectorText) rules.push([rule, condition]);
  if (rule.cssRules?.length) gather(rule.cssRules, condition + " " + (rule.conditionText || ""));
} };
for (const sheet of document.styleSheets) { try { gather(sheet.cssRules, sheet.media.mediaText || ""); } catch { /* of another origin */ } }

// Words and phrases of all languages together: one expression, whole words only.
const phrases = (list) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${list.join("|")})(?![\\p{L}\\p{N}])`, "iu");
const safely = (work, otherwise) => { try { return work(); } catch { return otherwise; } };
const oneOf = (list) => new Set(list.map((word) => word.toLowerCase()));
const byId = (it, attribute) => (it.getAttribute(attribute) || "").split(/\s+/).filter(Boolean).map((id) => document.getElementById(id));
const labels = (it) => [...(it.labels || []), ...byId(it, "aria-labelledby").filter(Boolean)];
const lang = (it) => (it.closest("[lang]")?.getAttribute("lang") || "").toLowerCase();
const tongue = (it) => lang(it).split("-")[0];
const main = document.querySelector("main, [role=main]") || document.body;
