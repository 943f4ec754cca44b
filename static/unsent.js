// Keeps what was typed of a record in this browser's tab until the server has it, so that a line
// that breaks loses nothing. What comes back says so and can be dropped; over a stored record it comes
// when it is asked for. Files are chosen again. A form that the browser's Back brings back is the one
// that was sent, by its token, and not a new one. The page works without this file.
(() => {
  "use strict";

  const { user, saved } = document.currentScript.dataset;
  const form = document.querySelector("form[data-unsent]");
  const key = `unsent:${user}:${location.pathname}${location.search}`;
  const shelf = sessionStorage;

  // The form's own values, without what guards it and without files.
  const values = () =>
    [...new FormData(form)].filter(
      ([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken",
    );

  function keep() {
    try {
      shelf.setItem(key, JSON.stringify(values()));
    } catch {
      // The tab's store is full or closed to us: the form works as it is.
    }
  }

  // A list that the page itself says, as the items of a checklist, stays the page's own.
  function fill(kept) {
    const given = new Map();
    for (const [name, value] of kept) given.set(name, [...(given.get(name) ?? []), value]);
    for (const field of form.elements) {
      if (!field.name || field.type === "file" || field.name === "csrfmiddlewaretoken") continue;
      const mine = given.get(field.name) ?? [];
      if (field.type === "hidden" && mine.length > 1) continue;
      if (["checkbox", "radio"].includes(field.type)) field.checked = mine.includes(field.value);
      else if (mine.length) field.value = mine[0];
      if (field.value && mine.length) field.closest("details")?.setAttribute("open", "");
    }
  }

  // Back opens the page anew, and the browser fills in what was typed in it before.
  function staySame() {
    const { token } = form.elements;
    const [arrival] = performance.getEntriesByType("navigation");
    const comesBack = arrival?.type === "back_forward" && history.state?.token;
    if (comesBack) token.value = history.state.token;
    else history.replaceState({ token: token.value }, "");
  }

  // What a form wrote is kept no longer once the server has it, whichever address it was typed at.
  function forget(token) {
    for (const name of Object.keys(shelf)) {
      if (name.startsWith("unsent:") && shelf.getItem(name).includes(token)) shelf.removeItem(name);
    }
  }

  // Says what became of unsent typing; the buttons of the notice do the rest.
  function tell(what) {
    const notice = document.getElementById("unsent-notice");
    notice.replaceChildren(document.getElementById(`unsent-${what}`).content.cloneNode(true));
    for (const button of notice.querySelectorAll("button")) {
      button.addEventListener("click", button.dataset.do === "fill" ? restore : drop);
    }
  }

  function restore() {
    fill(kept);
    tell("restored");
    form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  }

  // Follows the address anew: a mere reload may keep what stands in the fields.
  function drop() {
    shelf.removeItem(key);
    location.replace(location.pathname + location.search);
  }

  if (saved) saved.split(" ").forEach(forget);
  if (!form) return;
  if (form.dataset.unsent !== "stored") staySame();
  if (form.dataset.unsent === "never") return;
  const kept = JSON.parse(shelf.getItem(key));
  if (kept && form.dataset.unsent === "new") {
    fill(kept);
    tell("restored");
  }
  if (kept && form.dataset.unsent === "stored") tell("offered");
  // A form that was sent and shown again may be one of another record by now: it has a new token.
  if (form.dataset.unsent === "sent") keep();
  form.addEventListener("input", keep);
  form.addEventListener("submit", keep);
})();
