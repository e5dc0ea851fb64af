// Beside each row of the source: whether the translation holds what it needs, put in by a press; so is
// what the memory offers.

import { holdsTerm, holdsWords } from "./admin-texts.js";

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

  let changed = false;
  form.querySelectorAll("[data-row]").forEach((row) => {
    const field = row.querySelector("textarea");
    field.addEventListener("input", () => check(row, field));
    if (field.value !== field.defaultValue) check(row, field);
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
