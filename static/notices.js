// Live parts of the pages of notices: the preview while one types, and the progress while messages
// leave. Without this file, a button shows the preview and a link renews the page.
(() => {
  "use strict";

  const PAUSE = 400; // ms without a key
  const RENEWAL = 5000; // ms

  const pageOf = async (answer) =>
    new DOMParser().parseFromString(await answer.text(), "text/html");
  const namesIn = (box) => [...box.querySelectorAll("input")].map((one) => one.name).join();

  // Takes the parts of a fresh page with the form as typed. Fields for placeholders change only if
  // the text names others, so that none is replaced while one types in it.
  function showPreview(fresh) {
    const words = document.getElementById("words");
    const fields = fresh.getElementById("words");
    if (namesIn(fields) !== namesIn(words)) words.replaceChildren(...fields.childNodes);
    document.getElementById("preview").replaceChildren(
      ...fresh.getElementById("preview").childNodes,
    );
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

  // Renews the progress until the notice is over; then the whole page, which says more.
  function liveProgress() {
    const timer = setInterval(async () => {
      if (document.hidden || document.querySelector("#progress details[open]")) return;
      try {
        const answer = await fetch(location.href);
        if (!answer.ok || answer.redirected) return;
        const fresh = (await pageOf(answer)).getElementById("progress");
        if (!fresh.hasAttribute("data-refresh")) {
          clearInterval(timer);
          location.reload();
          return;
        }
        const shown = document.getElementById("progress");
        if (!shown.contains(document.activeElement)) {
          shown.replaceChildren(...fresh.childNodes);
        }
      } catch {
        // The next time asks again.
      }
    }, RENEWAL);
  }

  const form = document.querySelector("[data-live-preview] form");
  if (form) livePreview(form);
  if (document.querySelector("#progress[data-refresh]")) liveProgress();
})();
