/** Single-key shortcuts of the moderation desk; can be switched off (WCAG 2.1.4), and the choice is kept. */
import { enhance } from "./enhance.js";

const STORED = "keys-off";
const isOff = () => localStorage.getItem(STORED) === "yes";

function typing(target) {
  return target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/u.test(target.tagName);
}

enhance("[data-keys]", (desk) => {
  const toggle = desk.querySelector("[data-keys-toggle]");
  const sync = () => {
    desk.querySelectorAll("kbd").forEach((cap) => {
      cap.hidden = isOff();
    });
    if (toggle) {
      toggle.hidden = false;
      toggle.textContent = isOff() ? toggle.dataset.on : toggle.dataset.off;
    }
  };
  toggle?.addEventListener("click", () => {
    localStorage.setItem(STORED, isOff() ? "no" : "yes");
    sync();
  });
  document.addEventListener("keydown", (event) => {
    if (isOff() || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (document.querySelector("dialog[open]")) {
      return;
    }
    desk.querySelector(`[data-key="${CSS.escape(event.key.toUpperCase())}"]`)?.click();
  });
  sync();
});
