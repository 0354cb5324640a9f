// Which language a text is in, told by its script and its small words (3.1.1, 3.1.2).

const STOP = Object.fromEntries(Object.entries(WORDS.stop_words).map(([key, words]) => [key, new Set(words)]));
const SCRIPTS = { uk: "Cyrillic", ru: "Cyrillic", bg: "Cyrillic", sr: "Cyrillic", mk: "Cyrillic", be: "Cyrillic", ar: "Arabic", fa: "Arabic", ur: "Arabic", ckb: "Arabic", el: "Greek", he: "Hebrew", yi: "Hebrew", hi: "Devanagari", ne: "Devanagari", th: "Thai", ja: "Han", zh: "Han", ko: "Hangul", ka: "Georgian", hy: "Armenian", am: "Ethiopic", ti: "Ethiopic", ta: "Tamil", bn: "Bengali" };
const PATTERNS = Object.fromEntries([...new Set(Object.values(SCRIPTS)), "Latin"].map((script) => [script, new RegExp(`\\p{Script=${script}}{2,}`, "gu")]));
const scriptOf = (key) => SCRIPTS[key] || "Latin";
// What counts as the own language: neighbours so near that small words do not part them.
const NEAR = { nb: ["da", "nn", "no"], no: ["da", "nb", "nn"], nn: ["nb", "no"], sr: ["hr", "bs"], hr: ["bs", "sr"], bs: ["hr", "sr"], kl: ["da"] };

const inScripts = (value) => Object.entries(PATTERNS).map(([script, pattern]) => [script, (value.match(pattern) || []).join("").length]).filter(([, letters]) => letters > 1);
const tally = (value) => {
  const words = value.toLowerCase().match(/(?<![\p{L}\d])\p{L}+(?![\p{L}\d])/gu) || []; // no letters out of figures
  const hits = Object.entries(STOP).map(([key, stop]) => [key, words.filter((word) => stop.has(word)).length, new Set(words.filter((word) => stop.has(word))).size]).sort((a, b) => b[1] - a[1]);
  return [words, hits];
};
// The language that a text is in and says it is not in, or nothing.
const foreign = (value, key) => {
  const other = inScripts(value).find(([script]) => script !== scriptOf(key) && script !== "Latin" && !(script === "Han" && /ja|zh/.test(key)));
  if (other) return `${other[0]} script`;
  const [words, hits] = tally(value);
  const [[best, most, kinds]] = hits;
  const mine = hits.find(([one]) => one === key)?.[1] ?? 0;
  if (best === key || (NEAR[key] || []).includes(best) || scriptOf(best) !== "Latin") return null;
  if (scriptOf(key) !== "Latin" && inScripts(value).some(([script]) => script === scriptOf(key))) return null;
  const known = key in STOP;
  if (words.length >= 3 && words.length <= 8 && known) return kinds >= 2 && mine === 0 && most >= words.length * 0.4 ? best : null;
  if (words.length > 8) return kinds >= 3 && most >= words.length * 0.18 && most >= 2 * mine + 2 ? best : null;
  return null;
};
// Text that stands in an element itself, with what its links and emphases say in the same language.
const INLINE = "a, b, strong, em, i, span, abbr, bdi, small, mark, time, cite, q";
const spoken = (it) => squeeze([...it.childNodes].map((n) => (n.nodeType === 3 ? n.data : n.nodeType === 1 && n.matches(INLINE) && !n.hasAttribute("lang") && heard(n) ? n.textContent : " ")).join(""));

probe("3.1.2", "another-language-and-not-said", function* () {
  const told = new Set();
  for (const it of all("body *")) {
    if (it.matches("script, style, noscript, code, pre, kbd, samp, template, svg *") || it.closest("[translate=no], code, pre") || !there(it)) continue;
    if ([...told].some((up) => up.contains(it))) continue;
    const key = tongue(it);
    if (!key) continue;
    const said = spoken(it) || "";
    const hit = said && foreign(said, key);
    if (hit) { told.add(it); yield [it, `${hit}, and said to be ${key}: ${said.slice(0, 100)}`]; continue; }
    for (const attribute of ["alt", "aria-label", "title", "placeholder", "aria-description"]) {
      const value = it.getAttribute(attribute);
      const kind = value && foreign(value, key);
      if (kind) yield [it, `${kind} in ${attribute}, and said to be ${key}: ${value}`];
    }
    if (!it.matches("p, li, td, dd, div, blockquote, h1, h2, h3, figcaption")) continue;
    // A sentence of another language within a text of the page's own.
    const clauses = said.split(/[.!?;:"“”„«»()]+\s*/).filter((one) => count(one) >= 3);
    const odd = clauses.length > 1 && clauses.map((one) => [one, foreign(one, key)]).find(([, kind]) => kind);
    if (odd) yield [it, `${odd[1]}, and said to be ${key}: ${odd[0]}`];
    for (const part of all(INLINE, it)) if (!part.hasAttribute("lang") && count(text(part)) >= 2 && heard(part) && tongue(part) === key && part.matches("i, em, q, cite, span") && foreign(text(part), key)) yield [part];
  }
});
probe("3.1.1", "whole-page-in-another-language", function* () {
  const key = tongue(document.documentElement);
  if (!key) { yield [document.documentElement, "no lang"]; return; }
  // What says of itself that it is in another language is no fault of the page's.
  const whole = all("body *").filter((it) => !it.matches("script, style, noscript, template") && tongue(it) === key && there(it)).map(own).join(" ");
  const [words, hits] = tally(whole);
  const [[best, most]] = hits;
  const mine = hits.find(([one]) => one === key)?.[1] ?? 0;
  const scripts = inScripts(whole).sort((a, b) => b[1] - a[1]);
  if (scripts.length && scripts[0][0] !== scriptOf(key) && scripts[0][1] > 40 && !/ja|zh|ko/.test(key)) yield [document.documentElement, `${scripts[0][0]} script, and said to be ${key}`];
  else if (words.length > 12 && best !== key && !(NEAR[key] || []).includes(best) && most > 2 * mine + 2) yield [document.documentElement, `${best}, and said to be ${key}`];
});
probe("3.1.1", "no-such-language", function* () {
  const known = (key) => { try { return new Intl.DisplayNames("en", { type: "language", fallback: "none" }).of(key); } catch { return undefined; } };
  for (const it of [document.documentElement, ...all("[lang]")]) {
    const key = it.getAttribute("lang");
    if (key !== null && (!key.trim() || !known(key.split("-")[0]) || /_/.test(key))) yield [it, key, it === document.documentElement ? "3.1.1" : "3.1.2"];
  }
});
// Names of languages stand in their own language, and say so.
probe("3.1.2", "name-of-a-language-not-marked", function* () {
  const names = new Map(Object.entries(WORDS.languages).map(([key, said]) => [said.toLowerCase(), key]));
  for (const it of all("a, button, option, li, span")) {
    const key = names.get(plain(own(it)));
    if (key && heard(it) && tongue(it) && tongue(it) !== key) yield [it, own(it)];
  }
});
