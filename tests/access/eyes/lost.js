// Text that is cut off or printed over other text, as the window is now.
() => {
  const lost = [];
  const style = (it) => getComputedStyle(it);
  const path = (it) => it.id ? "#" + it.id : (it.parentElement && it !== document.body ? path(it.parentElement).split(" > ").slice(-3).join(" > ") + " > " : "") + it.localName + ([...(it.parentElement?.children || [])].filter((c) => c.localName === it.localName).length > 1 ? `:nth-of-type(${[...it.parentElement.children].filter((c) => c.localName === it.localName).indexOf(it) + 1})` : "");
  const boxes = [];
  const hiddenByPurpose = (it) => { for (let up = it; up; up = up.parentElement) { const look = style(up); if (look.clip.startsWith("rect(") || /^inset\((50|100)%/.test(look.clipPath) || (look.overflow !== "visible" && look.display !== "inline" && (up.clientWidth <= 1 || up.clientHeight <= 1)) || look.position === "fixed" || look.position === "sticky" || up.matches("dialog, [popover], [role=dialog], select, option, marquee, canvas, svg") || Number(look.opacity) < 0.1) return true; } return false; };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const skip = new Map();
  while (walk.nextNode()) {
    const node = walk.currentNode, it = node.parentElement;
    if (!node.data.trim() || it.matches("script, style, noscript, template, title")) continue;
    if (!skip.has(it)) skip.set(it, !it.checkVisibility({ visibilityProperty: true }) || hiddenByPurpose(it));
    if (skip.get(it)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter((b) => b.width > 1 && b.height > 1);
    for (const b of rects) boxes.push([b, it, node]);
    for (let up = it; up && up !== document.documentElement; up = up.parentElement) {
      const look = style(up);
      if (look.display === "inline" || look.display === "contents") continue;
      const edge = up.getBoundingClientRect();
      const cutX = /hidden|clip/.test(look.overflowX), cutY = /hidden|clip/.test(look.overflowY);
      const line = rects.find((b) => (cutX && (b.right > edge.right + 3 || b.left < edge.left - 3)) || (cutY && (b.bottom > edge.bottom + b.height * 0.35 || b.top < edge.top - b.height * 0.35)));
      if (line) { lost.push({ kind: "cut", selector: path(up), evidence: node.data.trim().slice(0, 80) }); break; }
      if (/auto|scroll/.test(look.overflowX + look.overflowY)) break;
    }
  }
  const rows = new Map();
  boxes.forEach((entry, i) => { for (let y = Math.floor(entry[0].top / 40); y <= Math.floor(entry[0].bottom / 40); y++) rows.set(y, [...(rows.get(y) || []), i]); });
  const pairs = new Set();
  const told = new Set();
  for (const list of rows.values()) for (let a = 0; a < list.length; a++) for (let b = a + 1; b < list.length; b++) {
    const [p, one, n1] = boxes[list[a]], [q, two, n2] = boxes[list[b]];
    if (n1 === n2 || pairs.has(list[a] + " " + list[b])) continue;
    pairs.add(list[a] + " " + list[b]);
    const w = Math.min(p.right, q.right) - Math.max(p.left, q.left), h = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
    if (w > 4 && h > Math.min(p.height, q.height) * 0.45 && w * h > Math.min(p.width * p.height, q.width * q.height) * 0.12) {
      const key = path(two);
      if (!told.has(key)) lost.push({ kind: "over", selector: key, evidence: `${n1.data.trim().slice(0, 40)} / ${n2.data.trim().slice(0, 40)}` });
      told.add(key);
    }
  }
  return lost;
}
