// Gets the token with which a reader may answer about a decision, so that nobody can tell whose it
// was: a random message is blinded here, signed by the portal, and unblinded here (RFC 9474). The
// token stays in this browser. Where something is missing for that, the page is left as it came.
import { RSABSSA } from "@cloudflare/blindrsa-ts";

const MESSAGE_BYTES = 32; // and as many random bytes in front of them
const ISSUED_ELSEWHERE = 409;
const suite = RSABSSA.SHA384.PSS.Randomized();

const section = document.getElementById("participation");
const status = section.querySelector("[role=status]");
const doorForm = section.querySelector("form[data-door]");
const { place, cohort, key: encodedKey, ask: address, issued } = section.dataset;

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (it) => it.charCodeAt(0));
const text = (array) =>
  btoa(String.fromCharCode(...array)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/** The browser's store, or null where it is switched off. */
function storage() {
  try {
    localStorage.setItem(`${place}?`, "");
    localStorage.removeItem(`${place}?`);
    return localStorage;
  } catch {
    return null;
  }
}

const store = storage();
const save = (state) => store.setItem(place, JSON.stringify(state));

/** What this browser keeps for the decision, or null where there is nothing that can be used. */
function kept() {
  try {
    const state = JSON.parse(store.getItem(place));
    if (state?.signature && state.token) return state;
    return state?.blinded && state.cohort === cohort ? state : null;
  } catch {
    return null;
  }
}

/** Says where things stand, and shows what goes with it. */
function show(name) {
  for (const block of section.querySelectorAll("[data-when]")) block.hidden = block.dataset.when !== name;
  status.textContent = section.dataset[name] ?? "";
}

function ready(state) {
  for (const name of ["cohort", "token", "signature"]) doorForm.elements[name].value = state[name];
  show("ready");
}

/** A fresh message under its veil, kept before it is sent: an answer may be lost on its way. */
async function blinded(publicKey) {
  const token = suite.prepare(crypto.getRandomValues(new Uint8Array(MESSAGE_BYTES)));
  const { blindedMsg, inv } = await suite.blind(publicKey, token);
  const state = { cohort, token: text(token), blinded: text(blindedMsg), inverse: text(inv) };
  save(state);
  return state;
}

function signed(state) {
  const body = new URLSearchParams({
    csrf_token: section.querySelector("[name=csrf_token]").value,
    blinded: state.blinded,
  });
  return fetch(address, { method: "POST", body, redirect: "error" });
}

async function begin() {
  let state = kept();
  if (state?.signature) return ready(state);
  if (!state && issued) return show("elsewhere");
  show("working");
  const rsa = { name: "RSA-PSS", hash: "SHA-384" };
  const publicKey = await crypto.subtle.importKey("spki", bytes(encodedKey), rsa, true, ["verify"]);
  state ??= await blinded(publicKey);
  const answer = await signed(state);
  if (answer.status === ISSUED_ELSEWHERE) return refused(state);
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  const { signature } = await answer.json();
  const { token, inverse } = state;
  const done = await suite.finalize(publicKey, bytes(token), bytes(signature), bytes(inverse));
  const whole = { cohort, token, signature: text(done) };
  save(whole);
  return ready(whole);
}

/** Somebody was quicker: another window of this browser, which has it then, or another device. */
function refused(state) {
  const now = kept();
  if (now?.signature) return ready(now);
  if (now?.blinded === state.blinded) store.removeItem(place);
  return show("elsewhere");
}

/** One window at a time, where the browser can say so. */
async function start() {
  try {
    await (navigator.locks ? navigator.locks.request(place, begin) : begin());
  } catch {
    show("failed");
  }
}

if (store && globalThis.crypto?.subtle) {
  section.querySelector("[data-again]").addEventListener("click", start);
  section.querySelector("[data-forget]").addEventListener("click", () => {
    store.removeItem(place);
    for (const name of ["token", "signature"]) doorForm.elements[name].value = "";
    show("forgotten");
  });
  start();
}
