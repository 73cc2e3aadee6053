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
  let watched = null;
  const observer = new IntersectionObserver((entries) => {
    bar.hidden = entries.at(-1).isIntersecting;
  });
  const watch = () => {
    observer.disconnect();
    watched = document.querySelector(bar.dataset.watch);
    if (watched) {
      observer.observe(watched);
    }
  };
  // A fragment may bring the action anew, or take the bar away.
  document.addEventListener("htmx:afterSettle", () => {
    if (!bar.isConnected) {
      observer.disconnect();
    } else if (!watched?.isConnected) {
      watch();
    }
  });
  watch();
});

enhance(".tabs [aria-current], .chips [aria-current], .calendar [aria-current], .rail [aria-current]", (current) => {
  const row = current.parentElement.closest(".tabs, .chips, .calendar, .rail ul");
  row.scrollLeft = current.offsetLeft - row.offsetLeft - 24;
});

/** Selects that navigate or sort submit by themselves. */
enhance("select[data-go]", (select) => {
  select.form.querySelectorAll("[data-submit]").forEach((button) => {
    button.hidden = true;
  });
  select.addEventListener("change", () => select.form.requestSubmit());
});
