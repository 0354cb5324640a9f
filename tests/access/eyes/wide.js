// What makes the page wider than its window, and what stays in the way while one scrolls.
() => {
  const path = (it) => it.id ? "#" + it.id : it.localName + (it.classList[0] ? "." + CSS.escape(it.classList[0]) : "");
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const style = (it) => getComputedStyle(it);
  const contained = (it) => { for (let up = it.parentElement; up && up !== document.body; up = up.parentElement) if (/auto|scroll|hidden|clip/.test(style(up).overflowX)) return true; return false; };
  const rtl = style(document.documentElement).direction === "rtl";
  const culprits = wide > 1 ? [...document.querySelectorAll("body *")].filter((it) => it.checkVisibility() && !contained(it) && (rtl ? it.getBoundingClientRect().left < -1 : it.getBoundingClientRect().right > document.documentElement.clientWidth + 1)) : [];
  const inner = culprits.filter((it) => !culprits.some((other) => other !== it && it.contains(other)));
  let held = 0;
  for (const it of document.querySelectorAll("body *")) if (/fixed|sticky/.test(style(it).position) && it.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !it.closest("dialog, [popover]")) {
    const box = it.getBoundingClientRect();
    if (style(it).position === "sticky" && style(it).top === "auto" && style(it).bottom === "auto") continue;
    if (box.width > innerWidth * 0.5 && box.bottom > 0 && box.top < innerHeight) held += Math.min(box.height, innerHeight);
  }
  const said = [...document.querySelectorAll("h1, h2, h3, p, li, td, label, a, button")].filter((it) => it.checkVisibility({ visibilityProperty: true }) && (it.innerText || "").trim().length > 1).map((it) => it.innerText.replace(/\s+/g, " ").trim());
  return { wide, culprits: inner.slice(0, 3).map((it) => [path(it), it.getBoundingClientRect().right]), held: held / innerHeight, said, folded: !!document.querySelector("[aria-expanded], details, [popovertarget]") };
}
