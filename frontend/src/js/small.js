/** Small helps: copying a number, the phone bar, the pressed tab in view. */
import { enhance } from "./enhance.js";

enhance("[data-copy]", (button) => {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    document.dispatchEvent(new CustomEvent("toast", { detail: { words: button.dataset.copied } }));
  });
});

/** A bar that repeats an action is only shown while the action itself is out of view. */
enhance("[data-watch]", (bar) => {
  const watched = document.querySelector(bar.dataset.watch);
  if (watched) {
    new IntersectionObserver(([entry]) => {
      bar.hidden = entry.isIntersecting;
    }).observe(watched);
  }
});

enhance(".tabs [aria-current], .chips .on, .calendar [aria-current]", (current) => {
  const row = current.parentElement.closest(".tabs, .chips, .calendar");
  row.scrollLeft = current.offsetLeft - row.offsetLeft - 24;
});

/** Selects that navigate or sort submit by themselves. */
enhance("select[data-go]", (select) => {
  select.form.querySelectorAll("[data-submit]").forEach((button) => {
    button.hidden = true;
  });
  select.addEventListener("change", () => select.form.requestSubmit());
});
