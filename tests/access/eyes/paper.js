// What is missing or too pale on paper, which has no backgrounds.
() => {
  const told = [];
  const path = (it) => it.id ? "#" + it.id : it.localName + (it.classList[0] ? "." + CSS.escape(it.classList[0]) : "");
  const main = document.querySelector("main, [role=main]") || document.body;
  if (!(main.innerText || "").trim() || !main.checkVisibility()) { if (main.textContent.trim()) told.push(["nothing-on-paper", path(main), ""]); }
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  for (const it of main.querySelectorAll("p, li, td, th, dd, dt, h1, h2, h3")) {
    if (!it.checkVisibility({ visibilityProperty: true }) || ![...it.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
    let under = false;
    for (let up = it; up; up = up.parentElement) if (getComputedStyle(up).printColorAdjust === "exact") under = true;
    canvas.fillStyle = getComputedStyle(it).color; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
    if (!under && Math.min(r, g, b) > 170) { told.push(["too-pale-on-paper", path(it), it.innerText.slice(0, 60)]); break; }
  }
  return told;
}
