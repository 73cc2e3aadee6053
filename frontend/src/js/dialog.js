/** Opens `<dialog>`s as modals from links to them, and asks before a button acts. */

function open(dialog) {
  if (dialog.open) {
    return;
  }
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-dialog]");
  if (link) {
    const dialog = document.querySelector(link.hash);
    if (dialog) {
      event.preventDefault();
      open(dialog);
    }
    return;
  }
  const close = event.target.closest("[data-close]");
  const dialog = event.target.closest("dialog");
  if (dialog && (close || event.target === dialog)) {
    if (dialog.open) {
      event.preventDefault();
      dialog.close();
    }
  }
});

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  const dialog = button?.dataset.confirm && document.querySelector(button.dataset.confirm);
  if (!dialog || button.dataset.confirmed) {
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  dialog.querySelector("[data-yes]").addEventListener(
    "click",
    () => {
      dialog.close();
      button.dataset.confirmed = "yes";
      event.target.requestSubmit(button);
      delete button.dataset.confirmed;
    },
    { once: true },
  );
  open(dialog);
}, true);

// A dialog that the server opened (an error inside it) becomes a real modal.
document.querySelectorAll("dialog[data-open]").forEach(open);
