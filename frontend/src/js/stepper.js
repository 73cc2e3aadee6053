/** − and + beside a number field; at a limit the button is disabled and the reason shown. */
import { enhance } from "./enhance.js";

enhance("[data-stepper]", (stepper) => {
  const input = stepper.querySelector("input");
  const buttons = [...stepper.querySelectorAll("button[data-step]")];
  const reason = document.getElementById(stepper.dataset.reason ?? "");

  const sync = () => {
    const value = Number(input.value);
    const [least, most] = [Number(input.min), Number(input.max)];
    for (const button of buttons) {
      button.disabled = input.disabled || (button.dataset.step === "-1" ? value <= least : value >= most);
    }
    if (reason) {
      reason.hidden = value < most;
    }
  };

  for (const button of buttons) {
    button.addEventListener("click", () => {
      const wanted = Number(input.value) + Number(button.dataset.step);
      input.value = String(Math.min(Number(input.max), Math.max(Number(input.min), wanted)));
      input.dispatchEvent(new Event("change", { bubbles: true }));
      if (button.disabled) {
        input.focus();
      }
    });
  }
  input.addEventListener("input", sync);
  input.addEventListener("change", sync);
  stepper.classList.add("ready");
  sync();
});
