// Shows what was kept of a form and not saved: each text of its own, to restore, compare or discard.

import { beginningOf, changedNames, isTyped, lengthOf, wordsOf } from "../editing/texts.js";

const box = document.getElementById("kept-draft");
const SHOWN = 3;
let isMore = false;

// Shows `drafts` above `form`. `stored()` is what the portal has; `act.restore` and `act.discard` are
// called with the draft that somebody chose; `act.openSince` says since when another tab writes one.
export function showOffers(form, drafts, stored, act) {
  const list = box.querySelector("[data-offers]");
  const offers = drafts.map((draft) => {
    const offer = offerOf(form, draft, act.openSince(draft));
    offer.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (!button) return;
      if (button.dataset.do === "compare") {
        const panel = offer.querySelector(".compared");
        panel.hidden = !panel.hidden;
        button.setAttribute("aria-expanded", String(!panel.hidden));
        compare(form, draft, stored(), panel);
        return;
      }
      act[button.dataset.do](draft);
    });
    return offer;
  });
  list.replaceChildren(...offers);
  // One opens at a time: the first ones are seen, the rest on demand.
  offers.slice(SHOWN).forEach((offer) => {
    offer.hidden = !isMore;
  });
  const more = box.querySelector("[data-more]");
  more.hidden = isMore || offers.length <= SHOWN;
  more.textContent = more.dataset.more.replace("{number}", offers.length - SHOWN);
  more.onclick = () => {
    isMore = true;
    showOffers(form, drafts, stored, act);
  };
  const all = box.querySelector("[data-all]");
  const left = drafts.filter((draft) => !act.openSince(draft));
  all.hidden = left.length < 2;
  all.textContent = all.dataset.all.replace("{number}", left.length);
  all.onclick = () => {
    if (confirm(all.dataset.sure)) left.forEach(act.discard);
  };
  hideOffers(!offers.length);
}

export function hideOffers(isHidden = true) {
  box.querySelector(".notice-box").hidden = isHidden;
  fit();
}

// What sticks to the top of the page besides begins below the offers.
const fit = () =>
  document.documentElement.style.setProperty("--offers-height", `${box.offsetHeight}px`);
new ResizeObserver(fit).observe(box);

const timeOf = (time) => {
  const day = new Date(time).toDateString() === new Date().toDateString()
    ? {}
    : { day: "numeric", month: "long" };
  const format = { ...day, hour: "numeric", minute: "2-digit" };
  return new Intl.DateTimeFormat(document.documentElement.lang, format).format(time);
};

const offerOf = (form, draft, since) => {
  const copy = document.getElementById("draft-offer").content.cloneNode(true);
  const offer = copy.firstElementChild;
  const words = offer.querySelector("[data-when]");
  words.textContent = since
    ? words.dataset.open.replace("{time}", timeOf(since))
    : words.dataset.when.replace("{time}", timeOf(draft.time));
  describe(form, draft, offer.querySelector("[data-words]"));
  const begun = beginningOf(draft).base_revision;
  offer.querySelector("[data-older]").hidden = !begun ||
    begun === form.elements.base_revision.value;
  return offer;
};

// What tells one text from another: its title or first words, and its length.
const describe = (form, draft, place) => {
  const { language } = form.dataset;
  const length = lengthOf(draft.typed);
  const number = new Intl.NumberFormat(document.documentElement.lang).format(length);
  const { untitled, one, other } = place.dataset;
  const name = place.querySelector("strong");
  const begun = wordsOf(draft.typed);
  name.textContent = begun || untitled;
  if (begun) name.lang = language;
  place.querySelector("span").textContent = (length < 2 ? one : other).replace("{number}", number);
};

const elementsOf = (form, name) =>
  [...form.elements].filter((element) => element.name === name && element.type !== "submit");

const labelOf = (form, name) => {
  const [field] = elementsOf(form, name);
  const legend = field?.closest("fieldset")?.querySelector("legend");
  const label = legend || field?.labels?.[0];
  return (label?.textContent || field?.getAttribute("aria-label") || name).trim();
};

const worded = (form, name, values) =>
  (values || []).map((value) => {
    const field = elementsOf(form, name)
      .find((one) => one.type !== "checkbox" || one.value === value);
    if (field?.type === "checkbox") return field.labels?.[0]?.textContent.trim() || value;
    const option = field?.options && [...field.options].find((one) => one.value === value);
    return option ? option.textContent.trim() : value;
  }).filter((words) => words.trim()).join("\n\n") || "–";

const compare = (form, draft, stored, panel) => {
  panel.replaceChildren();
  changedNames(stored, draft.typed).forEach((name) => {
    const heading = document.createElement("h3");
    heading.textContent = labelOf(form, name);
    const pair = document.createElement("div");
    [[panel.dataset.stored, stored[name]], [panel.dataset.kept, draft.typed[name]]]
      .forEach(([title, values]) => {
        const one = document.createElement("figure");
        const caption = document.createElement("figcaption");
        const words = document.createElement("pre");
        caption.textContent = title;
        words.textContent = worded(form, name, values);
        one.append(caption, words);
        pair.append(one);
      });
    panel.append(heading, pair);
  });
};

const put = (form, name, values) => {
  const fields = elementsOf(form, name);
  fields.forEach((field, place) => {
    if (field.type === "hidden" && name !== "template") return;
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = values.includes(field.value);
      return;
    }
    // Rows that went meanwhile leave their words in the last one.
    const rest = place === fields.length - 1 ? values.slice(place).filter(Boolean) : [];
    field.value = rest.length > 1 ? rest.join("\n\n") : values[place] || "";
    field.dispatchEvent(new Event("editor:set"));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
};

// Puts a draft into the form, begun from what it was begun from.
export function fill(form, draft) {
  const names = new Set([...new FormData(form).keys(), ...Object.keys(draft.typed)]);
  names.forEach((name) => {
    if (isTyped(name)) put(form, name, draft.typed[name] || []);
  });
  Object.entries(beginningOf(draft)).forEach(([name, value]) => {
    const field = form.elements[name];
    if (field && value) field.value = value;
  });
  form.dispatchEvent(new Event("change", { bubbles: true }));
  form.querySelector("[name=title], textarea")?.focus();
}
