/**
 * Combobox over a list that the server suggests (WAI-ARIA pattern "editable combobox with list autocomplete").
 *
 * `data-suggest` names the address; the answer is `{"items": [{"name", "note", "code", "province_code", "url"}]}`.
 */
import { enhance } from "./enhance.js";

const PAUSE_MS = 150;
let lists = 0;

class Combobox {
  constructor(input) {
    this.input = input;
    this.items = [];
    this.active = -1;
    this.list = document.createElement("ul");
    this.list.id = `suggest-${(lists += 1)}`;
    this.list.className = "listbox";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.dataset.suggestLabel ?? input.labels?.[0]?.textContent.trim() ?? "");
    this.list.hidden = true;
    input.after(this.list);
    input.parentElement.classList.add("suggest");
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
      this.show(answer.ok ? (await answer.json()).items : []);
    } catch (error) {
      // Typing on, or no network: the plain field still works.
      if (error.name !== "AbortError") {
        this.close();
      }
    }
  }

  show(items) {
    this.items = items;
    this.active = -1;
    this.list.replaceChildren(
      ...items.map((item, index) => {
        const option = document.createElement("li");
        option.id = `${this.list.id}-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.append(item.name);
        if (item.note) {
          const note = document.createElement("small");
          note.textContent = item.note;
          option.append(note);
        }
        return option;
      }),
    );
    this.list.hidden = items.length === 0;
    this.input.setAttribute("aria-expanded", String(items.length > 0));
    this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    clearTimeout(this.timer);
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
