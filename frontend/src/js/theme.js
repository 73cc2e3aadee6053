/** Light, dark or as the device. The choice is a cookie, so that the server draws the page in it at once. */
import { enhance } from "./enhance.js";

const YEAR_S = 31_536_000;
const CHOICES = ["auto", "light", "dark"];

enhance("[data-theme-toggle]", (button) => {
  const root = document.documentElement;
  const sync = () => {
    button.querySelectorAll("[data-when]").forEach((part) => {
      part.hidden = part.dataset.when !== root.dataset.theme;
    });
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = CHOICES[(CHOICES.indexOf(root.dataset.theme) + 1) % CHOICES.length];
    document.cookie = `theme=${root.dataset.theme}; path=/; max-age=${YEAR_S}; samesite=lax`;
    sync();
  });
  sync();
});
