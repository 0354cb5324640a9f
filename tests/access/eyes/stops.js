// What has the focus: where it is, whether it can be seen, and how it looks beside before.
// First called with "start": everything that can have the focus is kept as it looks without it.
(step) => {
  const KEY = Symbol.for("stops");
  const style = (it, part = null) => getComputedStyle(it, part);
  const path = (it) => { const steps = []; for (let up = it; up && up.nodeType === 1 && steps.length < 4; up = up.parentElement) { if (up.id) { steps.unshift("#" + CSS.escape(up.id)); break; } const same = up.parentElement ? [...up.parentElement.children].filter((c) => c.localName === up.localName) : [up]; steps.unshift(up.localName + (same.length > 1 ? `:nth-of-type(${same.indexOf(up) + 1})` : "")); } return steps.join(" > "); };
  const PARTS = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "borderTopColor", "borderRightColor", "borderBottomColor", "borderLeftColor", "borderTopWidth", "borderBottomWidth", "borderLeftWidth", "borderRightWidth", "borderBottomStyle", "backgroundColor", "backgroundImage", "color", "textDecorationLine", "textDecorationColor", "fontWeight", "transform", "filter", "fontSize", "opacity", "clipPath", "content", "display"];
  const around = (it) => [it, it.parentElement, it.parentElement?.parentElement, it.nextElementSibling, ...(it.labels || [])].filter(Boolean);
  const look = (it) => around(it).flatMap((one) => [null, "::before", "::after"].map((part) => { const s = style(one, part); return PARTS.map((key) => s[key]); }));
  const canvas = (globalThis[Symbol.for("ink")] ||= new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true }));
  const colour = (value) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = "#000"; canvas.fillStyle = value; canvas.fillRect(0, 0, 1, 1); const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255]; };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const background = (it) => { const layers = []; for (let up = it; up; up = up.parentElement) { const v = colour(style(up).backgroundColor); if (v[3]) layers.push(v); if (v[3] > 0.99) break; } return layers.reduceRight((u, t) => over(t, u), [255, 255, 255, 1]); };
  const shine = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((s, c, i) => s + c * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => { const [x, y] = [shine(a), shine(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
  const CAN = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, [contenteditable]:not([contenteditable=false]), [tabindex]";
  if (step === "start") {
    const list = [...document.querySelectorAll(CAN)].filter((it) => !it.disabled && it.checkVisibility({ visibilityProperty: true }) && !it.closest("[inert]"));
    const radio = (it) => it.type === "radio" && it.name && list.some((other) => other !== it && other.type === "radio" && other.name === it.name && (other.checked || (list.indexOf(other) < list.indexOf(it) && !it.checked)));
    globalThis[KEY] = new Map(list.map((it) => [it, [look(it), background(it), it.parentElement ? background(it.parentElement) : [255, 255, 255, 1]]]));
    const body = document.body, had = body.getAttribute("tabindex");
    scrollTo(0, 0); document.activeElement?.blur();
    body.setAttribute("tabindex", "-1"); body.focus(); body.blur();
    if (had === null) body.removeAttribute("tabindex"); else body.setAttribute("tabindex", had);
    return { stops: list.filter((it) => it.tabIndex >= 0 && !radio(it) && !it.closest("details:not([open]) > :not(summary)")).map(path) };
  }
  const kept = globalThis[KEY];
  let it = document.activeElement;
  if (!it || it === document.body || it === document.documentElement) return null;
  const box = it.getBoundingClientRect();
  const [before, ownBefore, parentBefore] = kept.get(it) || [null, null, null];
  const now = look(it);
  let strongest = 0; const changed = [];
  if (before) now.forEach((row, part) => row.forEach((value, i) => {
    if (value === before[part]?.[i]) return;
    const key = PARTS[i];
    const owner = around(it)[Math.floor(part / 3)];
    changed.push(key);
    const under = owner === it ? parentBefore : background(owner.parentElement || owner);
    const row0 = before[part] || [];
    const drawn = (n) => row[PARTS.indexOf(n)];
    if (/^outline/.test(key)) {
      if (drawn("outlineStyle") !== "none" && parseFloat(drawn("outlineWidth")) >= 1) strongest = Math.max(strongest, drawn("outlineStyle") === "auto" ? 21 : Math.max(contrast(over(colour(drawn("outlineColor")), under), under), parseFloat(style(owner).outlineOffset) < 0 ? contrast(over(colour(drawn("outlineColor")), ownBefore), ownBefore) : 0));
    } else if (key === "boxShadow") { for (const [one] of value.matchAll(/(?:rgba?|color|oklch|hsla?)\([^)]*\)/g)) strongest = Math.max(strongest, contrast(over(colour(one), under), under)); }
    else if (/^border.*Color$/.test(key)) strongest = Math.max(strongest, Math.max(contrast(over(colour(value), under), over(colour(row0[i] || "#fff"), under)), 1) * (parseFloat(drawn(key.replace("Color", "Width")) ?? 1) > 0 ? 1 : 0));
    else if (/^border.*Width$/.test(key)) strongest = Math.max(strongest, contrast(over(colour(drawn(key.replace("Width", "Color"))), under), under));
    else if (key === "backgroundColor") strongest = Math.max(strongest, contrast(over(colour(value), under), over(colour(row0[i]), under)));
    else if (key === "color") { if (!changed.includes("outlineColor") || changed.length > 1) strongest = Math.max(strongest, contrast(colour(value), colour(row0[i]))); }
    else if (key === "textDecorationColor" ) { /* follows the colour of the text */ }
    else if (key === "opacity" || key === "display" || key === "content" || key === "clipPath" || key === "textDecorationLine" || key === "transform" || key === "fontWeight" || key === "filter" || key === "backgroundImage" || key === "fontSize") strongest = Math.max(strongest, 21);
  }));
  else strongest = 21;
  const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [box.left + box.width * x, box.top + box.height * y])).filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
  const covers = points.map(([x, y]) => document.elementFromPoint(x, y)).filter((top) => top && top !== it && !it.contains(top) && !top.contains(it) && ![...(it.labels || [])].some((l) => l.contains(top) || top.contains(l)));
  const shown = [it, ...(it.labels || [])].some((one) => { const b = one.getBoundingClientRect(); return b.width > 2 && b.height > 2 && b.right > 0 && b.left < innerWidth && b.bottom > 0 && b.top < innerHeight && one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !style(one).clip.startsWith("rect(0") && !style(one).clip.startsWith("rect(1px") && !/inset\((50|100)%/.test(style(one).clipPath); });
  return { path: path(it), at: [...kept.keys()].indexOf(it), strongest, changed: [...new Set(changed)].slice(0, 4), shown, covered: points.length > 0 && covers.length === points.length && covers.length > 0 ? path(covers[0]) : "", frame: /^(iframe|audio|video|object|embed)$/.test(it.localName), dialog: !!it.closest("dialog, [role=dialog], [role=alertdialog]"), text: (it.innerText || it.value || it.getAttribute("aria-label") || "").trim().slice(0, 40), index: it.tabIndex };
}
