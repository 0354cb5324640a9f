// What is drawn by a background colour alone is gone in forced colours; so is a focus that is only
// a shadow or another background.
() => {
  const told = [];
  const path = (it) => it.id ? "#" + it.id : it.localName + (it.classList[0] ? "." + CSS.escape(it.classList[0]) : "");
  const style = (it, part = null) => getComputedStyle(it, part);
  const seen = (it) => { const b = it.getBoundingClientRect(); return it.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && b.width > 2 && b.height > 2; };
  const edge = (it, part = null) => { const s = style(it, part); return ["Top", "Right", "Bottom", "Left"].some((k) => parseFloat(s[`border${k}Width`]) > 0 && s[`border${k}Style`] !== "none") || (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || /url|gradient/.test(s.backgroundImage) || s.forcedColorAdjust === "none" || /"[^"]+"|url/.test(s.content); };
  for (const it of document.querySelectorAll("button, [role=button], [role=checkbox], [role=switch], [role=radio], [role=slider], [role=progressbar], [role=meter], a[href]")) {
    if (!seen(it) || (it.innerText || "").trim() || it.querySelector("img, svg, input, canvas, video, picture")) continue;
    const drawn = [it, ...it.querySelectorAll("*")].some((one) => [null, "::before", "::after"].some((part) => (part === null || style(one, part).content !== "none") && edge(one, part)));
    if (!drawn) told.push(["gone-in-forced-colours", path(it), it.outerHTML.slice(0, 80)]);
  }
  const before = document.activeElement;
  const look = (it) => [it, it.parentElement, it.nextElementSibling, ...(it.labels || [])].filter(Boolean).flatMap((one) => [null, "::before", "::after"].map((part) => { const s = style(one, part); return [s.outlineStyle, s.outlineWidth, s.borderTopWidth, s.borderBottomWidth, s.borderBottomStyle, s.borderTopColor, s.textDecorationLine, s.content, s.color, s.backgroundColor].join(); })).join("|");
  const can = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")].filter((it) => !it.disabled && seen(it)).slice(0, 60);
  for (const it of can) {
    it.blur();
    const unmarked = look(it);
    it.focus({ focusVisible: true, preventScroll: true });
    if (document.activeElement === it && it.matches(":focus-visible") && look(it) === unmarked) { told.push(["focus-gone-in-forced-colours", path(it), (it.innerText || it.name || "").slice(0, 60)]); }
  }
  document.activeElement?.blur(); before?.focus?.({ preventScroll: true });
  scrollTo(0, 0);
  return told.slice(0, 10);
}
