// What still moves where the reader has asked for no motion.
() => {
  const path = (it) => it.id ? "#" + it.id : it.localName + (it.classList[0] ? "." + CSS.escape(it.classList[0]) : "");
  const told = [];
  for (const it of document.getAnimations()) {
    const target = it.effect?.target, time = it.effect?.getComputedTiming();
    if (target?.checkVisibility() && it.playState === "running" && time.duration > 200 && time.iterations > 1) told.push(["moves-for-those-who-want-it-still", path(target), it.animationName || "transition"]);
  }
  if (getComputedStyle(document.documentElement).scrollBehavior === "smooth") told.push(["scrolls-smoothly-for-those-who-want-it-still", "html", "scroll-behavior: smooth"]);
  for (const it of document.querySelectorAll("marquee, blink")) told.push(["moves-for-those-who-want-it-still", path(it), it.localName]);
  return told;
}
