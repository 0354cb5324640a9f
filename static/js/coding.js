// Keys for those who code: a digit or letter ticks a theme, Enter saves. They are live only while the
// focus is inside the form, so that no key means anything elsewhere. Without this script the form
// is a form.
const form = document.querySelector("form[data-keys]");
const said = form?.querySelector("[data-said]");

/** Either themes, or that none fits. */
function apart(box) {
  if (!box.checked || box.type !== "checkbox") return;
  const none = box.name === "none";
  for (const other of form.querySelectorAll('input[type="checkbox"]:checked')) {
    if ((other.name === "none") !== none) other.checked = false;
  }
}

function pressed(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.key === "Enter") {
    if (event.target.closest("a, button, summary, textarea")) return;
    event.preventDefault();
    if (!event.repeat) form.requestSubmit(form.querySelector("[data-save]"));
    return;
  }
  const box = form.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!box || event.repeat) return;
  event.preventDefault();
  box.click();
  said.textContent = `${box.labels[0].textContent.trim()}: ${box.checked ? said.dataset.on : said.dataset.off}`;
}

if (form) {
  for (const told of document.querySelectorAll("[data-with-keys]")) told.hidden = false;
  form.addEventListener("change", ({ target }) => apart(target));
  form.addEventListener("keydown", pressed);
  if (location.hash === `#${form.id}`) form.focus();
}
