/** Thumbnails change the large picture; the zoom dialog turns pages with the arrow keys. */
import { enhance } from "./enhance.js";

enhance("[data-gallery]", (gallery) => {
  const thumbs = [...gallery.querySelectorAll("[data-thumb]")];
  const frames = [...gallery.querySelectorAll("[data-frame]")];
  const dialog = gallery.querySelector("dialog");
  const zoomed = dialog?.querySelector("[data-zoomed]");
  let current = 0;

  const show = (index) => {
    current = (index + frames.length) % frames.length;
    frames.forEach((frame, i) => {
      frame.hidden = i !== current;
    });
    thumbs.forEach((thumb, i) => {
      if (i === current) {
        thumb.setAttribute("aria-current", "true");
      } else {
        thumb.removeAttribute("aria-current");
      }
    });
    if (dialog?.open) {
      const image = frames[current].querySelector("img");
      zoomed.src = frames[current].dataset.large || image.currentSrc || image.src;
      zoomed.alt = image.alt;
    }
  };

  thumbs.forEach((thumb, index) => {
    thumb.addEventListener("click", (event) => {
      event.preventDefault();
      show(index);
    });
  });
  gallery.querySelector("[data-zoom]")?.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
    show(current);
  });
  dialog?.addEventListener("keydown", ({ key }) => {
    if (key === "ArrowRight" || key === "ArrowLeft") {
      show(current + (key === "ArrowRight" ? 1 : -1));
    }
  });
  dialog?.querySelectorAll("[data-turn]").forEach((button) => {
    button.addEventListener("click", () => show(current + Number(button.dataset.turn)));
  });
  show(0);
});
