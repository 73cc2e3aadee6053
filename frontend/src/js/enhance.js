/** Runs a set-up function for every element that matches, also in fragments that htmx brings later. */
const setups = [];

function apply(root, [selector, setup]) {
  if (root instanceof Element && root.matches(selector)) {
    setup(root);
  }
  root.querySelectorAll(selector).forEach((element) => setup(element));
}

/** Registers `setup(element)` for `selector`; a second call for the same element must do no harm. */
export function enhance(selector, setup) {
  const done = new WeakSet();
  const once = (element) => {
    if (!done.has(element)) {
      done.add(element);
      setup(element);
    }
  };
  setups.push([selector, once]);
  apply(document, [selector, once]);
}

document.addEventListener("htmx:load", ({ target }) => {
  setups.forEach((entry) => apply(target, entry));
});
