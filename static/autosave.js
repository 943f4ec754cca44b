// Saves long texts while they are typed: on the server, and in this browser's localStorage until
// the server has them. Forms work without this file.
(() => {
  "use strict";

  const PAUSE = 1000; // ms without a key
  const RETRY = 15000; // ms until a text that was not saved is sent again
  const user = document.currentScript.dataset.user;

  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
  const plain = (text) => text.replace(/\r\n?/g, "\n");
  const inSeoul = (moment, form) =>
    new Intl.DateTimeFormat("ko-KR", { timeZone: "Asia/Seoul", hourCycle: "h23", ...form })
      .format(new Date(moment));
  const timeOf = (moment) => inSeoul(moment, { hour: "2-digit", minute: "2-digit" });
  const dayOf = (moment) => inSeoul(moment, { month: "long", day: "numeric" });

  // Unsaved text of one user at one place, in localStorage, which may be full or blocked.
  function shelf(key) {
    const use = (work) => {
      try {
        return work();
      } catch {
        return null;
      }
    };
    return {
      read: () => use(() => JSON.parse(localStorage.getItem(key))),
      keep: (text) =>
        use(() => localStorage.setItem(key, JSON.stringify({ text, at: new Date() }))),
      clear: () => use(() => localStorage.removeItem(key)),
    };
  }

  // Sends a text; returns the state to show, with the server's answer.
  async function send(url, place, text) {
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "X-CSRFToken": token() },
        body: new URLSearchParams({ place, text }),
        redirect: "manual",
      });
      if (answer.ok) return { state: "saved", ...(await answer.json()) };
      if (answer.status === 400) return { state: "refused", ...(await answer.json()) };
      const lost = [401, 403].includes(answer.status) || answer.type === "opaqueredirect";
      return { state: lost ? "lost" : "away" };
    } catch {
      return { state: "away" };
    }
  }

  function autosave(box) {
    const { url, place } = box.dataset;
    const field = box.querySelector("textarea");
    const offer = box.querySelector(".draft-offer");
    const here = shelf(`draft:${user}:${place}`);
    let timer;
    let sending = false;
    let sent = plain(field.value);

    function show({ state, saved_at: savedAt, error }) {
      for (const line of box.querySelectorAll("[data-state]")) {
        line.hidden = line.dataset.state !== state || (state === "saved" && !savedAt);
        if (line.hidden) continue;
        if (state === "saved") line.querySelector("time").textContent = timeOf(savedAt);
        if (state === "refused") line.textContent = error;
      }
    }

    async function save() {
      clearTimeout(timer);
      const text = plain(field.value);
      if (!offer.hidden || text === sent) return;
      if (sending) {
        timer = setTimeout(save, PAUSE);
        return;
      }
      sending = true;
      here.keep(text);
      const result = await send(url, place, text);
      sending = false;
      show(result);
      if (result.state === "saved") {
        sent = text;
        here.clear();
      } else if (result.state !== "refused") {
        timer = setTimeout(save, RETRY);
      }
    }

    function saveSoon() {
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE);
    }

    // Returns the newer text of server and browser, or null where the field already contains it.
    function unsaved() {
      const kept = here.read();
      const served = box.dataset.text && { text: box.dataset.text, at: box.dataset.savedAt };
      const newer = kept && served && new Date(kept.at) < new Date(served.at) ? served : kept;
      const found = newer ?? served;
      return found && plain(found.text) !== sent ? found : null;
    }

    function answerOffer(found, taken) {
      offer.hidden = true;
      if (taken) {
        const typed = plain(field.value);
        field.value = typed === sent ? found.text : `${found.text}\n\n${typed}`;
        save();
      } else {
        here.clear();
        send(url, place, "");
        saveSoon();
      }
      field.focus();
    }

    const found = unsaved();
    if (found) {
      const time = offer.querySelector("time");
      time.dateTime = new Date(found.at).toISOString();
      time.textContent = `${dayOf(found.at)} ${timeOf(found.at)}`;
      offer.hidden = false;
      offer.addEventListener("click", ({ target }) => {
        if (target.matches("button")) answerOffer(found, target.value === "take");
      });
    }
    field.addEventListener("input", saveSoon);
    window.addEventListener("focus", save);
    field.form?.addEventListener("submit", () => clearTimeout(timer));
  }

  document.querySelectorAll(".draft").forEach(autosave);
})();
