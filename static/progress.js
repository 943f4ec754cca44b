// Renews the progress of what goes on by itself, a notice or an export. Without this file, a link
// renews the page.
(() => {
  "use strict";

  const RENEWAL = 5000; // ms
  const WHERE = "#progress[data-refresh]";

  // Takes the progress of a fresh page, unless one is at work in it.
  async function renew() {
    const answer = await fetch(location.href);
    if (!answer.ok || answer.redirected) return;
    const text = await answer.text();
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector(WHERE);
    const shown = document.querySelector(WHERE);
    if (!fresh) {
      // It is over: the whole page says more.
      clearInterval(timer);
      location.reload();
    } else if (fresh.innerHTML !== shown.innerHTML && !shown.contains(document.activeElement)) {
      shown.replaceChildren(...fresh.childNodes);
    }
  }

  const timer = setInterval(async () => {
    if (document.hidden || document.querySelector("#progress details[open]")) return;
    try {
      await renew();
    } catch {
      // The next time asks again.
    }
  }, RENEWAL);
})();
