/** Sends a form a moment after a change; its own button, needed without this module, is hidden. */
import { enhance } from "./enhance.js";

const PAUSE_MS = 500;

/** How many goods the ticked boxes of the dialog would show: the words of the button on that page. */
async function recount(form) {
  const button = form.querySelector("[data-count]");
  if (!button) {
    return;
  }
  const url = new URL(form.action, window.location.href);
  url.search = new URLSearchParams(new FormData(form)).toString();
  const answer = await fetch(url);
  if (answer.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    button.textContent = page.querySelector("[data-count]")?.textContent ?? button.textContent;
  }
}

enhance("form[data-autosubmit]", (form) => {
  let timer;
  form.querySelectorAll("[data-submit]").forEach((button) => {
    button.hidden = true;
  });
  // Closing first gives the focus back to the link that opened it, which is there on the next page too.
  form.addEventListener("submit", () => form.closest("dialog:modal")?.close());
  form.addEventListener("change", ({ target }) => {
    clearTimeout(timer);
    // In the filter dialog of a phone several boxes are ticked before its own button sends them.
    if (form.closest("dialog:modal")) {
      timer = setTimeout(() => recount(form), PAUSE_MS / 2);
      return;
    }
    // Without the browser's own checks the server says what is wrong, beside the field.
    if (!form.noValidate && target.validity && !target.validity.valid) {
      return;
    }
    timer = setTimeout(() => form.requestSubmit(), Number(form.dataset.autosubmit) || PAUSE_MS);
  });
});
