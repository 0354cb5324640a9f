// What can be pressed, hovered over, chosen; and what has changed on the page after it was.
([step, i]) => {
  const KEY = Symbol.for("acts");
  const style = (it) => getComputedStyle(it);
  const seen = (it) => { const b = it.getBoundingClientRect(); if (!it.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || b.width <= 1 || b.height <= 1 || b.right < 0 || b.left > innerWidth + 2000) return false; for (let up = it; up && up !== document.body; up = up.parentElement) { const s = style(up); if (s.clip.startsWith("rect(") || /^inset\((50|100)%/.test(s.clipPath) || (/hidden|clip/.test(s.overflowY) && up.clientHeight <= 1 && s.display !== "inline")) return false; } return true; };
  const own = (it) => [...it.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join(" ").replace(/\s+/g, " ").trim();
  const path = (it) => it.id ? "#" + CSS.escape(it.id) : (it.parentElement && it !== document.body ? path(it.parentElement).split(" > ").slice(-2).join(" > ") + " > " : "") + it.localName + (it.parentElement && [...it.parentElement.children].filter((c) => c.localName === it.localName).length > 1 ? `:nth-of-type(${[...it.parentElement.children].filter((c) => c.localName === it.localName).indexOf(it) + 1})` : "");
  const telling = () => new Map([...document.querySelectorAll("body *")].filter((it) => !it.matches("script, style, option") && (own(it) || it.matches("input, button, select, textarea, dialog, [role=dialog], img, svg")) && seen(it)).map((it) => [it, own(it)]));
  const [heard] = globalThis[Symbol.for("listeners")] || [new Map()];
  const listens = (it, ...kinds) => kinds.some((kind) => heard.get(it)?.has(kind));
  if (step === "list") {
    const acts = [];
    const revealing = [];
    const gather = (list) => { for (const rule of list) { if (/:hover/.test(rule.selectorText || "") && /:hover[^,]*[\s>+~]/.test(rule.selectorText)) revealing.push(...rule.selectorText.split(",").filter((one) => /:hover[^,]*[\s>+~]/.test(one)).map((one) => one.split(":hover")[0])); if (rule.cssRules?.length) gather(rule.cssRules); } };
    for (const sheet of document.styleSheets) try { gather(sheet.cssRules); } catch { /* of another origin */ }
    const scripted = document.scripts.length > 0 || heard.size > 0;
    for (const it of document.querySelectorAll("body *")) {
      if (!seen(it) || it.disabled) continue;
      const submits = it.matches("button:not([type=button]):not([type=reset]), input[type=submit], input[type=image]") && it.form;
      const presses = it.matches("button, input[type=button], [role=button], [role=tab], [role=switch], [role=menuitem], a[href^='#'], [onclick], a:not([href])") || listens(it, "click");
      if (scripted && !submits && presses && !it.matches("body, main, form, header, footer, nav, section, div:not([role], [onclick], [tabindex])") && !it.popoverTargetElement && !(it.matches("a[href^='#']") && !listens(it, "click"))) acts.push({ kind: "press", it });
      if (listens(it, "mouseenter", "mouseover") || revealing.some((one) => { try { return one.trim() && it.matches(one); } catch { return false; } })) acts.push({ kind: "hover", it });
      if (it.matches("select") && (listens(it, "change", "input") || listens(it.form || it, "change"))) acts.push({ kind: "choose", it });
      if (it.matches("input, textarea") && /^(text|tel|number|search|email|textarea|password)$/.test(it.type) && listens(it, "input", "keyup", "keydown", "keypress")) acts.push({ kind: "type", it });
      if (submits && (it.form.hasAttribute("onsubmit") || listens(it.form, "submit") || listens(it, "click")) && scripted) acts.push({ kind: "submit", it });
    }
    globalThis[KEY] = { acts };
    return acts.map(({ kind, it }) => ({ kind, path: path(it), text: (it.innerText || it.value || "").trim().slice(0, 40) }));
  }
  const kept = globalThis[KEY], trigger = kept.acts[i].it;
  if (step === "before") { kept.before = telling(); kept.values = [...document.querySelectorAll("input, select")].map((it) => it.value).join("|"); trigger.scrollIntoView({ block: "center" }); if (kept.acts[i].kind !== "hover") trigger.focus(); const b = trigger.getBoundingClientRect(); return { focused: document.activeElement === trigger, x: b.left + b.width / 2, y: b.top + b.height / 2 }; }
  if (step === "after") {
    const now = telling();
    const fresh = [...now.keys()].filter((it) => !kept.before.has(it) && it !== trigger && !trigger.contains(it));
    const roots = new Set(fresh.map((it) => { let top = it; for (let up = it.parentElement; up && up !== document.body; up = up.parentElement) { if ([...kept.before.keys()].some((old) => up.contains(old) && old.isConnected && now.has(old))) break; top = up; } return top; }));
    kept.roots = [...roots];
    const changed = [...now].filter(([it, said]) => kept.before.has(it) && kept.before.get(it) !== said && said && it !== trigger && !trigger.contains(it) && !it.contains(trigger)).map(([it]) => it);
    const live = (it) => !!it.closest("[role=status], [role=alert], [role=log], [role=timer], [aria-live=polite], [aria-live=assertive], output");
    const active = document.activeElement;
    return {
      state: ["aria-expanded", "aria-pressed", "aria-selected", "aria-checked"].some((a) => trigger.hasAttribute(a)) || trigger.matches("summary, [type=checkbox], [type=radio]"),
      gone: !trigger.isConnected || !seen(trigger), moved: active !== trigger && active !== document.body && !!active,
      roots: kept.roots.map((it) => { const place = [it, ...it.querySelectorAll("*")].find((one) => /fixed|absolute/.test(style(one).position)) || it; const b = place.getBoundingClientRect(); const box = it.closest("dialog, [role=dialog], [role=alertdialog]") || it.querySelector("dialog, [role=dialog], [role=alertdialog]"); return { path: path(it), over: style(place).position === "fixed" || !!box, dialog: !!box, inside: (box || it).contains(active), live: live(it), tip: it.matches("[role=tooltip]") || !!it.closest("[role=tooltip]"), menu: !!it.closest("[role=menu], [role=listbox], [role=tabpanel]") || it.matches("[popover]"), controls: !!it.querySelector("a[href], button, input, select, textarea"), x: b.left + b.width / 2, y: b.top + b.height / 2, text: (it.innerText || "").trim().slice(0, 60) }; }),
      changed: changed.map((it) => ({ path: path(it), live: live(it), tied: it.matches("label, legend, option, time") || !!it.closest("[role=tabpanel], button, a"), text: own(it).slice(0, 60) })),
    };
  }
  if (step === "still") return { seen: (kept.roots || []).filter((it) => it.isConnected && (telling().has(it) || [...it.querySelectorAll("*")].some((one) => own(one) && seen(one)) || (own(it) && seen(it)))).length, back: document.activeElement === trigger, elsewhere: document.activeElement !== trigger && document.activeElement !== document.body };
}
