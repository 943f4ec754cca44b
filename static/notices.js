// The live preview of a notice while one types. Without this file, a button shows it.
(() => {
  "use strict";

  const PAUSE = 400; // ms without a key

  const pageOf = async (answer) =>
    new DOMParser().parseFromString(await answer.text(), "text/html");
  const nameIn = (field) => field.querySelector("input").name;

  // Adds the fields of placeholders that are new in the text, and removes those that are gone. The
  // others stay untouched, because one may be typing in them.
  function showFields(fresh) {
    const words = document.getElementById("words");
    const wanted = new Set([...fresh.children].map(nameIn));
    const shown = new Map();
    for (const field of [...words.children]) {
      if (wanted.has(nameIn(field))) shown.set(nameIn(field), field);
      else field.remove();
    }
    let last = null;
    for (const field of [...fresh.children]) {
      const kept = shown.get(nameIn(field));
      if (!kept) words.insertBefore(field, last ? last.nextSibling : words.firstChild);
      last = kept ?? field;
    }
  }

  // Has screen readers say the length and what keeps the notice from being sent, if they changed.
  function sayChanges(preview) {
    const said = document.getElementById("preview-said");
    const words = [...preview.querySelectorAll("[data-said]")].map((one) => one.textContent.trim());
    if (said.textContent !== words.join(" ")) said.textContent = words.join(" ");
  }

  // Takes the parts of a fresh page with the form as typed.
  function showPreview(fresh) {
    const preview = fresh.getElementById("preview");
    showFields(fresh.getElementById("words"));
    sayChanges(preview);
    document.getElementById("preview").replaceChildren(...preview.childNodes);
  }

  function livePreview(form) {
    let timer;
    let asking;

    async function renew() {
      asking?.abort();
      asking = new AbortController();
      const body = new FormData(form);
      body.set("preview", "live");
      try {
        const answer = await fetch(location.href, { method: "POST", body, signal: asking.signal });
        if (answer.ok && !answer.redirected) showPreview(await pageOf(answer));
      } catch {
        // The next key asks again.
      }
    }

    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(renew, PAUSE);
    });
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      asking?.abort();
    });
  }

  const form = document.querySelector("[data-live-preview] form");
  if (form) livePreview(form);
})();
