// Beside each row of the source: whether the translation holds what it needs, put in by a press; so is
// what the memory offers.

import { holdsTerm, holdsWords } from "../editing/texts.js";

(() => {
  const form = document.getElementById("translation");
  if (!form) return;
  const holds = ({ dataset: { need, expected } }, text) =>
    need === "term" ? holdsTerm(expected, text) : holdsWords(expected, text);

  const check = (row, field) =>
    row.querySelectorAll("[data-need]").forEach((need) => {
      need.classList.toggle("is-missing", field.value.trim() !== "" && !holds(need, field.value));
    });

  // As if it were typed, so that Ctrl+Z brings back what stood there.
  const put = (field, text) => {
    field.focus();
    field.select();
    if (!document.execCommand("insertText", false, text)) {
      field.setRangeText(text, 0, field.value.length, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  // What is still to be done goes down while somebody types.
  const plurals = new Intl.PluralRules(document.documentElement.lang);
  const counts = {
    untranslated: () =>
      [...form.querySelectorAll("[data-says] textarea")].filter((field) => !field.value.trim())
        .length,
    missing: () => form.querySelectorAll("[data-need].is-missing").length,
  };
  const count = () =>
    document.querySelectorAll("[data-counted]").forEach((chip) => {
      const number = counts[chip.dataset.counted]();
      const words = plurals.select(number) === "one" ? chip.dataset.one : chip.dataset.other;
      chip.textContent = words.replace("{number}", number);
    });
  let counting = 0;
  const countSoon = () => {
    cancelAnimationFrame(counting);
    counting = requestAnimationFrame(count);
  };

  let changed = false;
  form.querySelectorAll("[data-row]").forEach((row) => {
    const field = row.querySelector("textarea");
    field.addEventListener("input", () => {
      check(row, field);
      countSoon();
    });
    if (field.value !== field.defaultValue) {
      check(row, field);
      countSoon();
    }
    row.addEventListener("click", ({ target }) => {
      const offer = target.closest("[data-offer]");
      if (offer && !field.readOnly) put(field, offer.dataset.offer);
      const need = target.closest("[data-need]");
      if (!need || field.readOnly) return;
      field.focus();
      field.setRangeText(need.dataset.insert, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });

  form.addEventListener("input", () => {
    changed = true;
  });
  form.addEventListener("submit", () => {
    changed = false;
  });
  addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
})();
