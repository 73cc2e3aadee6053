/** Sends a form a moment after a change; its own button, needed without this module, is hidden. */
import { enhance } from "./enhance.js";

const PAUSE_MS = 500;

enhance("form[data-autosubmit]", (form) => {
  let timer;
  form.querySelectorAll("[data-submit]").forEach((button) => {
    button.hidden = true;
  });
  form.addEventListener("change", ({ target }) => {
    clearTimeout(timer);
    // In the filter dialog of a phone several boxes are ticked before its own button sends them.
    if (form.closest("dialog:modal")) {
      return;
    }
    if (target.validity && !target.validity.valid) {
      return;
    }
    timer = setTimeout(() => form.requestSubmit(), PAUSE_MS);
  });
});
