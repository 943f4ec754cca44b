// Keeps a record form's input in sessionStorage until the server has saved it, so that nothing is
// lost if the connection fails. A new form gets the input back, with a notice to drop it; for a
// stored record the notice offers it. Files must be chosen again. A form reached by the Back button
// keeps its old token, so it counts as the form that was sent. Pages work without this file.
(() => {
  "use strict";

  const { user, saved } = document.currentScript.dataset;
  const form = document.querySelector("form[data-unsent]");
  const key = `unsent:${user}:${location.pathname}${location.search}`;
  const shelf = sessionStorage;

  // The form's values, without the CSRF token and without files.
  const values = () =>
    [...new FormData(form)].filter(
      ([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken",
    );

  function keep() {
    try {
      shelf.setItem(key, JSON.stringify(values()));
    } catch {
      // The storage is full or blocked: the form works without it.
    }
  }

  // Hidden fields with several values (such as checklist items) keep the page's values.
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

  // After Back, the browser restores the old input in a page with a new token: use the old token.
  function staySame() {
    const { token } = form.elements;
    const [arrival] = performance.getEntriesByType("navigation");
    const comesBack = arrival?.type === "back_forward" && history.state?.token;
    if (comesBack) token.value = history.state.token;
    else history.replaceState({ token: token.value }, "");
  }

  // Removes stored input that the server has saved by now, at whichever address it was typed.
  function forget(token) {
    for (const name of Object.keys(shelf)) {
      if (name.startsWith("unsent:") && shelf.getItem(name).includes(token)) shelf.removeItem(name);
    }
  }

  // Shows the notice about unsent input; its buttons restore or drop the input.
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

  // Opens the address again: a plain reload could keep the values in the fields.
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
  // A form that the server shows again may have a new token: store the new values.
  if (form.dataset.unsent === "sent") keep();
  form.addEventListener("input", keep);
  form.addEventListener("submit", keep);
})();
