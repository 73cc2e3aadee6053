/**
 * Address: the commune list follows the province, and typing a present or former name picks both.
 *
 * The two selects are what is sent. `data-commune-search` (hidden without this module) is a combobox over them;
 * `data-choose` is the button that reloads the form with the communes of the chosen province.
 */
import { enhance } from "./enhance.js";

async function communesOf(form, province) {
  const url = new URL(form.dataset.communes, window.location.href);
  url.searchParams.set("tinh", province);
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  return answer.ok ? (await answer.json()).items : null;
}

function fill(select, items, chosen) {
  const [blank] = select.options;
  select.replaceChildren(blank, ...items.map(({ code, name }) => new Option(name, code, false, code === chosen)));
}

enhance("[data-places]", (box) => {
  const province = box.querySelector("[data-province-select]");
  const commune = box.querySelector("[data-commune-select]");
  const search = box.querySelector("[data-commune-search]");

  const follow = async (chosen) => {
    const items = province.value ? await communesOf(box, province.value) : [];
    if (items) {
      fill(commune, items, chosen);
      commune.disabled = items.length === 0;
    }
  };

  box.querySelectorAll("[data-choose]").forEach((button) => {
    button.hidden = true;
  });
  province.addEventListener("change", async () => {
    // What was found by its name before is another place.
    search?.querySelectorAll("input").forEach((input) => {
      input.value = "";
    });
    search?.querySelector("[data-chosen-note]")?.replaceChildren();
    await follow("");
    commune.dispatchEvent(new Event("change", { bubbles: true }));
  });
  if (search) {
    search.hidden = false;
    search.addEventListener("suggest:chosen", async ({ detail }) => {
      province.value = detail.province_code;
      await follow(detail.code);
      search.querySelector("[data-chosen-note]")?.replaceChildren(detail.note ?? "");
      commune.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
});
