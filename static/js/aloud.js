// Reads the page aloud, block by block, by a voice that the device has itself: other voices would
// send the text away to be spoken. Where there is none in the page's language, that is said.
const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, th, td, summary, label, legend, caption";
const SHOWN = { read: ["read"], speak: ["pause", "stop"], wait: ["on", "stop"] };

const bar = document.querySelector("[data-aloud]");
const synth = window.speechSynthesis;
const spoken = (element) => element.closest("[lang]").lang.split("-")[0].toLowerCase();
const voiceOf = (language) =>
  synth.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith(language));

let waiting = []; // what is still to be read
let now; // what is being read

function show(state) {
  const focused = document.activeElement;
  for (const button of bar.querySelectorAll("button")) {
    button.hidden = !SHOWN[state].some((name) => name in button.dataset);
  }
  if (focused.hidden) bar.querySelector("button:not([hidden])").focus();
}

function blocks() {
  return [...document.querySelectorAll(`main :is(${BLOCKS})`)].filter(
    (one) =>
      !one.closest("[data-aloud]") &&
      !one.querySelector(BLOCKS) &&
      one.checkVisibility({ visibilityProperty: true }) &&
      one.innerText.trim(),
  );
}

function mark(element) {
  now?.classList.remove("aloud-now");
  now = element;
  now?.classList.add("aloud-now");
  const gentle = matchMedia("(prefers-reduced-motion: reduce)").matches;
  now?.scrollIntoView({ block: "nearest", behavior: gentle ? "instant" : "auto" });
}

function next() {
  mark(waiting.shift());
  if (!now) return show("read");
  const said = new SpeechSynthesisUtterance(now.innerText);
  said.voice = voiceOf(spoken(now)) ?? voiceOf(spoken(document.body));
  said.lang = said.voice.lang;
  said.onend = next;
  synth.speak(said);
}

function stop() {
  waiting = [];
  if (synth.speaking || synth.pending) synth.cancel(); // ends what is said, and so leads on
  mark();
  show("read");
}

const acts = {
  read() {
    waiting = blocks();
    show("speak");
    next();
  },
  pause() {
    synth.pause();
    show("wait");
  },
  on() {
    synth.resume();
    show("speak");
  },
  stop,
};

function arm() {
  const can = voiceOf(spoken(document.body));
  bar.hidden = false;
  bar.querySelector("[role=status]").textContent = can ? "" : bar.querySelector("[data-mute]").dataset.mute;
  if (can && !now) show("read");
  if (!can) for (const button of bar.querySelectorAll("button")) button.hidden = true;
}

if (bar && synth) {
  for (const [name, act] of Object.entries(acts)) {
    bar.querySelector(`[data-${name}]`).addEventListener("click", act);
  }
  synth.addEventListener("voiceschanged", arm); // they come a moment after the page
  addEventListener("pagehide", stop);
  arm();
}
