/** While a form is sent its button is disabled and says so; the width stays. */
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button?.dataset.busy) {
    return;
  }
  button.style.width = `${button.offsetWidth}px`;
  const { innerHTML } = button;
  const spinner = document.createElement("span");
  spinner.className = "spinner";
  button.replaceChildren(spinner, button.dataset.busy);
  button.classList.add("busy");
  // Disabled only after the browser has read the form, or the button's own name and value would be missing.
  setTimeout(() => {
    button.disabled = true;
  });

  const restore = () => {
    button.innerHTML = innerHTML;
    button.classList.remove("busy");
    button.style.width = "";
    button.disabled = false;
  };
  // The page may come back from the history, or a fragment may replace it.
  window.addEventListener("pageshow", restore, { once: true });
  document.addEventListener("htmx:afterRequest", restore, { once: true });
});
