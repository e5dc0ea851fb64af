// Beside each row of the source: whether the translation holds what it needs, put in by a press.
"use strict";

(() => {
  const form = document.getElementById("translation");
  if (!form) return;
  const spaces = (text) => text.replace(/\s+/g, " ");
  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

  // As the portal checks it: whole words, perhaps in the plural; names as they are written.
  const term = (phrase) => {
    const words = phrase.trim().split(/\s+/).map((word) =>
      `${escaped(word).replace(/['’]/g, "['’]")}(?:s|es|x)?`
    );
    const isName = phrase !== phrase.toLowerCase();
    return new RegExp(
      `(?<![\\p{L}\\p{N}_])${words.join("\\s+")}(?![\\p{L}\\p{N}_])`,
      isName ? "u" : "iu",
    );
  };
  const holds = (
    need,
    text,
  ) => (need.dataset.need === "term"
    ? term(need.dataset.expected).test(text.replace(/\]\([^()\n]*\)|https?:\/\/[^\s)>]+/g, "] "))
    : spaces(text).toLowerCase().includes(spaces(need.dataset.expected).toLowerCase()));

  const check = (row, field) =>
    row.querySelectorAll("[data-need]").forEach((need) => {
      need.classList.toggle("is-missing", field.value.trim() !== "" && !holds(need, field.value));
    });

  let changed = false;
  form.querySelectorAll("[data-row]").forEach((row) => {
    const field = row.querySelector("textarea");
    field.addEventListener("input", () => check(row, field));
    if (field.value !== field.defaultValue) check(row, field);
    row.addEventListener("click", ({ target }) => {
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
