/**
 * Combobox over a list that the server suggests (WAI-ARIA pattern "editable combobox with list autocomplete").
 *
 * `data-suggest` names the address; the answer is `{"items": [...], "status": "3 suggestions"}`, an item
 * `{"name", "label", "note", "lang", "url"}`, or with `code` and `province_code` in place of a `url`. What is typed is
 * marked in the names. No row is active until an arrow key chooses one, so Enter sends the form as it is.
 */
import { enhance } from "./enhance.js";

const PAUSE_MS = 150;
const LEAST_ROOM = 140; // pixels: three rows
let lists = 0;

const fold = (text) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/đ/gi, "d")
    .toLowerCase();

/** The name with the beginnings of its words marked that were typed, accents aside. */
function marked(name, typed) {
  const words = fold(typed).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return name
    .normalize("NFC")
    .split(/([\p{L}\p{N}]+)/u)
    .flatMap((part) => {
      const length = Math.max(0, ...words.filter((word) => fold(part).startsWith(word)).map((word) => word.length));
      return length ? [element("mark", part.slice(0, length)), part.slice(length)] : [part];
    });
}

function element(tag, ...children) {
  const made = document.createElement(tag);
  made.append(...children);
  return made;
}

class Combobox {
  constructor(input) {
    this.input = input;
    this.items = [];
    this.active = -1;
    this.list = document.createElement("ul");
    this.list.id = `suggest-${(lists += 1)}`;
    this.list.className = "listbox";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.getAttribute("aria-label") ?? input.labels[0].textContent.trim());
    this.list.hidden = true;
    this.status = element("p");
    this.status.className = "vh";
    this.status.setAttribute("role", "status");
    // Not inside the row of the search box, which clips its corners.
    const box = input.closest(".search, .field");
    box.append(this.list, this.status);
    box.classList.add("suggest");
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
      autocomplete: "off",
    })) {
      input.setAttribute(name, value);
    }
    input.addEventListener("input", () => this.ask());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) {
        this.choose([...this.list.children].indexOf(option));
      }
    });
  }

  ask() {
    clearTimeout(this.timer);
    this.request?.abort();
    const words = this.input.value.trim();
    if (words.length < 2) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.load(words), PAUSE_MS);
  }

  async load(words) {
    const url = new URL(this.input.dataset.suggest, window.location.href);
    url.searchParams.set("q", words);
    const province = document.querySelector(this.input.dataset.province || null)?.value;
    if (province) {
      url.searchParams.set("tinh", province);
    }
    this.request = new AbortController();
    try {
      const answer = await fetch(url, { signal: this.request.signal, headers: { Accept: "application/json" } });
      const { items, status } = answer.ok ? await answer.json() : { items: [], status: "" };
      this.show(items, words);
      this.status.textContent = status;
    } catch (error) {
      // Typing on, or no network: the plain field still works.
      if (error.name !== "AbortError") {
        this.close();
      }
    }
  }

  show(items, words = "") {
    this.items = items;
    this.active = -1;
    this.list.replaceChildren(...items.map((item, index) => this.option(item, index, words)));
    this.list.hidden = items.length === 0;
    this.input.setAttribute("aria-expanded", String(items.length > 0));
    this.input.removeAttribute("aria-activedescendant");
    if (items.length) {
      this.fit();
    }
  }

  option({ name, label, note, lang }, index, words) {
    const named = element("span", ...marked(name, words));
    if (lang) {
      named.lang = lang;
    }
    const option = element("li", named);
    option.id = `${this.list.id}-${index}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    if (label) {
      const kind = element("small", label);
      kind.className = "kind";
      option.append(" ", kind);
    }
    if (note) {
      option.append(" ", element("small", note));
    }
    return option;
  }

  /** The list ends above the keyboard of a phone. */
  fit() {
    const view = window.visualViewport;
    const below = (view ? view.offsetTop + view.height : window.innerHeight) - this.list.getBoundingClientRect().top - 8;
    this.list.style.setProperty("--room", `${Math.max(LEAST_ROOM, below)}px`);
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.status.textContent = "";
    this.show([]);
  }

  mark(index) {
    const options = [...this.list.children];
    this.active = (index + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === this.active)));
    options[this.active].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", options[this.active].id);
  }

  key(event) {
    if (this.list.hidden) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.mark(this.active < 0 && step < 0 ? -1 : this.active + step);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    }
  }

  choose(index) {
    const item = this.items[index];
    if (item.url) {
      window.location.assign(item.url);
      return;
    }
    this.input.value = item.name;
    this.close();
    this.input.dispatchEvent(new CustomEvent("suggest:chosen", { bubbles: true, detail: item }));
  }
}

enhance("input[data-suggest]", (input) => new Combobox(input));
