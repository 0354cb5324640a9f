// Every text at twice its size, as a reader's own setting would make it; called again, as it was.
(on) => {
  const kept = Symbol.for("sizes");
  if (on) {
    globalThis[kept] = [...document.querySelectorAll("body, body *")].map((it) => [it, it.style.getPropertyValue("font-size"), it.style.getPropertyPriority("font-size"), parseFloat(getComputedStyle(it).fontSize)]);
    for (const [it, , , size] of globalThis[kept]) if (it.style) it.style.setProperty("font-size", `${size * 2}px`, "important");
  } else for (const [it, before, priority] of globalThis[kept]) { it.style.setProperty("font-size", before, priority); if (!it.getAttribute("style")) it.removeAttribute("style"); }
}
