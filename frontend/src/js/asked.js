/** Tells the shop, once each, that the results of a search are shown and that one of them was opened; nobody reads who. */
import { enhance } from "./enhance.js";

enhance("[data-asked]", (mark) => {
  const tell = (viec) => {
    const { asked, q, tinh } = mark.dataset;
    navigator.sendBeacon?.(asked, new URLSearchParams({ q, tinh, viec }));
  };
  let opened = false;
  const open = ({ target }) => {
    if (!opened && target.closest?.(".results a, .results form")) {
      opened = true;
      tell("mo");
    }
  };
  // A page that is drawn ahead of a click is not shown yet.
  const shown = () => tell("xem");
  if (document.prerendering) {
    document.addEventListener("prerenderingchange", shown, { once: true });
  } else {
    shown();
  }
  document.addEventListener("click", open);
  document.addEventListener("auxclick", open);
});
