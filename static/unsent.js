// Keeps what was typed of a record in this browser's tab until the server has it, so that a line
// that breaks loses nothing. Files are chosen again. The page works without this file.
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

  function fill(kept) {
    const given = new Map();
    for (const [name, value] of kept) given.set(name, [...(given.get(name) ?? []), value]);
    for (const field of form.elements) {
      if (!field.name || field.type === "file" || field.name === "csrfmiddlewaretoken") continue;
      const mine = given.get(field.name) ?? [];
      if (["checkbox", "radio"].includes(field.type)) field.checked = mine.includes(field.value);
      else if (mine.length) field.value = mine[0];
      if (field.value && mine.length) field.closest("details")?.setAttribute("open", "");
    }
  }

  // What a form wrote is kept no longer once the server has it, whichever address it was typed at.
  function forget(token) {
    for (const name of Object.keys(shelf)) {
      if (name.startsWith("unsent:") && shelf.getItem(name).includes(token)) shelf.removeItem(name);
    }
  }

  if (saved) saved.split(" ").forEach(forget);
  if (!form) return;
  const kept = shelf.getItem(key);
  if (kept && form.dataset.unsent === "new") fill(JSON.parse(kept));
  // A form that was sent and shown again may be one of another record by now: it has a new token.
  if (form.dataset.unsent === "sent") keep();
  form.addEventListener("input", keep);
  form.addEventListener("submit", keep);
})();
