// Sound and film (1.2, 1.4.2, 2.1.1), and what moves by itself (2.2.2, 2.3.1).

const TRANSCRIPT = phrases(WORDS.transcripts);
const near = (it) => text(it.closest("figure, section, article, li, div") || document.body) + " " + text(it.parentElement) + " " + text(it.nextElementSibling || it);
const silent = (it) => it.muted || it.hasAttribute("muted");

probe("1.2.2", "film-without-captions", function* () {
  for (const it of all("video")) if (!it.querySelector("track[kind=captions], track[kind=subtitles], track:not([kind])") && !(silent(it) && it.autoplay && it.loop)) yield [it, it.currentSrc || it.outerHTML.slice(0, 80)];
});
probe("1.2.5", "film-without-description", function* () {
  for (const it of all("video")) if (!it.querySelector("track[kind=descriptions]") && !TRANSCRIPT.test(near(it)) && !it.closest("[aria-hidden=true]")) yield [it, it.currentSrc || "video"];
});
probe("1.2.1", "sound-without-transcript", function* () {
  for (const it of all("audio")) if (!TRANSCRIPT.test(near(it))) yield [it, it.currentSrc || "audio"];
});
hint("1.2.2", "film-from-elsewhere", function* () {
  for (const it of all("iframe, embed, object")) if (/youtu\.?be|vimeo|dailymotion|player|video|23video|wistia/i.test(`${it.src || it.data}`)) yield [it, it.src || it.data];
});
probe("1.2.2", "empty-captions", function* () {
  for (const it of all("track")) if (!it.getAttribute("src")) yield [it, it.outerHTML];
});
probe("1.4.2", "sound-that-starts-by-itself", function* () {
  for (const it of all("audio, video")) if ((it.autoplay || !it.paused) && !silent(it)) yield [it, it.outerHTML.slice(0, 80)];
  for (const it of all("bgsound")) yield [it, "bgsound"];
  for (const it of all("iframe, embed, object")) if (/autoplay=(1|true)/i.test(`${it.src || it.data}`) && !/mute=1/.test(it.src || it.data)) yield [it, it.src || it.data];
});
probe("2.1.1", "player-without-controls", function* () {
  for (const it of all("audio, video")) {
    const around = it.closest("figure, section, article, div, main") || document.body;
    if (!it.controls && (it.localName === "video" || it.autoplay) && !(silent(it) && it.closest("[aria-hidden=true]")) && !around.querySelector("button")) yield [it, it.outerHTML.slice(0, 80)];
  }
});

const MOVING_ELEMENTS = "marquee, blink, bgsound";
probe("2.2.2", "an-element-that-moves", function* () { for (const it of all(MOVING_ELEMENTS)) yield [it]; });
probe("2.2.2", "film-that-starts-by-itself", function* () {
  for (const it of all("video[autoplay]")) if (!it.controls && (it.loop || !(it.duration < 5))) yield [it, "autoplay"];
});
const running = () => document.getAnimations().filter((it) => it.effect?.target && seen(it.effect.target) && it.playState === "running");
const lasting = (it) => { const time = it.effect.getComputedTiming(); return [time.duration, time.iterations, time.duration * time.iterations + time.delay]; };
const pauses = () => all("button, [role=button], input[type=button], a").some((it) => seen(it) && phrases(WORDS.pauses).test(name(it)));
probe("2.2.2", "movement-without-end", function* () {
  for (const it of running()) {
    const [, , end] = lasting(it);
    const changes = it.effect.getKeyframes().flatMap((frame) => Object.keys(frame)).filter((key) => !/^(offset|easing|composite|computedOffset)$/.test(key));
    if (end > 5000 && changes.length && !pauses()) yield [it.effect.target, `${it.animationName || "animation"} ${changes[0]}`];
  }
});
probe("2.3.1", "flashes", function* () {
  for (const it of running()) {
    const [once, times] = lasting(it);
    const keys = JSON.stringify(it.effect.getKeyframes());
    if (times >= 3 && once <= 340 && /opacity|background|color|visibility|filter/i.test(keys)) yield [it.effect.target, `${Math.round(1000 / once)} a second`];
  }
});
probe("2.2.2", "drawing-that-moves", function* () {
  for (const it of all("svg animate, svg animateTransform, svg animateMotion")) if (/indefinite/.test(it.getAttribute("repeatCount")) && seen(it.ownerSVGElement) && !pauses()) yield [it.ownerSVGElement, it.localName];
});
probe("2.2.2", "blinks", function* () {
  for (const it of all("body *")) if (/blink/.test(style(it).textDecorationLine + it.getAttribute("style"))) yield [it, "text-decoration"];
});
probe("2.2.1", "goes-on-by-itself", function* () {
  for (const it of all("meta[http-equiv]")) if (/refresh/i.test(it.httpEquiv) && !/^\s*0\s*(;|$)/.test(it.content)) yield [it, it.content];
});
probe("2.2.1", "says-that-time-is-short", function* () {
  const limit = phrases(WORDS.time_limits), more = phrases(WORDS.more_time);
  for (const it of all("p, div, li, span, strong, h1, h2, h3, td, label")) {
    if (seen(it) && limit.test(own(it)) && !more.test(text(document.body))) yield [it, own(it)];
  }
});
