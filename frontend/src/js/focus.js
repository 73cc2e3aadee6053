/** What went wrong or has changed gets the focus when it appears: `data-focus`, or the first wrong field inside. */
import { enhance } from "./enhance.js";

enhance("[data-focus]", (element) => (element.querySelector("input[aria-invalid]") ?? element).focus());

/** Keeps the focus when a fragment is swapped: htmx tries too early, while the new buttons are not shown yet. */
let kept = "";

document.addEventListener("htmx:beforeSwap", () => {
  kept = document.activeElement?.id ?? "";
});

document.addEventListener("htmx:afterSettle", () => {
  if (kept && document.activeElement === document.body) {
    document.getElementById(kept)?.focus({ preventScroll: true });
  }
});

/** In a row that scrolls sideways Chromium leaves what is half outside where it is: show all of what has the focus. */
document.addEventListener("focusin", ({ target }) => {
  if (target.closest(".account-menu")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
});
