/** Panels of the header: Escape or a tap elsewhere closes them; opening and closing needs no script. */
import { enhance } from "./enhance.js";

enhance(".head-menu, .head-place", (panel) => {
  document.addEventListener("pointerdown", ({ target }) => {
    if (!panel.contains(target)) {
      panel.open = false;
    }
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.open) {
      panel.open = false;
      panel.querySelector("summary").focus();
    }
  });
});
