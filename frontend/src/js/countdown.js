/** Minutes that are left, counted down from what the server said, whatever the clock of the device shows. */
import { enhance } from "./enhance.js";

const LOOK_MS = 5000;

enhance("[data-left]", (minutes) => {
  const end = performance.now() + Number(minutes.dataset.left) * 1000;
  const timer = setInterval(() => {
    if (!minutes.isConnected) {
      clearInterval(timer);
      return;
    }
    minutes.textContent = Math.max(0, Math.ceil((end - performance.now()) / 60_000));
  }, LOOK_MS);
});
