/** Short confirmations: float for six seconds, wait while they are read, and are announced. */
import { enhance } from "./enhance.js";

const SHOWN_MS = 6000;
const FADE_MS = 160;

function leaveLater(toast) {
  let timer;
  const start = () => {
    timer = setTimeout(() => {
      toast.classList.add("leaving");
      setTimeout(() => toast.remove(), FADE_MS);
    }, SHOWN_MS);
  };
  const stop = () => clearTimeout(timer);
  for (const name of ["focusin", "pointerenter"]) {
    toast.addEventListener(name, stop);
  }
  for (const name of ["focusout", "pointerleave"]) {
    toast.addEventListener(name, start);
  }
  start();
}

enhance(".toasts", (region) => {
  region.classList.add("floating");
  const first = [...region.children];
  region.replaceChildren();
  // Readers announce only what is added after the region is known to them.
  requestAnimationFrame(() => {
    region.append(...first);
    first.forEach(leaveLater);
  });

  document.addEventListener("toast", ({ detail }) => {
    const toast = region.ownerDocument.createElement("p");
    toast.className = "toast";
    toast.append(detail.words);
    if (detail.url) {
      const link = document.createElement("a");
      link.href = detail.url;
      link.textContent = detail.action;
      toast.append(link);
    }
    region.append(toast);
    leaveLater(toast);
  });
});
