// The draft of an answer: kept in this browser alone, at the answer door's own address, until the
// answer is sent or the reader deletes it. Nothing here asks the network for anything.
const PREFIX = "kladde.";
const PAUSED = "kladde-fra"; // for as long as this tab is open

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const show = (selector, root = document) => all(selector, root).forEach((it) => (it.hidden = false));
const hide = (selector, root = document) => all(selector, root).forEach((it) => (it.hidden = true));

/** The browser's store, or null where it is switched off. */
function storage() {
  try {
    localStorage.setItem(`${PREFIX}?`, "");
    localStorage.removeItem(`${PREFIX}?`);
    return localStorage;
  } catch {
    return null;
  }
}

const kept = storage();

/** A draft as it was written, or null where something else stands in its place. */
function read(key) {
  try {
    const draft = JSON.parse(kept.getItem(key));
    return Array.isArray(draft?.fields) ? draft : null;
  } catch {
    return null;
  }
}

const keys = () => Object.keys(kept).filter((key) => key.startsWith(PREFIX) && read(key));
const keyOf = (form) => PREFIX + new FormData(form).get("token");

/** Everything that the form would send, but for the button that sends it. */
function save(form, sending) {
  if (sessionStorage.getItem(PAUSED)) return;
  const fields = [...new FormData(form)].filter(([name]) => name !== "til");
  try {
    kept.setItem(keyOf(form), JSON.stringify({ fields, sending }));
  } catch {
    lost(); // the store is full: say so rather than pretend
  }
}

function lost() {
  hide("[data-draft-on]");
  show("[data-draft-off]");
}

function watch(form) {
  if (sessionStorage.getItem(PAUSED)) return;
  hide("[data-draft-off]");
  show("[data-draft-on]");
  save(form, false);
  for (const change of ["input", "change"]) form.addEventListener(change, () => save(form, false));
  const again = form.querySelector('input[name="til"][value="send"]'); // after a failure
  form.addEventListener("submit", ({ submitter }) => {
    save(form, submitter?.value === "send" || (again !== null && !submitter?.name));
  });
  for (const button of all("[data-draft-delete]")) {
    button.addEventListener("click", () => {
      kept.removeItem(keyOf(form));
      sessionStorage.setItem(PAUSED, "1");
      lost();
      show("[data-draft-deleted]");
      all("[data-draft-deleted]").forEach((it) => it.focus());
    });
  }
}

/** Offers a draft: a form that goes on with it, and a button that deletes it. */
function offer(list, key) {
  const item = list.querySelector("template").content.cloneNode(true).firstElementChild;
  const form = item.querySelector("form");
  for (const [name, value] of read(key).fields) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.insertBefore(field, form.querySelector("button"));
  }
  item.querySelector("[data-draft-drop]").addEventListener("click", () => {
    kept.removeItem(key);
    item.remove();
    const left = list.querySelectorAll("[data-draft-item]").length;
    list.hidden = left === 0;
    if (left === 0) {
      show("[data-draft-deleted]");
      all("[data-draft-deleted]").forEach((it) => it.focus());
    }
  });
  list.append(item);
  list.hidden = false;
}

if (kept) {
  for (const key of keys()) {
    if (document.querySelector("[data-draft-sent]") && read(key).sending) kept.removeItem(key);
    if (document.querySelector(`[data-draft-done="${CSS.escape(key.slice(PREFIX.length))}"]`)) {
      kept.removeItem(key);
    }
  }
  for (const list of all("[data-drafts]")) {
    const token = list.dataset.drafts; // of one token, where the page knows which
    keys().filter((key) => !token || key === PREFIX + token).forEach((key) => offer(list, key));
  }
  all("form[data-draft]").forEach(watch);
}
