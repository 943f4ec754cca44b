// The portal works without this file. It folds the menu on narrow screens, switches the contrast
// without losing form input, focuses the list of errors, prints, and clears input at sign-out.
(() => {
  "use strict";

  const root = document.documentElement;
  root.classList.add("has-script");

  function foldMenu(button) {
    const menu = document.getElementById(button.getAttribute("aria-controls"));
    const show = (open) => {
      menu.classList.toggle("is-open", open);
      button.setAttribute("aria-expanded", String(open));
    };
    button.addEventListener("click", () => show(!menu.classList.contains("is-open")));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && menu.classList.contains("is-open")) {
        show(false);
        button.focus();
      }
    });
  }

  function switchContrast(form) {
    const button = form.querySelector("button");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const high = button.value === "high";
      const body = new URLSearchParams({ [button.name]: button.value });
      try {
        await fetch(form.action, { method: "POST", body, redirect: "manual" });
      } catch {
        form.submit();
        return;
      }
      root.toggleAttribute("data-krds-mode", high);
      if (high) root.setAttribute("data-krds-mode", "high-contrast");
      button.setAttribute("aria-pressed", String(high));
      button.value = high ? "normal" : "high";
    });
  }

  // Removes input that was not sent (see unsent.js): another person may use this browser next.
  function forgetTyping(form) {
    form.addEventListener("submit", () => {
      for (const name of Object.keys(sessionStorage)) {
        if (name.startsWith("unsent:")) sessionStorage.removeItem(name);
      }
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".menu-button").forEach(foldMenu);
    document.querySelectorAll(".contrast-switch").forEach(switchContrast);
    document.querySelectorAll("form[data-signs-out]").forEach(forgetTyping);
    document.querySelector(".error-summary")?.focus();
    document.querySelectorAll(".print-button").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    });
  });
})();
