// Warns about five minutes before the session ends, lets it be made longer without leaving the page,
// and at the end takes what was typed to safety and the rest off the screen. Without this script
// the page says when the session ends, and a form that is sent too late is kept all the same.
const WARNED = 300;
const ASKED_EVERY = 15;
const TOLD = [120, 60, 30];

const asks = document.currentScript.dataset.asks ?? "/session";
const began = Number(document.currentScript.dataset.left);
let box; // comes from the server when it is needed
const part = (name) => box.querySelector(`[data-${name}]`);
const written = (form) => new URLSearchParams(new FormData(form)).toString();
const forms = [...document.querySelectorAll('main form[method="post"]')];
const untouched = new Map(forms.map((form) => [form, written(form)]));

let ends = 0;
let more = true;
let busy = false;
let seen = false; // closed by somebody who cannot stay longer
let told = WARNED;

const left = () => Math.round((ends - Date.now()) / 1000);

function arm(answer) {
  ends = Date.now() + answer.left * 1000;
  more = answer.more;
  if (left() > WARNED) told = WARNED;
  if (answer.dialog && !box) bring(answer.dialog);
  for (const place of document.querySelectorAll("[data-ends]")) {
    if (answer.ends) place.textContent = answer.ends;
  }
}

function bring(dialog) {
  document.body.insertAdjacentHTML("beforeend", dialog);
  box = document.getElementById("session");
  box.querySelector("form[data-more]").addEventListener("submit", (event) => {
    event.preventDefault();
    alone(extend);
  });
  part("close").addEventListener("click", () => box.close());
  box.addEventListener("cancel", (event) => {
    if (!more) return;
    event.preventDefault(); // who presses Esc is there
    alone(extend);
  });
  box.addEventListener("close", () => {
    seen = !more;
  });
}

async function asked(address, options = {}) {
  const headers = { Accept: "application/json" };
  const answer = await fetch(address, { ...options, headers, redirect: "error" });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

function counted() {
  const minutes = part("minutes");
  const whole = Math.max(1, Math.ceil(left() / 60));
  const said = JSON.parse(minutes.dataset.forms);
  const plural = new Intl.PluralRules(document.documentElement.lang).select(whole);
  return said[plural].replace("%(count)s", whole);
}

function show() {
  for (const place of box.querySelectorAll("[data-more]")) place.hidden = !more;
  for (const place of box.querySelectorAll("[data-fixed]")) place.hidden = more;
  part("lost").textContent = "";
  part("minutes").textContent = counted();
  box.showModal();
}

function count() {
  if (part("minutes").textContent !== counted()) part("minutes").textContent = counted();
  const mark = TOLD.find((one) => left() <= one && told > one);
  if (!mark) return;
  told = mark;
  part("said").textContent = counted();
}

/** What was typed is sent as ever. As the session has ended, it is kept and nothing is done. */
async function leave() {
  for (const form of forms.filter((one) => written(one) !== untouched.get(one))) {
    const body = new URLSearchParams(new FormData(form));
    await fetch(form.getAttribute("action") || location.href, { method: "POST", body, redirect: "manual" });
  }
  location.replace(box?.dataset.out ?? "/logget-ud?fordi=tid");
}

async function look() {
  arm(await asked(asks));
  if (left() <= 0) await leave();
  else if (left() > WARNED) box.close();
  else if (!box.open && !seen) show();
}

async function extend() {
  const form = box.querySelector("form[data-more]");
  try {
    arm(await asked(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) }));
    box.close();
  } catch {
    part("lost").textContent = part("lost").dataset.text;
    await look();
  }
}

async function alone(work) {
  if (busy) return;
  busy = true;
  try {
    await work();
  } catch { // no connection: the page stays as it is
    if (box) part("lost").textContent = part("lost").dataset.text;
  }
  busy = false;
}

let since = 0;
function tick() {
  since += 1;
  const due = box?.open || seen ? since >= ASKED_EVERY : left() <= WARNED;
  if (left() <= 0 || due) {
    since = 0;
    alone(look);
  } else if (box?.open) count();
}

arm({ left: began, more: true });
setInterval(tick, 1000);
