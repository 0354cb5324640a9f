// A style sheet of the reader's own: a content policy has no say in it. Called without, it goes.
(rules) => {
  const key = Symbol.for("sheet");
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((it) => it !== globalThis[key]);
  if (!rules) return;
  globalThis[key] = new CSSStyleSheet();
  globalThis[key].replaceSync(rules);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, globalThis[key]];
}
