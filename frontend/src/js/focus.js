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
