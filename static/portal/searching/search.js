// The search box: one line with suggestions, or as many lines as were pasted. Without scripts
// it is a plain text area whose form is sent as it is.

import { fitsAddress, hasLines, withNewest } from "./queries.js";
import { KEYS, readJson, symbolsAreOn, writeJson, writeTab } from "../storage.js";

// Of the last searches only what was typed is kept, in this browser: a pasted text never is.
function sendAsFits(form) {
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("formaction")) return; // a facet, with a posted text
    const text = form.elements.q.value;
    const typed = fitsAddress(text);
    form.method = typed ? "get" : "post";
    if (typed && text.trim()) {
      writeJson(KEYS.searches, withNewest(readJson(KEYS.searches), text.trim()));
    }
  });
}

// A single line is a combobox; pasted lines turn it into the text area it was. `shape.field` is
// what is shown at the moment.
function shapeOf(form) {
  const area = form.querySelector("textarea");
  const line = document.createElement("input");
  for (const { name, value } of area.attributes) {
    if (name !== "rows" && name !== "autofocus") line.setAttribute(name, value);
  }
  line.type = "text";
  const shape = { field: area, line, area };
  shape.show = (field, text) => {
    const old = shape.field;
    const focused = document.activeElement === old;
    const place = text === undefined ? old.selectionStart : text.length;
    field.value = text ?? old.value;
    if (field !== old) old.replaceWith(field);
    shape.field = field;
    if (!focused) return;
    field.focus();
    field.setSelectionRange(place, place);
  };
  const take = (event, data) => {
    const text = data?.getData("text/plain") ?? "";
    if (!hasLines(text)) return;
    event.preventDefault();
    line.focus();
    const before = line.value.slice(0, line.selectionStart);
    shape.show(area, before + text + line.value.slice(line.selectionEnd));
    grow(area);
  };
  line.addEventListener("paste", (event) => take(event, event.clipboardData));
  line.addEventListener("drop", (event) => take(event, event.dataTransfer));
  area.addEventListener("input", () => {
    grow(area);
    if (!area.value) shape.show(line);
  });
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  if (!area.value.trim().includes("\n")) {
    shape.show(line, area.value.trim());
    if (area.autofocus && document.activeElement === document.body) line.focus();
  }
  return shape;
}

// Where the style sheet cannot make the area as tall as its text, rows do.
function grow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.rows = Math.min(12, area.value.split("\n").length);
}

for (const form of document.querySelectorAll("form.search-box")) {
  const { line } = shapeOf(form);
  sendAsFits(form);
  // Suggestions come with the first use of the box.
  const load = () => import("./suggest.js").then(({ suggest }) => suggest(form, line));
  if (document.activeElement === line) load();
  else line.addEventListener("focus", load, { once: true });
}

// "/" goes to the box, unless something is being typed.
document.addEventListener("keydown", (event) => {
  if (
    event.key !== "/" || !symbolsAreOn() || event.ctrlKey || event.metaKey || event.altKey
  ) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable], dialog")) return;
  const field = document.querySelector("form.search-box [name=q]");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

// Which hit was opened, for the editors' report of what readers find and for the order of results.
// Nothing about the reader.
(() => {
  const page = document.querySelector("[data-entry]");
  if (!page || !navigator.sendBeacon) return;
  const tell = (event) => {
    const link = event.target.closest("[data-article]");
    if (!link || (event.type === "auxclick" && event.button !== 1)) return;
    const { entry, chosen } = page.dataset;
    navigator.sendBeacon(chosen, new URLSearchParams({ entry, article: link.dataset.article }));
    const slug = link.pathname.split("/").filter(Boolean).at(-1);
    writeTab(KEYS.asked(slug), entry); // for "Solved" to tell which search helped
  };
  page.addEventListener("click", tell);
  page.addEventListener("auxclick", tell);
})();

// A status that is there from the start is not announced: say it once more.
document.querySelectorAll(".results [role=status]").forEach((status) => {
  requestAnimationFrame(() => status.replaceChildren(status.textContent));
});
